// NetworkContract: the language in which the contract of Network is told, once for both worlds.
// What an operation says is text, as is what poll reports.
#pragma once

#include <gtest/gtest.h>

#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "tests/net/network_worlds.h"

namespace irc {

// "done 5", "would_block", "eof", "failed ECONNRESET".
inline std::string to_string(const IoResult& result) {
  using Kind = IoResult::Kind;
  switch (result.kind) {
    case Kind::done:
      return "done " + std::to_string(result.bytes);
    case Kind::would_block:
      return "would_block";
    case Kind::eof:
      return "eof";
    case Kind::failed:
      break;
  }
  if (result.error == ECONNRESET) return "failed ECONNRESET";
  if (result.error == EPIPE) return "failed EPIPE";
  return "failed " + std::to_string(result.error);
}

// "IN|HUP", or "0".
inline std::string names_of(short events) {
  constexpr std::pair<short, const char*> kNames[] = {
      {POLLIN, "IN"},   {POLLOUT, "OUT"},     {POLLERR, "ERR"},
      {POLLHUP, "HUP"}, {POLLRDHUP, "RDHUP"}, {POLLNVAL, "NVAL"},
  };
  std::string names;
  for (const auto& [event, name] : kNames) {
    if ((events & event) != 0) names.append(names.empty() ? "" : "|").append(name);
  }
  return names.empty() ? "0" : names;
}

template <class World>
class NetworkContract : public testing::Test {
 protected:
  using Socket = typename World::Net::Socket;
  using Peer = typename World::Peer;

  // The next that waits, which must be there, or come.
  Socket accept() {
    wait_readable(world.listener);
    return std::move(world.net.accept(world.listener).accepted.value().socket);
  }
  std::pair<Peer, Socket> connected_pair() {
    Peer peer = world.connect();
    return {std::move(peer), accept()};
  }

  // What poll reports: as soon as it is what is expected, else when patience is at its end.
  std::string events(const Socket& socket, int asked, std::string_view expected) {
    const TimePoint end = world.net.now() + world.patience();
    pollfd entry{.fd = world.net.fd(socket), .events = static_cast<short>(asked), .revents = 0};
    do {
      world.net.poll({&entry, 1}, world.net.now());
    } while (names_of(entry.revents) != expected && world.net.now() < end);
    return names_of(entry.revents);
  }
  // What poll reports now.
  std::string events_now(const Socket& socket, int asked) {
    pollfd entry{.fd = world.net.fd(socket), .events = static_cast<short>(asked), .revents = -1};
    world.net.poll({&entry, 1}, world.net.now());
    return names_of(entry.revents);
  }
  // Until there is an event.
  void wait_readable(const Socket& socket) {
    pollfd entry{.fd = world.net.fd(socket), .events = POLLIN, .revents = 0};
    world.net.poll({&entry, 1}, world.net.now() + world.patience());
  }

  std::string recv(Socket& socket, std::size_t bytes_max = 4096) {
    std::string in(bytes_max, '\0');
    return said(world.net.recv(socket, in), in);
  }
  std::string peer_recv(Peer& peer) {
    std::string in(4096, '\0');
    world.wait_readable(peer);
    return said(world.peer_recv(peer, in), in);
  }
  std::string send(Socket& socket, std::string_view out) {
    return to_string(world.net.send(socket, out));
  }
  // What recv says until the end of the stream, or until there is nothing more.
  std::string recv_all(Socket& socket) {
    std::string all;
    std::string last;
    while (last != "eof" && last != "would_block") {
      last = recv(socket);
      all.append(all.empty() ? "" : ", ").append(last);
    }
    return all;
  }

  // Writes until nothing more fits. How many bytes that was; nothing if it never ends.
  std::optional<std::size_t> fill(Socket& socket) {
    const std::string chunk(1 << 16, 'x');
    constexpr std::size_t kBytesMax = 1 << 28;
    std::size_t bytes = 0;
    while (bytes < kBytesMax) {
      const IoResult result = world.net.send(socket, chunk);
      if (result.kind == IoResult::Kind::failed) return std::nullopt;
      bytes += result.bytes;
      const bool full = result.kind == IoResult::Kind::would_block;
      if (full && events_now(socket, POLLOUT) == "0") return bytes;
    }
    return std::nullopt;
  }
  std::size_t peer_drain(Peer& peer, std::size_t bytes) {
    std::string in(1 << 16, '\0');
    std::size_t drained = 0;
    while (drained < bytes && world.wait_readable(peer)) {
      drained += world.peer_recv(peer, in).bytes;
    }
    return drained;
  }

  World world;

 private:
  // The bytes themselves, or how it is that there are none.
  static std::string said(const IoResult& result, const std::string& in) {
    return result.kind == IoResult::Kind::done ? in.substr(0, result.bytes) : to_string(result);
  }
};

using Worlds = testing::Types<OnPosix, OnSim>;
class WorldNames {
 public:
  template <class World>
  static std::string GetName(int) {  // NOLINT(readability-identifier-naming): GoogleTest calls it.
    return std::is_same_v<World, OnPosix> ? "Posix" : "Sim";
  }
};

}  // namespace irc
