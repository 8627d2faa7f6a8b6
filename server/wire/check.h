// CHECK(condition): our own invariants, kept in release builds. A failed check is a bug of ours,
// never of a peer, so it prints where it stands and aborts.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace irc {

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: CHECK failed: %s\n", file, line, condition);
  std::abort();
}

}  // namespace irc

#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::irc::check_failed(#condition, __FILE__, __LINE__))
