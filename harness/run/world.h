// World: everything the driver knows of what is outside it, as a concept with two models.
// KernelWorld is sockets, sock_diag, signals and /proc; SimWorld is a SimNet and a server stepped
// by a callback, on virtual time. The driver is a template over it, so that the same interpreter
// plays the same scripts on both.
//
// Nothing here blocks but poll, and nothing throws once the target was reached.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "harness/target/process.h"
#include "server/net/network.h"

namespace conform {

using irc::Duration;
using irc::IoResult;
using irc::TimePoint;

// One connection of ours to the target; never used again in a world.
enum class ConnectionId : std::uint32_t {};

// How a connection is made.
struct ConnectOptions {
  // Which of the source addresses that the world has is used: for a loopback target every number
  // is another address of 127.0.0.0/8; elsewhere it is not looked at.
  std::uint32_t source = 0;
  std::optional<std::uint32_t> rcvbuf_bytes;
};

// What poll waits for on one connection, and what it found.
struct Watch {
  ConnectionId connection{};
  bool want_write = false;  // Readability is always wanted, unless `paused`.
  bool paused = false;
  bool ready = false;  // Out: recv or send has something to say.
};

// What the kernel says of the server's side of a connection.
struct ServerSide {
  enum class State : std::uint8_t {
    unknown,  // Nobody can say: the target is not on this machine, or behind a forwarder.
    waiting,  // Open, and it has not read all that was sent.
    read,     // Open, and it has read everything sent so far, the FIN included if there was one.
    ended,    // The server has closed it, or it was reset.
  };
  State state = State::unknown;
  bool accepted = false;
  // Everything sent so far has arrived at the target's kernel, read or not.
  bool arrived = false;
  std::uint64_t unread_bytes = 0;  // Of what was sent to it, not read by it.
  std::uint64_t unsent_bytes = 0;  // Of what it wrote, not yet arrived here.
};

// What a world can do beyond talking to the target.
struct Abilities {
  bool kernel = false;   // server_side has answers.
  bool process = false;  // The process is known: process_facts, sockets_in_close_wait.
  bool hold = false;     // It may be stopped and continued.
  bool restart = false;  // It may be started anew.
};

template <class W>
concept World = requires(W world, ConnectionId id, ConnectOptions options, std::span<Watch> watches,
                         std::span<char> in, std::string_view out, bool flag,
                         std::optional<TimePoint> deadline, std::optional<std::uint32_t> nofile) {
  // Begins to connect; nothing, and why_not, if that fails at once.
  { world.connect(options) } -> std::same_as<std::optional<ConnectionId>>;
  { world.why_not() } -> std::same_as<std::string>;
  // False while the target has as many connections to accept as its backlog takes: one more would
  // be dropped by the kernel, and tried again only a second later.
  { world.may_connect() } -> std::same_as<bool>;
  // Sends what the kernel takes. `more` keeps it for the next send or fin, in one segment with it.
  { world.send(id, out, flag) } -> std::same_as<IoResult>;
  { world.send_urgent(id, out) } -> std::same_as<IoResult>;
  { world.recv(id, in) } -> std::same_as<IoResult>;
  { world.fin(id) } -> std::same_as<void>;
  { world.rst(id) } -> std::same_as<void>;    // The id is gone after it.
  { world.close(id) } -> std::same_as<void>;  // Likewise; the kernel sends RST if input is unread.

  // Waits for something on the watches or the deadline; returns early when the run was interrupted.
  { world.poll(watches, deadline) } -> std::same_as<void>;
  // Stands still while the target is held.
  { world.now() } -> std::same_as<TimePoint>;
  { world.interrupted() } -> std::same_as<bool>;

  { world.server_side(id) } -> std::same_as<ServerSide>;
  { world.unread_input(id) } -> std::same_as<std::size_t>;  // Received here, not yet by recv.
  { world.abilities() } -> std::same_as<Abilities>;
  // Stops every thread of the target; false if it could not. While held: only send, recv, fin, rst,
  // close, connect and server_side.
  { world.hold() } -> std::same_as<bool>;
  { world.release() } -> std::same_as<void>;
  { world.process_facts() } -> std::same_as<std::optional<ProcessFacts>>;
  // Sockets of the target whose peer has sent FIN and which it never closed.
  { world.sockets_in_close_wait() } -> std::same_as<std::size_t>;
  // Connections that the target's kernel has completed and the target has not accepted.
  { world.accept_queue() } -> std::same_as<std::size_t>;
  // Connections of ours that neither side has ended, as far as recv has told.
  { world.open_connections() } -> std::same_as<std::size_t>;
  // Why the target is no more, if so; stays until restart.
  { world.death() } -> std::same_as<std::optional<std::string>>;
  { world.stderr_tail() } -> std::same_as<std::string>;
  // Ends it and starts it anew, with that limit on its descriptors if there is one. Connections of
  // before are gone. False, and why_not, if it does not come up.
  { world.restart(nofile) } -> std::same_as<bool>;
};

}  // namespace conform
