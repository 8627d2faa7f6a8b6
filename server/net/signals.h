// SignalFd: SIGINT and SIGTERM as one more descriptor in the poll array, so that they are handled
// between rounds like everything else: no handler, no flag, nothing interrupted half-way.
#pragma once

#include <signal.h>

#include <optional>

#include "server/net/unique_fd.h"

namespace irc {

class SignalFd {
 public:
  // Blocks both signals in this thread, and in those it starts afterwards, as long as the object
  // lives. Throws std::system_error.
  SignalFd();
  SignalFd(const SignalFd&) = delete;
  SignalFd& operator=(const SignalFd&) = delete;
  ~SignalFd();

  // POLLIN when a signal waits.
  int fd() const { return fd_.fd(); }
  // The next signal that has arrived, or nothing. Never waits.
  std::optional<int> take();

 private:
  UniqueFd fd_;
  sigset_t mask_before_;
};

}  // namespace irc
