#include "server/net/sim_net.h"

#include <algorithm>
#include <cstdint>

#include "server/wire/check.h"

namespace irc {
namespace {

constexpr std::size_t index_of(SimPeer peer) {
  return static_cast<std::size_t>(peer);
}

}  // namespace

SimNet::SimNet(std::uint64_t seed, SimFaults faults, SimLimits limits)
    : random_(seed), faults_(faults), limits_(limits) {}

SimNet::Socket SimNet::listen() {
  CHECK(listener_ == kNone);
  listener_ = open_descriptor();
  return Socket(this, listener_);
}

void SimNet::poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
  const bool interrupted = happens(faults_.interrupted);
  bool found = false;
  for (pollfd& entry : fds) {
    // As poll(2): these are reported whether or not they were asked for.
    const int wanted = entry.events | POLLERR | POLLHUP | POLLNVAL;
    int revents = interrupted || entry.fd < 0 ? 0 : events(entry.fd) & wanted;
    const bool could_be_spurious =
        !interrupted && entry.fd >= 0 && revents == 0 && (entry.events & POLLIN) != 0;
    if (could_be_spurious && happens(faults_.spurious)) revents = POLLIN;
    entry.revents = static_cast<short>(revents);
    found = found || revents != 0;
  }
  const bool due = deadline && *deadline <= now_;
  idle_ = !found && !interrupted && !due;
  wake_at_ = idle_ ? deadline : std::nullopt;
}

AcceptResult<SimNet::Socket> SimNet::accept(Socket& listener) {
  CHECK(listener.fd_ == listener_);
  const auto nothing = [](AcceptError error) {
    return AcceptResult<Socket>{.accepted = std::nullopt, .error = error};
  };
  // Linux takes the descriptor first, and so says this even when nobody waits.
  if (descriptors() >= limits_.descriptors_max) return nothing(AcceptError::exhausted);
  if (backlog_.empty() || happens(faults_.would_block)) return nothing(AcceptError::would_block);

  const SimPeer peer = backlog_.front();
  backlog_.pop_front();
  if (happens(faults_.aborted)) {
    connection(peer).close_with_reset(Side::server);
    return nothing(AcceptError::aborted);
  }
  Entry& entry = entries_[index_of(peer)];
  entry.accepted = true;
  const int fd = open_descriptor();
  sockets_.emplace(fd, peer);
  return {.accepted = Accepted<Socket>{.socket = Socket(this, fd), .host = entry.host},
          .error = AcceptError::none};
}

IoResult SimNet::recv(Socket& socket, std::span<char> in) {
  SimConnection& connection = this->connection(socket);
  if (happens(faults_.would_block)) return IoResult{};
  if (happens(faults_.reset)) connection.reset();
  const std::size_t available = std::min(in.size(), connection.unread_bytes(Side::server));
  if (available > 1 && happens(faults_.short_read)) in = in.first(at_random_below(available));
  return connection.recv(Side::server, in);
}

IoResult SimNet::send(Socket& socket, std::string_view out) {
  SimConnection& connection = this->connection(socket);
  if (happens(faults_.would_block)) return IoResult{};
  if (happens(faults_.reset)) connection.reset();
  const std::size_t fitting = std::min(out.size(), connection.room_bytes(Side::server));
  if (fitting > 1 && happens(faults_.short_write)) out = out.substr(0, at_random_below(fitting));
  return connection.send(Side::server, out);
}

bool SimNet::shutdown_write(Socket& socket) {
  connection(socket).shutdown_write(Side::server);
  return true;
}

std::optional<SimPeer> SimNet::connect(std::string host) {
  const auto waiting = static_cast<int>(backlog_.size());
  if (listener_ == kNone || waiting >= limits_.backlog_max) return std::nullopt;
  const SimPeer peer{entries_.size()};
  entries_.push_back(Entry{.connection = SimConnection(limits_.socket_buffer_bytes),
                           .host = std::move(host),
                           .accepted = false});
  backlog_.push_back(peer);
  return peer;
}

IoResult SimNet::peer_send(SimPeer peer, std::string_view out) {
  return connection(peer).send(Side::peer, out);
}

IoResult SimNet::peer_recv(SimPeer peer, std::span<char> in) {
  return connection(peer).recv(Side::peer, in);
}

void SimNet::peer_shutdown_write(SimPeer peer) {
  connection(peer).shutdown_write(Side::peer);
}
void SimNet::peer_reset(SimPeer peer) {
  connection(peer).close_with_reset(Side::peer);
}
void SimNet::peer_close(SimPeer peer) {
  connection(peer).close(Side::peer);
}

bool SimNet::peer_readable(SimPeer peer) const {
  return !connection(peer).closed(Side::peer) && connection(peer).events(Side::peer) & POLLIN;
}

bool SimNet::peer_writable(SimPeer peer) const {
  return !connection(peer).closed(Side::peer) && connection(peer).events(Side::peer) & POLLOUT;
}

void SimNet::peer_receive_buffer(SimPeer peer, std::size_t bytes) {
  connection(peer).bound_unread(Side::peer, bytes);
}

SimNet::ServerSide SimNet::server_side(SimPeer peer) const {
  const SimConnection& seen = connection(peer);
  return ServerSide{.accepted = entries_[index_of(peer)].accepted,
                    .closed = seen.closed(Side::server),
                    .fin_unread = seen.fin_unread(Side::server),
                    .unread_bytes = seen.unread_bytes(Side::server),
                    .unsent_bytes = seen.unread_bytes(Side::peer)};
}

void SimNet::advance_to(TimePoint time) {
  CHECK(time >= now_);
  now_ = time;
}

int SimNet::descriptors() const {
  return static_cast<int>(sockets_.size()) + (listener_ == kNone ? 0 : 1);
}

SimConnection& SimNet::connection(SimPeer peer) {
  CHECK(index_of(peer) < entries_.size());
  return entries_[index_of(peer)].connection;
}

const SimConnection& SimNet::connection(SimPeer peer) const {
  CHECK(index_of(peer) < entries_.size());
  return entries_[index_of(peer)].connection;
}

SimConnection& SimNet::connection(const Socket& socket) {
  const auto found = sockets_.find(socket.fd_);
  CHECK(found != sockets_.end());
  return connection(found->second);
}

short SimNet::events(int fd) const {
  if (fd == listener_) return backlog_.empty() ? short{0} : short{POLLIN};
  const auto found = sockets_.find(fd);
  if (found == sockets_.end()) return POLLNVAL;
  return connection(found->second).events(Side::server);
}

int SimNet::open_descriptor() {
  if (free_descriptors_.empty()) return next_descriptor_++;
  return free_descriptors_.extract(free_descriptors_.begin()).value();
}

void SimNet::close(int fd) {
  free_descriptors_.insert(fd);
  if (fd == listener_) {
    listener_ = kNone;
    for (const SimPeer peer : std::exchange(backlog_, {})) {
      connection(peer).close_with_reset(Side::server);
    }
  } else {
    const SimPeer peer = sockets_.extract(fd).mapped();
    connection(peer).close(Side::server);
  }
}

// Own arithmetic: what the distributions of the standard library draw differs between libraries.
bool SimNet::happens(double probability) {
  if (probability <= 0) return false;
  return static_cast<double>(random_() >> 11) * 0x1p-53 < probability;
}

// From 1 to `bytes` - 1. Requires: bytes > 1.
std::size_t SimNet::at_random_below(std::size_t bytes) {
  return 1 + random_() % (bytes - 1);
}

}  // namespace irc
