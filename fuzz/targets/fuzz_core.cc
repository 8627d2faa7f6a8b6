// fuzz_core: whatever clients say to the protocol core, and however they leave, its tables agree
// (State::check), each hears lines that make sense, and the same again from the same input.
//
// Input: configuration and records (core_world.h). Oracles: CO-HEARD, CO-GOODBYE, CO-LEFT,
// CO-AHEAD, CO-SAME.
#include "fuzz/core_world.h"
#include "fuzz/target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::stop_on(fuzz::judge_core(fuzz::text_of(data, size)));
  return 0;
}
