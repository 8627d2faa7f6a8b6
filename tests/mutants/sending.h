// Networks that misbehave in what they make of a write.
#pragma once

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string_view>

#include "tests/mutants/died.h"
#include "tests/mutants/forwarding_net.h"

namespace irc::mutants {

// A full buffer is taken for a broken connection.
template <Network Inner>
class FullIsBroken : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult send(Socket& socket, std::string_view out) {
    const IoResult result = this->inner_.send(socket, out);
    if (result.kind == IoResult::Kind::failed || result.bytes == out.size()) return result;
    return {.kind = IoResult::Kind::failed, .bytes = 0, .error = EPIPE};
  }
};

// What does not fit at once is lost.
template <Network Inner>
class ShortWriteIsLost : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult send(Socket& socket, std::string_view out) {
    const IoResult result = this->inner_.send(socket, out);
    if (result.kind == IoResult::Kind::failed) return result;
    return {.kind = IoResult::Kind::done, .bytes = out.size(), .error = 0};
  }
};

// A write that does not fit is waited for, as with blocking sockets: nobody else is served.
template <Network Inner>
class WaitsForSlowReader : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    const auto is_slow = [this](const pollfd& entry) { return entry.fd == slow_; };
    const auto found = std::ranges::find_if(fds, is_slow);
    if (found == fds.end()) return this->inner_.poll(fds, deadline);
    this->poll_only(fds, deadline, is_slow);
    if (found->revents & (POLLOUT | POLLHUP | POLLERR)) slow_.reset();
  }
  IoResult send(Socket& socket, std::string_view out) {
    const IoResult result = this->inner_.send(socket, out);
    const bool short_write = result.kind != IoResult::Kind::failed && result.bytes < out.size();
    if (short_write) slow_ = this->inner_.fd(socket);
    return result;
  }

 private:
  std::optional<int> slow_;  // The descriptor of whom everybody waits for.
};

// A write to a connection that is gone ends the server, as SIGPIPE does.
template <Network Inner>
class DiesOfBrokenPipe : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult send(Socket& socket, std::string_view out) {
    const IoResult result = this->inner_.send(socket, out);
    if (result.kind == IoResult::Kind::failed) throw Died();
    return result;
  }
};

}  // namespace irc::mutants
