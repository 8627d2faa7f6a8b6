// The version of the program, from the project's CMakeLists.txt.
#pragma once

#include <string_view>

namespace conform {

inline constexpr std::string_view kVersion = IRC_VERSION;

}  // namespace conform
