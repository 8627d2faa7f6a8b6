#include "server/net/signals.h"

#include <sys/signalfd.h>

#include <cerrno>
#include <system_error>

namespace irc {
namespace {

sigset_t set_of(std::initializer_list<int> signals) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : signals) sigaddset(&set, signal);
  return set;
}

}  // namespace

SignalFd::SignalFd(std::initializer_list<int> handled) {
  const sigset_t signals = set_of(handled);
  fd_ = UniqueFd(::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
  if (!fd_) throw std::system_error(errno, std::system_category(), "signalfd");
  const int error = ::pthread_sigmask(SIG_BLOCK, &signals, &mask_before_);
  if (error != 0) throw std::system_error(error, std::system_category(), "pthread_sigmask");
}

SignalFd::~SignalFd() {
  while (take()) {
  }
  ::pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
}

std::optional<int> SignalFd::take() {
  signalfd_siginfo info{};
  if (::read(fd(), &info, sizeof info) != ssize_t{sizeof info}) return std::nullopt;
  return static_cast<int>(info.ssi_signo);
}

}  // namespace irc
