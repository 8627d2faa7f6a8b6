// What libFuzzer calls in the place of its own mutations, in targets that read records. How many
// bytes of setup are before them says FUZZ_SETUP_BYTES.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/record_mutator.h"
#include "fuzz/target.h"

// The names are libFuzzer's. Its own mutations are not there in other engines.
extern "C" {

[[gnu::weak]] std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                           std::size_t max_size);
std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                    unsigned int seed);
std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data1, std::size_t size1,
                                      const std::uint8_t* data2, std::size_t size2,
                                      std::uint8_t* out, std::size_t max_out_size,
                                      unsigned int seed);

}  // extern "C"

namespace {

std::string mutate_bytes(std::string bytes, std::size_t bytes_max) {
  if (LLVMFuzzerMutate == nullptr || bytes_max == 0) return bytes;
  const std::size_t size = std::min(bytes.size(), bytes_max);
  bytes.resize(bytes_max);
  auto* const data = reinterpret_cast<std::uint8_t*>(bytes.data());
  bytes.resize(LLVMFuzzerMutate(data, size, bytes_max));
  return bytes;
}

}  // namespace

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                    unsigned int seed) {
  const std::string made = fuzz::mutated(
      fuzz::text_of(data, size),
      {.setup_bytes = FUZZ_SETUP_BYTES, .bytes_max = max_size, .seed = seed}, mutate_bytes);
  std::copy(made.begin(), made.end(), data);
  return made.size();
}

std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data1, std::size_t size1,
                                      const std::uint8_t* data2, std::size_t size2,
                                      std::uint8_t* out, std::size_t max_out_size,
                                      unsigned int seed) {
  const std::string made =
      fuzz::crossed(fuzz::text_of(data1, size1), fuzz::text_of(data2, size2),
                    {.setup_bytes = FUZZ_SETUP_BYTES, .bytes_max = max_out_size, .seed = seed});
  std::copy(made.begin(), made.end(), out);
  return made.size();
}
