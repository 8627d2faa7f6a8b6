// Mutants whose fault lies in what the kernel sees of a process, which no simulation has: they are
// played over loopback, against the cases that they must fail.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace conform::testing {

struct OverLoopback {
  std::string_view mutant;
  std::vector<std::string_view> fails;  // Ids of cases.
};

std::span<const OverLoopback> mutants_over_loopback();

}  // namespace conform::testing
