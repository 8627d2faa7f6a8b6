#include "tests/mutants/over_loopback.h"

namespace conform::testing {

std::span<const OverLoopback> mutants_over_loopback() {
  static const std::vector<OverLoopback> rows = {
      {"never-waits", {"liveness/idle-clients-cost-nothing"}},
      {"spins-at-fin", {"disconnect/half-close-does-not-spin"}},
      {"spins-after-half-line", {"disconnect/leaving-does-not-spin"}},
      {"spins-without-descriptors", {"isolation/out-of-descriptors"}},
      {"gives-up-accepting", {"isolation/out-of-descriptors"}},
      {"dies-without-descriptors", {"isolation/out-of-descriptors"}},
      {"dies-of-interruption", {"liveness/survives-a-stop"}},
      {"accepts-once-per-edge", {"isolation/arrivals-of-one-round"}},
      {"keeps-descriptor-at-reset", {"disconnect/connect-and-leave-repeated"}},
      {"keeps-buffer-of-each", {"disconnect/memory-of-those-who-left"}},
      {"keeps-half-lines", {"disconnect/memory-of-half-lines"}},
      {"keeps-names", {"liveness/memory-of-names"}},
      {"thread-for-each", {"disconnect/threads-end-with-their-clients"}},
  };
  return rows;
}

}  // namespace conform::testing
