// SignalFd: signals as one more descriptor in the poll array, so that they are handled
// between rounds like everything else: no handler, no flag, nothing interrupted half-way.
#pragma once

#include <signal.h>

#include <initializer_list>
#include <optional>

#include "server/net/unique_fd.h"

namespace irc {

class SignalFd {
 public:
  // Blocks the signals in this thread, and in those it starts afterwards, as long as the object
  // lives. Throws std::system_error.
  SignalFd(std::initializer_list<int> handled = {SIGINT, SIGTERM});
  SignalFd(const SignalFd&) = delete;
  SignalFd& operator=(const SignalFd&) = delete;
  // What has arrived by then and was not taken has no effect: the signals were to be handled here.
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
