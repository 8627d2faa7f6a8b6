// Prints inputs of fuzz_loop as scripts, one file of them, without playing any: what each does, for
// `irc-conform replay` or `--cases` against any server.
//
//   loop_irct FILE...     build/dev/fuzz/loop_irct crash-1f0d > found.irct
//
// Exits with 2 where a file cannot be read.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/loop_script.h"

int main(int argc, char** argv) {
  const std::vector<std::filesystem::path> paths(argv + 1, argv + argc);
  if (paths.empty()) {
    std::cerr << "usage: loop_irct FILE...\n";
    return 2;
  }
  for (const std::filesystem::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    if (!in) {
      std::cerr << "loop_irct: cannot read " << path.string() << "\n";
      return 2;
    }
    std::cout << fuzz::script_of_loop(bytes, path.filename().string()) << "\n";
  }
  return EXIT_SUCCESS;
}
