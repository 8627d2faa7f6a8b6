// Plays files to a fuzz target, so that its seeds and regressions are tests wherever there is a
// compiler.
//
//   replay_TARGET PATH...    each a file, or a folder with all the files below it
//
// A finding aborts, the name of the file above it. Exits with 2 where there is nothing to play.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "fuzz/target.h"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

// Whether it could be read. The bytes are on the heap and no more than there are, so that ASan
// notices who reads behind them.
bool play(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<std::uint8_t> bytes(std::istreambuf_iterator<char>(in), {});
  bytes.shrink_to_fit();
  if (!in) return false;
  std::cerr << path.string() << std::endl;  // Before it is played: it may not come back.
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t played = 0;
  for (const fs::path& path : std::vector<fs::path>(argv + 1, argv + argc)) {
    for (const fs::path& file : files_of(path)) {
      if (!play(file)) {
        std::cerr << "replay: cannot read " << file.string() << "\n";
        return 2;
      }
      ++played;
    }
  }
  std::cout << played << " played\n";
  return played > 0 ? EXIT_SUCCESS : 2;
}
