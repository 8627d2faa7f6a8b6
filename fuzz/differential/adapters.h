// Adapters: those that a run compares, and what it says of them at its end.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/differential/adapter.h"
#include "fuzz/differential/difference_oracle.h"

namespace fuzz {

// Ours; the one that is linked, if irc_conform_adapter() is defined; and a program for each line of
// `commands`. Throws NoAdapter.
std::vector<std::unique_ptr<Adapter>> adapters_of(std::string_view commands);

class Differential {
 public:
  // `learns`: of all adapters (difference_oracle.h).
  Differential(std::vector<std::unique_ptr<Adapter>> adapters, bool learns);

  // The first difference of the first adapter that has one.
  Verdict judge(std::string_view bytes);
  // Of each adapter what it differs in.
  std::string report() const;

 private:
  std::vector<std::unique_ptr<Adapter>> adapters_;
  std::vector<DifferenceOracle> oracles_;  // Of each adapter, in their order.
};

}  // namespace fuzz
