// fuzz_canary: a framer with a planted bug, which must be found. It loses one line of all; to see
// it, libFuzzer has to learn the word from the comparison, and the oracle has to miss the line.
//
// Where this target runs to its end, the others are blind. Input and oracles: fuzz_framer.
#include <optional>

#include "fuzz/framer_oracle.h"
#include "fuzz/target.h"

namespace {

class LosingFramer : public irc::Framer {
 public:
  using irc::Framer::Framer;

  std::optional<irc::Frame> next() {
    const std::optional<irc::Frame> frame = irc::Framer::next();
    return frame && frame->line == "CANARY" ? irc::Framer::next() : frame;
  }
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::stop_on(fuzz::judge_framer<LosingFramer>(fuzz::framer_input(fuzz::text_of(data, size))));
  return 0;
}
