// LinkedAdapter: an adapter that is a part of this program.
#pragma once

#include "fuzz/differential/adapter.h"
#include "fuzz/irc_conform_adapter.h"

namespace fuzz {

class LinkedAdapter : public Adapter {
 public:
  // The table must outlive it. Throws NoAdapter if it is of another version of the ABI, declares a
  // reading that there is not, or has half a framer.
  explicit LinkedAdapter(const icx_adapter& table);

  const AdapterFacts& facts() const override { return facts_; }
  FramesSeen frames(const FramerInput& input) override;
  MessageSeen message(std::string_view line) override;

 private:
  const icx_adapter& table_;
  AdapterFacts facts_;
};

// The framer and the parser of server/wire.
const icx_adapter& our_adapter();

}  // namespace fuzz
