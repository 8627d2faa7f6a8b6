// The target that the options mean: where it is, and what they say of it.
#pragma once

#include <cstdint>

#include "harness/cli/options.h"
#include "harness/run/kernel_world.h"
#include "harness/run/profile.h"

namespace conform {

struct Target {
  TargetPlan plan;
  Profile given;  // Password and operator.
};

// Without an address and a command it is this program itself, as the reference server. Throws
// std::runtime_error with a sentence if the host cannot be looked up.
Target target_of(const TargetOptions& options, std::uint64_t seed);

}  // namespace conform
