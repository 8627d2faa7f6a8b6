// Seeds: what a case is to the fuzz targets (fuzz/README.md), each in the form that it reads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/script/model.h"

namespace conform {

struct Seed {
  std::string_view target;  // "fuzz_loop"
  std::string name;         // A file name: "framing_bare-cr_bytes", where '_' is in no part.
  std::string bytes;
};

// How long a seed of that target may be: as long as what libFuzzer may make of it (max_len in
// fuzz/<target>.options). What would be longer is left out.
std::size_t seed_bytes_max(std::string_view target);

// For fuzz_loop and fuzz_core the case's records (script/encode.h), and those with its sends cut in
// other ways; for fuzz_framer the stream of each connection in the segments of either, for
// fuzz_parser each line, for fuzz_script the script. Some may have the same bytes. The same case
// always gives the same.
std::vector<Seed> seeds_of(const script::Case& item);

}  // namespace conform
