// fuzz_loop: whatever clients send, in whatever segments, however they leave, whatever the network
// and the clock do, the loop keeps its invariants, and each client hears lines that make sense; how
// bytes were cut and calls were interrupted, nobody hears.
//
// Input: setup and records (loop_oracle.h, loop_world.h). Oracles: LO-HOLDS, LO-FAULTS, LO-CUTS.
#include "fuzz/loop_oracle.h"
#include "fuzz/target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::stop_on(fuzz::judge_loop(fuzz::text_of(data, size)));
  return 0;
}
