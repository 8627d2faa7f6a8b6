// What counts the steps. The linker puts these in the place of the calls they wrap; the first is
// what -fsanitize-coverage=trace-pc calls at every block of code.
#include <cstddef>

#include "fuzz/steps.h"

// The names are the compiler's and the linker's.
// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming)
extern "C" {

void __wrap___sanitizer_cov_trace_pc();
void* __real_memchr(const void* bytes, int byte, std::size_t size);
void* __wrap_memchr(const void* bytes, int byte, std::size_t size);
void* __real___asan_memmove(void* to, const void* from, std::size_t size);
void* __wrap___asan_memmove(void* to, const void* from, std::size_t size);

void __wrap___sanitizer_cov_trace_pc() {
  ++fuzz::steps();
}

void* __wrap_memchr(const void* bytes, int byte, std::size_t size) {
  void* const found = __real_memchr(bytes, byte, size);
  const auto* const begin = static_cast<const char*>(bytes);
  const auto* const end = static_cast<const char*>(found);
  fuzz::steps() += end == nullptr ? size : static_cast<std::size_t>(end - begin);
  return found;
}

void* __wrap___asan_memmove(void* to, const void* from, std::size_t size) {
  fuzz::steps() += size;
  return __real___asan_memmove(to, from, size);
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming)
