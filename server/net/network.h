// The network as a server sees it: a concept with two models, PosixNet (system calls) and SimNet
// (memory, its own time, faults from a seed). One contract suite runs on both, tests/net.
#pragma once

#include <poll.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "server/net/clock.h"

namespace irc {

// What recv or send said. EINTR and EAGAIN are both would_block: ask again after the next poll.
struct IoResult {
  enum class Kind : std::uint8_t {
    done,         // `bytes` were moved; at least one.
    would_block,  // Nothing now.
    eof,          // recv only: the peer sent FIN and everything before it was read.
    failed,       // The connection is gone (ECONNRESET, EPIPE, ETIMEDOUT); `error` says how.
  };
  Kind kind = Kind::would_block;
  std::size_t bytes = 0;
  int error = 0;
};

// A connection that was accepted, who is at its other end ("127.0.0.1"), and whether nobody between
// can read along (TLS).
template <class Socket>
struct Accepted {
  Socket socket;
  std::string host;
  bool secure = false;
};

enum class AcceptError : std::uint8_t {
  none,         // A connection was accepted.
  would_block,  // Nobody waits (any more).
  aborted,      // One that waited has gone: try the next.
  exhausted,    // EMFILE, ENFILE, ENOBUFS, ENOMEM: none can be had until something is closed.
};

template <class Socket>
struct AcceptResult {
  std::optional<Accepted<Socket>> accepted;
  AcceptError error = AcceptError::would_block;  // none exactly when accepted is there.
};

// Sockets own what they name and close it when they end. `fd(socket)` is what goes into a pollfd;
// it may be used again for another socket after the first has ended, so it is never a key.
//
// recv and send require at least one byte of room or data. accept may say exhausted even when
// nobody waits: the kernel takes the descriptor first.
//
// A model need not be copyable. None of these throws, whatever a peer does.
template <class N>
concept Network = requires(N net, typename N::Socket& socket, const typename N::Socket& named,
                           std::span<pollfd> fds, std::optional<TimePoint> deadline,
                           std::span<char> in, std::string_view out) {
  requires std::movable<typename N::Socket>;
  { net.fd(named) } -> std::same_as<int>;
  // Waits for an event or the deadline (none: for an event), whichever is first; an interruption
  // by a signal is a return without events. Fills revents. Level-triggered. Events may be spurious.
  { net.poll(fds, deadline) } -> std::same_as<void>;
  { net.accept(socket) } -> std::same_as<AcceptResult<typename N::Socket>>;
  { net.recv(socket, in) } -> std::same_as<IoResult>;
  { net.send(socket, out) } -> std::same_as<IoResult>;  // May take less than all.
  // Sends FIN behind everything that send took. False if something of that has to go first: it is
  // to be called again, after the next poll.
  { net.shutdown_write(socket) } -> std::same_as<bool>;
  { net.now() } -> std::same_as<TimePoint>;
};

}  // namespace irc
