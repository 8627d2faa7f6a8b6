// PollTable: the connections of a loop, each with its entry for poll(), and what else is polled.
//
//     polled()  | listener or the like 0 | ... | connection 0 | connection 1 | ...
//
// A connection has a place, which may change when another one is removed, and a name, which never
// does: descriptors are used again at once.
#pragma once

#include <poll.h>

#include <cstddef>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/core/session.h"
#include "server/wire/check.h"

namespace irc {

// Requires: a Connection has an `id`, a ConnId.
template <class Connection>
class PollTable {
 public:
  // Another descriptor to be polled, in front of the connections. Requires: there are none yet.
  void add_other(int fd, short events) {
    CHECK(connections_.empty());
    fds_.push_back(pollfd{.fd = fd, .events = events, .revents = 0});
    ++others_;
  }
  // All of them from this one on are polled no more.
  void remove_others(std::size_t from) {
    const auto position = [this](std::size_t i) {
      return fds_.begin() + static_cast<std::ptrdiff_t>(i);
    };
    fds_.erase(position(from), position(others_));
    others_ = from;
  }

  // It comes last. Requires: its name is not there yet.
  void add(Connection connection, int fd) {
    const bool inserted = places_.emplace(connection.id, connections_.size()).second;
    CHECK(inserted);
    connections_.push_back(std::move(connection));
    fds_.push_back(pollfd{.fd = fd, .events = 0, .revents = 0});
  }
  // The last one takes its place.
  void remove(std::size_t place) {
    places_.at(connections_.back().id) = place;
    places_.erase(connections_[place].id);
    std::swap(connections_[place], connections_.back());
    connections_.pop_back();
    std::swap(entry(place), fds_.back());
    fds_.pop_back();
  }

  std::size_t size() const { return connections_.size(); }
  std::optional<std::size_t> place_of(ConnId id) const {
    const auto found = places_.find(id);
    if (found == places_.end()) return std::nullopt;
    return found->second;
  }
  // By place. Valid until add or remove.
  Connection& operator[](std::size_t place) { return connections_[place]; }
  const Connection& operator[](std::size_t place) const { return connections_[place]; }
  pollfd& entry(std::size_t place) { return fds_[others_ + place]; }
  const pollfd& entry(std::size_t place) const { return fds_[others_ + place]; }
  pollfd& other(std::size_t i) { return fds_[i]; }

  std::span<pollfd> polled() { return fds_; }

 private:
  std::vector<pollfd> fds_;
  std::size_t others_ = 0;  // Of fds_.
  std::vector<Connection> connections_;
  std::unordered_map<ConnId, std::size_t> places_;  // Never visited in its order.
};

}  // namespace irc
