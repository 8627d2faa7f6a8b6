// The suite, corpus/cases/*.irct, as it is compiled into the program; the definition is generated
// by harness/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace conform {

struct EmbeddedFile {
  std::string_view name;  // "framing.irct"
  std::string_view text;
};

// Sorted by name; may be empty.
std::span<const EmbeddedFile> builtin_files();

}  // namespace conform
