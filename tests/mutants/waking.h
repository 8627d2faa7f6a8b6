// Networks that wake up when they should not, or not when they should: what poll() or epoll says is
// misread. Only the kernel makes a difference of it, so that they are played over loopback.
#pragma once

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "server/net/unique_fd.h"
#include "tests/mutants/died.h"
#include "tests/mutants/forwarding_net.h"

namespace irc::mutants {

// Looks again and again.
template <Network Inner>
class NeverWaits : public ForwardingNet<Inner> {
 public:
  using ForwardingNet<Inner>::ForwardingNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> /*deadline*/) {
    this->inner_.poll(fds, this->inner_.now());
  }
};

// Looks again and again once somebody has left in the middle of a line.
template <Network Inner>
class SpinsAfterHalfLine : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    this->inner_.poll(fds, spins_ ? this->inner_.now() : deadline);
  }
  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    bool& mid_line = mid_line_[this->inner_.fd(socket)];
    const bool ended = result.kind == IoResult::Kind::eof || result.kind == IoResult::Kind::failed;
    spins_ |= ended && mid_line;
    if (ended) mid_line = false;
    if (result.bytes > 0) mid_line = in[result.bytes - 1] != '\n';
    return result;
  }

 private:
  std::map<int, bool> mid_line_;  // By descriptor.
  bool spins_ = false;
};

// Takes an interrupted wait for the end of the world. poll(2) is gone on with by the kernel behind
// SIGCONT; epoll_wait(2) is not.
template <Network Inner>
class DiesOfInterruption : public ForwardingNet<Inner> {
 public:
  using ForwardingNet<Inner>::ForwardingNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    const UniqueFd all(::epoll_create1(EPOLL_CLOEXEC));
    for (const pollfd& entry : fds) {
      epoll_event event{};
      event.events = static_cast<std::uint32_t>(entry.events);
      if (entry.fd >= 0) ::epoll_ctl(all.fd(), EPOLL_CTL_ADD, entry.fd, &event);
    }
    int millis = -1;
    if (deadline) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - this->now());
      millis = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
    }
    epoll_event any{};
    if (::epoll_wait(all.fd(), &any, 1, millis) < 0 && errno == EINTR) throw Died();
    this->inner_.poll(fds, this->now());
  }
};

// Is told once of all that arrive together, as epoll does with EPOLLET, and accepts one then.
template <Network Inner>
class AcceptsOncePerEdge : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    accepted_ = false;
    std::vector<pollfd> seen(fds.begin(), fds.end());
    for (pollfd& entry : seen) {
      if (listener_ && entry.fd == *listener_) entry.fd = edge_.fd();
    }
    this->inner_.poll(seen, deadline);
    for (std::size_t i = 0; i < fds.size(); ++i) fds[i].revents = seen[i].revents;
    epoll_event told{};
    ::epoll_wait(edge_.fd(), &told, 1, 0);
  }
  AcceptResult<Socket> accept(Socket& listener) {
    if (!listener_) {
      listener_ = this->inner_.fd(listener);
      epoll_event event{};
      event.events = static_cast<std::uint32_t>(EPOLLIN) | static_cast<std::uint32_t>(EPOLLET);
      ::epoll_ctl(edge_.fd(), EPOLL_CTL_ADD, *listener_, &event);
    }
    if (accepted_) return {.accepted = std::nullopt, .error = AcceptError::would_block};
    accepted_ = true;
    return this->inner_.accept(listener);
  }

 private:
  UniqueFd edge_{::epoll_create1(EPOLL_CLOEXEC)};
  std::optional<int> listener_;
  bool accepted_ = false;  // In this round.
};

}  // namespace irc::mutants
