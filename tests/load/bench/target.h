// Target: the server under load as its process shows it, in /proc.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

namespace irc::bench {

struct Target {
  std::uint16_t port = 0;  // On 127.0.0.1.
  pid_t pid = 0;

  // Seconds of processor time that it has used since it began, in user and in system mode, to the
  // clock tick (10 ms). Dies if there is no such process, as resident_bytes does.
  double cpu_seconds() const;
  // Of its memory, what is in RAM; and the most that ever was.
  std::size_t resident_bytes() const;
  std::size_t peak_resident_bytes() const;
};

}  // namespace irc::bench
