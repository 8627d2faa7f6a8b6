# Writes the bytes of FILES, a list, into the C++ source OUTPUT as conform::builtin_files().
set(arrays "")
set(entries "")
set(index 0)
foreach(path IN LISTS FILES)
  get_filename_component(name "${path}" NAME)
  file(READ "${path}" hex HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${hex}")
  # The last byte keeps an empty file's array from having no element.
  string(APPEND arrays "constexpr char kFile${index}[] = {${bytes}'\\0'};\n")
  string(APPEND entries "    {\"${name}\", {kFile${index}, sizeof kFile${index} - 1}},\n")
  math(EXPR index "${index} + 1")
endforeach()

file(WRITE "${OUTPUT}" "#include \"harness/cli/builtin.h\"

#include <array>

namespace conform {
namespace {

${arrays}
constexpr std::array<EmbeddedFile, ${index}> kFiles = {{
${entries}}};

}  // namespace

std::span<const EmbeddedFile> builtin_files() { return kFiles; }

}  // namespace conform
")
