// How much work the code under test has done, in steps that depend on the input alone: blocks of
// code that were entered, and bytes that memchr and memmove went through. Time would waver; this
// tells a quadratic parser from a linear one on a line of a hundred bytes.
//
// Only the targets with libFuzzer count (step_hooks.cc); anywhere else there are no steps.
#pragma once

#include <cstdint>

namespace fuzz {

// Since the program began.
std::uint64_t& steps();

}  // namespace fuzz
