// Networks that do not come to everybody who is ready in a round, and are told of it only once, as
// with edge-triggered events.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "tests/mutants/forwarding_net.h"

namespace irc::mutants {

// Of those who are ready, in the order of the array, whom a loop misses that removes `leaver` and
// goes on.
struct MissesNext {
  static std::optional<int> missed(const std::vector<int>& ready, int leaver) {
    const auto found = std::ranges::find(ready, leaver);
    if (found == ready.end() || found + 1 == ready.end()) return std::nullopt;
    return *(found + 1);
  }
};
struct MissesLast {
  static std::optional<int> missed(const std::vector<int>& ready, int leaver) {
    if (ready.empty() || ready.back() == leaver) return std::nullopt;
    return ready.back();
  }
};

// Removes who leaves from the array while it goes through it.
template <Network Inner, class Who>
class SkipsBehindLeaver : public DeafeningNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using DeafeningNet<Inner>::DeafeningNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    DeafeningNet<Inner>::poll(fds, deadline);
    missed_.reset();
    ready_.clear();
    for (const pollfd& entry : fds) {
      if (entry.revents & ~POLLOUT) ready_.push_back(entry.fd);
    }
  }
  IoResult recv(Socket& socket, std::span<char> in) {
    const int fd = this->inner_.fd(socket);
    if (fd == missed_) {
      this->deafen(socket);
      return {};
    }
    const IoResult result = this->inner_.recv(socket, in);
    const bool leaves = result.kind == IoResult::Kind::eof || result.kind == IoResult::Kind::failed;
    if (leaves) missed_ = Who::missed(ready_, fd);
    return result;
  }

 private:
  std::vector<int> ready_;
  std::optional<int> missed_;
};

template <Network Inner>
using SkipsNextToLeaver = SkipsBehindLeaver<Inner, MissesNext>;
template <Network Inner>
using SkipsWhoTakesThePlace = SkipsBehindLeaver<Inner, MissesLast>;

// Serves the first of those who are ready. Newcomers are exempt: else nobody could register.
template <Network Inner>
class FirstOfSeveral : public DeafeningNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using DeafeningNet<Inner>::DeafeningNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    served_ = false;
    DeafeningNet<Inner>::poll(fds, deadline);
  }
  AcceptResult<Socket> accept(Socket& listener) {
    AcceptResult<Socket> result = DeafeningNet<Inner>::accept(listener);
    if (result.accepted) reads_.erase(this->inner_.fd(result.accepted->socket));
    return result;
  }
  IoResult recv(Socket& socket, std::span<char> in) {
    constexpr int kReadsOfNewcomer = 4;
    const bool newcomer = ++reads_[this->inner_.fd(socket)] <= kReadsOfNewcomer;
    if (!newcomer && served_) {
      this->deafen(socket);
      return {};
    }
    served_ = true;
    return this->inner_.recv(socket, in);
  }

 private:
  std::map<int, int> reads_;
  bool served_ = false;
};

// Accepts one client in a round; the others wait for the next, which is no fault.
template <Network Inner>
class AcceptsOneARound : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    accepted_ = false;
    this->inner_.poll(fds, deadline);
  }
  AcceptResult<Socket> accept(Socket& listener) {
    if (accepted_) return {.accepted = std::nullopt, .error = AcceptError::would_block};
    accepted_ = true;
    return this->inner_.accept(listener);
  }

 private:
  bool accepted_ = false;
};

}  // namespace irc::mutants
