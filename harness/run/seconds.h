// Durations as a person reads them: "0.2 ms", "10.0 s".
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <string>

namespace conform {

inline std::string seconds(std::chrono::nanoseconds duration) {
  const double value = std::chrono::duration<double>(duration).count();
  return value < 0.1 ? fmt::format("{:.1f} ms", value * 1000) : fmt::format("{:.1f} s", value);
}

}  // namespace conform
