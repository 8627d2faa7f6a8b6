// fuzz_framer: for every stream and every way to cut it the framer gives the same lines, those that
// a naive framer finds; it holds no more than its limits, and loses no byte.
//
// Input: limits, number of cuts, cuts, stream (framer_oracle.h). Oracles: FR-SEG, FR-REF, FR-FORM,
// FR-BOUND, FR-CONS, FR-PREFIX, FR-CONCAT, FR-MID, FR-IDLE, FR-LINEAR.
#include "fuzz/framer_oracle.h"
#include "fuzz/target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::stop_on(fuzz::judge_framer(fuzz::framer_input(fuzz::text_of(data, size))));
  return 0;
}
