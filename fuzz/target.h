// What every fuzz target defines: the contract of libFuzzer, which AFL++, honggfuzz and OSS-Fuzz
// share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// Judges one input; aborts where it has a finding. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

// The input as characters.
inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace fuzz
