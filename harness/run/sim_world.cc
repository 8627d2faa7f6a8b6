#include "harness/run/sim_world.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace conform {

SimWorld::SimWorld(irc::SimNet& net, StepServer step) : net_(net), step_(std::move(step)) {}

SimWorld::SimWorld(irc::SimNet& net, StartServer start, Abilities abilities)
    : net_(net), start_(std::move(start)), abilities_(abilities), step_(start_(net)) {}

std::optional<ConnectionId> SimWorld::connect(ConnectOptions options) {
  // As a loopback target sees it: each source number is another address.
  const std::optional<irc::SimPeer> name =
      net_.connect("127.0." + std::to_string(options.source / 256 % 256) + "." +
                   std::to_string(options.source % 256));
  if (!name) return std::nullopt;
  if (options.rcvbuf_bytes) net_.peer_receive_buffer(*name, *options.rcvbuf_bytes);
  peers_.push_back({.name = *name});
  return static_cast<ConnectionId>(peers_.size() - 1);
}

IoResult SimWorld::send(ConnectionId id, std::string_view bytes, bool /*more*/) {
  return net_.peer_send(peer(id), bytes);
}

IoResult SimWorld::send_urgent(ConnectionId /*id*/, std::string_view bytes) {
  // Out-of-band data is not in the stream, and the simulated server never asks for it.
  return {.kind = IoResult::Kind::done, .bytes = bytes.size()};
}

IoResult SimWorld::recv(ConnectionId id, std::span<char> in) {
  const IoResult result = net_.peer_recv(peer(id), in);
  if (result.kind == IoResult::Kind::eof || result.kind == IoResult::Kind::failed) end(id);
  return result;
}

void SimWorld::fin(ConnectionId id) {
  peers_[static_cast<std::size_t>(id)].fin_sent = true;
  net_.peer_shutdown_write(peer(id));
}

void SimWorld::rst(ConnectionId id) {
  net_.peer_reset(peer(id));
  end(id);
}

void SimWorld::close(ConnectionId id) {
  net_.peer_close(peer(id));
  end(id);
}

bool SimWorld::mark_ready(std::span<Watch> watches) const {
  bool any = false;
  for (Watch& watch : watches) {
    const irc::SimPeer name = peer(watch.connection);
    watch.ready = (!watch.paused && net_.peer_readable(name)) ||
                  (watch.want_write && net_.peer_writable(name));
    any |= watch.ready;
  }
  return any;
}

// A round costs time, or a server that never rests would never see any pass.
bool SimWorld::step() {
  constexpr Duration kRound = std::chrono::microseconds(1);
  if (dead_ || held_) return false;
  dead_ = !step_();
  net_.advance_to(net_.now() + kRound);
  return !dead_ && !net_.idle();
}

void SimWorld::poll(std::span<Watch> watches, std::optional<TimePoint> deadline) {
  while (!mark_ready(watches)) {
    if (deadline && net_.now() >= *deadline) return;
    const bool was_dead = dead_;
    if (step()) continue;
    if (dead_ && !was_dead) return;  // As a process's end wakes whoever waits for it.
    // One more look: the round that found the server idle may have made something ready before.
    if (mark_ready(watches)) return;
    const std::optional<TimePoint> server_wakes = dead_ || held_ ? std::nullopt : net_.wake_at();
    if (!deadline && !server_wakes) return;
    const TimePoint next = !deadline       ? *server_wakes
                           : !server_wakes ? *deadline
                                           : std::min(*deadline, *server_wakes);
    net_.advance_to(std::max(next, net_.now()));
  }
}

ServerSide SimWorld::server_side(ConnectionId id) const {
  if (!abilities_.kernel) return {.arrived = true};
  const irc::SimNet::ServerSide seen = net_.server_side(peer(id));
  const bool everything_read = seen.unread_bytes == 0 && !seen.fin_unread && seen.accepted;
  return {.state = seen.closed       ? ServerSide::State::ended
                   : everything_read ? ServerSide::State::read
                                     : ServerSide::State::waiting,
          .accepted = seen.accepted,
          .arrived = true,
          .unread_bytes = seen.unread_bytes,
          .unsent_bytes = seen.unsent_bytes};
}

std::size_t SimWorld::unread_input(ConnectionId id) const {
  return net_.server_side(peer(id)).unsent_bytes;
}

bool SimWorld::hold() {
  held_ = true;
  return true;
}

std::optional<ProcessFacts> SimWorld::process_facts() const {
  if (!abilities_.process) return std::nullopt;
  return ProcessFacts{.descriptors = static_cast<std::uint32_t>(net_.descriptors())};
}

std::size_t SimWorld::sockets_in_close_wait() const {
  return static_cast<std::size_t>(std::ranges::count_if(peers_, [this](const Peer& p) {
    const irc::SimNet::ServerSide seen = net_.server_side(p.name);
    return p.fin_sent && seen.accepted && !seen.closed && !seen.fin_unread;
  }));
}

std::size_t SimWorld::accept_queue() const {
  return static_cast<std::size_t>(std::ranges::count_if(peers_, [this](const Peer& p) {
    const irc::SimNet::ServerSide seen = net_.server_side(p.name);
    return !seen.accepted && !seen.closed;
  }));
}

std::size_t SimWorld::open_connections() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(peers_, [](const Peer& p) { return !p.ended; }));
}

std::optional<std::string> SimWorld::death() const {
  if (!dead_) return std::nullopt;
  return "ended";
}

bool SimWorld::restart(std::optional<std::uint32_t> nofile) {
  constexpr int kAnyNumber = 1 << 20;
  if (!start_ || !abilities_.restart) return false;
  for (Peer& peer : peers_) {
    net_.peer_close(peer.name);
    peer.ended = true;
  }
  step_ = nullptr;  // Before the next one: two cannot listen at once.
  net_.limit_descriptors(nofile ? static_cast<int>(*nofile) : kAnyNumber);
  step_ = start_(net_);
  dead_ = held_ = false;
  return true;
}

}  // namespace conform
