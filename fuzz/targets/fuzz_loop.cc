// fuzz_loop: whatever clients send, in whatever segments, however they leave, whatever the network
// and the clock do, the loop keeps its invariants, and each client hears lines that make sense; how
// bytes were cut and calls were interrupted, nobody hears.
//
// Input: setup and records (loop_oracle.h, loop_world.h). Oracles: LO-HOLDS, LO-FAULTS, LO-CUTS.
// A finding has the input as a script, but for where the libraries of that are not to be had
// (IRC_FUZZ_ENGINE); loop_irct makes one of the file.
#include "fuzz/loop_oracle.h"
#include "fuzz/target.h"
#ifdef FUZZ_SCRIPTS
#include "fuzz/loop_script.h"
#endif

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text_of(data, size);
  fuzz::Verdict verdict = fuzz::judge_loop(input);
#ifdef FUZZ_SCRIPTS
  if (verdict) {
    verdict->more = "  script:   for irc-conform replay, against any server\n\n" +
                    fuzz::script_of_loop(input, "finding");
  }
#endif
  fuzz::stop_on(verdict);
  return 0;
}
