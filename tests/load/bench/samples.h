// Samples: how long each of many things took.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "server/net/clock.h"

namespace irc::bench {

class Samples {
 public:
  void add(Duration duration) { durations_.push_back(duration); }
  std::size_t count() const { return durations_.size(); }
  // In microseconds, what `share` of them (0 to 1) did not exceed. Requires a sample.
  double percentile(double share) {
    const auto last = static_cast<double>(count() - 1);
    const auto at = durations_.begin() + static_cast<std::ptrdiff_t>(last * share);
    std::ranges::nth_element(durations_, at);
    return std::chrono::duration<double, std::micro>(*at).count();
  }

 private:
  std::vector<Duration> durations_;
};

}  // namespace irc::bench
