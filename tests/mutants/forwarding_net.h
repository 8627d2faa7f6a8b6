// ForwardingNet: a Network that hands everything on to another. Mutants derive from it and hide the
// one or two operations in which they misbehave.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "server/net/network.h"

namespace irc::mutants {

template <Network Inner>
class ForwardingNet {
 public:
  using Socket = typename Inner::Socket;

  // `inner` must outlive it.
  explicit ForwardingNet(Inner& inner) : inner_(inner) {}

  int fd(const Socket& socket) const { return inner_.fd(socket); }
  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    inner_.poll(fds, deadline);
  }
  AcceptResult<Socket> accept(Socket& listener) { return inner_.accept(listener); }
  IoResult recv(Socket& socket, std::span<char> in) { return inner_.recv(socket, in); }
  IoResult send(Socket& socket, std::string_view out) { return inner_.send(socket, out); }
  bool shutdown_write(Socket& socket) { return inner_.shutdown_write(socket); }
  TimePoint now() const { return inner_.now(); }

 protected:
  // poll() for those entries only for which `wanted(pollfd)` holds; nothing is ready at the others.
  template <class Wanted>
  void poll_only(std::span<pollfd> fds, std::optional<TimePoint> deadline, Wanted wanted) {
    std::vector<pollfd> seen(fds.begin(), fds.end());
    for (pollfd& entry : seen) {
      if (!wanted(entry)) entry.fd = -1;
    }
    inner_.poll(seen, deadline);
    for (std::size_t i = 0; i < fds.size(); ++i) fds[i].revents = seen[i].revents;
  }

  Inner& inner_;
};

// A ForwardingNet that can leave a socket out of poll() from some moment on.
template <Network Inner>
class DeafeningNet : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    this->poll_only(fds, deadline, [this](const pollfd& f) { return !deaf_.contains(f.fd); });
  }
  AcceptResult<Socket> accept(Socket& listener) {
    AcceptResult<Socket> result = inner_.accept(listener);
    // The descriptor is another's now.
    if (result.accepted) deaf_.erase(inner_.fd(result.accepted->socket));
    return result;
  }

 protected:
  using ForwardingNet<Inner>::inner_;
  void deafen(const Socket& socket) { deaf_.insert(inner_.fd(socket)); }
  void undeafen(const Socket& socket) { deaf_.erase(inner_.fd(socket)); }

 private:
  std::set<int> deaf_;
};

// A ForwardingNet that can wait for one client, as a blocking call does: nobody else is served
// meanwhile.
template <Network Inner>
class BlockingNet : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    const auto is_awaited = [this](const pollfd& entry) { return entry.fd == awaited_; };
    const auto found = std::ranges::find_if(fds, is_awaited);
    if (found == fds.end()) return inner_.poll(fds, deadline);
    this->poll_only(fds, deadline, is_awaited);
    if (found->revents & (events_ | POLLHUP | POLLERR)) awaited_.reset();
  }

 protected:
  using ForwardingNet<Inner>::inner_;
  // Until one of `events` comes, or the end of the connection.
  void await(const Socket& socket, short events) {
    awaited_ = inner_.fd(socket);
    events_ = events;
  }
  bool awaits() const { return awaited_.has_value(); }

 private:
  std::optional<int> awaited_;
  short events_ = 0;
};

}  // namespace irc::mutants
