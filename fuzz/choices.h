// Choices: a fuzzer's bytes as a source of decisions. Total: once there are no more bytes, every
// choice is the first one, so that every input means something and a shorter one means less.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fuzz {

class Choices {
 public:
  // The bytes must outlive it.
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.empty(); }

  // A number below `bound`, which is at least 1, out of as many bytes as the bound has.
  std::uint64_t below(std::uint64_t bound) {
    std::uint64_t number = 0;
    for (std::uint64_t rest = bound - 1; rest > 0; rest >>= 8U) number = number << 8U | byte();
    return number % bound;
  }

  // At most so many of the bytes themselves; a view into them.
  std::string_view take(std::size_t bytes_max) {
    const std::string_view taken = bytes_.substr(0, bytes_max);
    bytes_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view take_rest() { return take(bytes_.size()); }

 private:
  std::uint8_t byte() {
    const std::string_view taken = take(1);
    return taken.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(taken.front());
  }

  std::string_view bytes_;
};

}  // namespace fuzz
