// fuzz_script: every text gives cases, or problems that have a place in it; what is printed of it
// reads back as the same cases, and prints as the same text.
//
// Input: the text of a file of cases. Oracles: SC-PLACE, SC-NOTHING, SC-READS, SC-SAME, SC-STABLE
// (script_oracle.h).
#include "fuzz/script_oracle.h"
#include "fuzz/target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::stop_on(fuzz::judge_script(fuzz::text_of(data, size)));
  return 0;
}
