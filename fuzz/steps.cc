#include "fuzz/steps.h"

namespace fuzz {

std::uint64_t& steps() {
  static std::uint64_t count = 0;
  return count;
}

}  // namespace fuzz
