// What a program that has died said of its fault.
#pragma once

#include <string_view>

namespace conform {

// The last line that names a fault, as sanitizers, assertions and the runtimes of languages write
// it, without the blanks before it: two deaths with the same one have the same cause. Empty if
// there is none; a view into the tail.
std::string_view named_fault(std::string_view stderr_tail);

}  // namespace conform
