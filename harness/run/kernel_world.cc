#include "harness/run/kernel_world.h"

#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace conform {
namespace {

// Programs that only pass bytes on: what they have read says nothing of the server behind them.
constexpr std::array kForwarders = {"docker-proxy", "ssh",     "sshd",     "socat",
                                    "haproxy",      "stunnel", "stunnel4", "nginx"};

// A connection whose handshake is not through: the kernel's own state, in no header of libc.
constexpr int kNewSynReceived = 12;

bool is_forwarder(const std::string& name) {
  return std::ranges::find(kForwarders, name) != kForwarders.end();
}

// Our own address, or one that somebody else has.
bool is_ours(const Address& address) {
  Address any_port = address;
  if (address.family() == AF_INET6) {
    reinterpret_cast<sockaddr_in6&>(any_port.storage).sin6_port = 0;
  } else {
    reinterpret_cast<sockaddr_in&>(any_port.storage).sin_port = 0;
  }
  const irc::UniqueFd probe(::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  return probe && ::bind(probe.fd(), any_port.raw(), any_port.bytes) == 0;
}

void allow_many_descriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// On this machine a refusal is known at once; elsewhere it is the first thing that recv says.
int error_so_far(int fd) {
  pollfd entry{.fd = fd, .events = POLLOUT, .revents = 0};
  if (::poll(&entry, 1, 0) <= 0) return 0;
  int error = 0;
  socklen_t bytes = sizeof error;
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &bytes) == 0 ? error : errno;
}

IoResult failure(int error) {
  if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR || error == ENOTCONN) return {};
  return {.kind = IoResult::Kind::failed, .error = error};
}

timespec as_timespec(Duration duration) {
  constexpr std::int64_t kNanos = 1'000'000'000;
  const std::int64_t nanos = std::max<std::int64_t>(duration.count(), 0);
  return {.tv_sec = nanos / kNanos, .tv_nsec = nanos % kNanos};
}

TimePoint clock_now() {
  return std::chrono::steady_clock::now();
}

// A terminal that is closed interrupts a run as a key does, but not under nohup.
irc::SignalFd interruptions() {
  struct sigaction on_hangup {};
  sigaction(SIGHUP, nullptr, &on_hangup);
  if (on_hangup.sa_handler == SIG_IGN) return {SIGINT, SIGTERM};
  return {SIGINT, SIGTERM, SIGHUP};
}

}  // namespace

KernelWorld::KernelWorld(TargetPlan plan) : plan_(std::move(plan)), signals_(interruptions()) {
  signal(SIGPIPE, SIG_IGN);  // A guardian that was killed must not take us with it.
  allow_many_descriptors();
  try {
    diag_.emplace();
  } catch (const std::system_error&) {
    // Without it boundaries cannot be proved, and the report says so.
    if (plan_.spawn) throw;
  }
  if (plan_.spawn) {
    spawned_.emplace(*plan_.spawn, *diag_, signals_.fd());
    address_ = spawned_->address();
  } else {
    address_ = *plan_.address;
  }
  if (plan_.pid && !conform::process_facts(*plan_.pid)) {
    throw std::runtime_error("--pid: there is no process " + std::to_string(*plan_.pid) +
                             " that may be looked at");
  }
  find_process();
}

KernelWorld::~KernelWorld() {
  if (held_since_) release();
}

// Who listens there, if that is a process of this machine that serves clients itself.
void KernelWorld::find_process() {
  pid_ = spawned_ ? std::optional(spawned_->pid()) : plan_.pid;
  kernel_knows_ = false;
  if (!diag_ || !is_ours(address_)) return;
  const std::vector<SocketInfo> listeners =
      diag_->with_local_port(address_.port(), 1U << TCP_LISTEN);
  if (listeners.empty()) return;
  const std::uint32_t inode = listeners.front().inode;
  // A command that is a wrapper is not the server: it is who listens that is looked at and stopped.
  const std::optional<pid_t> owner =
      pid_ && holds_socket(*pid_, inode) ? pid_ : socket_owner(inode);
  if (plan_.pid && owner != plan_.pid) {
    throw std::runtime_error("--pid: process " + std::to_string(*plan_.pid) +
                             " does not listen on " + address_.text() +
                             (owner ? "; process " + std::to_string(*owner) + " does" : ""));
  }
  if (owner) pid_ = owner;
  backlog_ = listeners.front().send_queue;
  // Whose owner may not be seen may be a forwarder.
  kernel_knows_ = owner && !is_forwarder(process_name(*owner));
  process_known_ = pid_ && conform::process_facts(*pid_).has_value();
  if (kernel_knows_ && pid_ && !spawned_ && plan_.pid) {
    guardian_.emplace(Guardian::Duty::continue_process, *pid_, "");
  }
}

Abilities KernelWorld::abilities() const {
  return {.kernel = kernel_knows_,
          .process = process_known_,
          .hold = kernel_knows_ && (spawned_.has_value() || guardian_.has_value()),
          .restart = spawned_.has_value()};
}

bool KernelWorld::open_socket(Connection& connection, const ConnectOptions& options) {
  const int family = address_.family();
  connection.fd = irc::UniqueFd(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!connection.fd) return false;
  const int fd = connection.fd.fd();
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (options.rcvbuf_bytes) {
    const int bytes = static_cast<int>(*options.rcvbuf_bytes);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  }
  if (address_.is_loopback_v4()) {
    const Address source = loopback_source(options.source);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (::bind(fd, source.raw(), source.bytes) != 0) return false;
  }
  if (::connect(fd, address_.raw(), address_.bytes) != 0 && errno != EINPROGRESS) return false;
  if (const int error = error_so_far(fd); error != 0) {
    errno = error;
    return false;
  }
  connection.local.bytes = sizeof connection.local.storage;
  return getsockname(fd, connection.local.raw(), &connection.local.bytes) == 0;
}

std::optional<ConnectionId> KernelWorld::connect(ConnectOptions options) {
  Connection connection;
  if (!open_socket(connection, options)) {
    why_not_ = std::generic_category().message(errno);
    return std::nullopt;
  }
  connections_.push_back(std::move(connection));
  const auto id = static_cast<ConnectionId>(connections_.size() - 1);
  server_side(id);  // Learns the cookie while the server cannot have closed it yet.
  if (kernel_knows_) unaccepted_.push_back(id);
  return id;
}

bool KernelWorld::may_connect() {
  // A target that accepts nobody for so long is not waited for: it may have no descriptor left.
  constexpr auto kPatience = std::chrono::seconds(1);
  if (!kernel_knows_ || backlog_ == 0) return true;
  const std::size_t accepted = std::erase_if(unaccepted_, [this](ConnectionId id) {
    const ServerSide side = server_side(id);
    return side.accepted || side.state == ServerSide::State::ended;
  });
  if (accepted > 0 || unaccepted_.empty() || !accepted_last_) accepted_last_ = clock_now();
  return unaccepted_.size() < backlog_ || clock_now() - *accepted_last_ > kPatience;
}

IoResult KernelWorld::send_with(Connection& connection, std::string_view bytes, int flags) {
  const ssize_t sent = ::send(connection.fd.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL | flags);
  if (sent < 0) return failure(errno);
  connection.sent_bytes += static_cast<std::uint64_t>(sent);
  return {.kind = IoResult::Kind::done, .bytes = static_cast<std::size_t>(sent)};
}

IoResult KernelWorld::send(ConnectionId id, std::string_view bytes, bool more) {
  return send_with(at(id), bytes, more ? MSG_MORE : 0);
}

IoResult KernelWorld::send_urgent(ConnectionId id, std::string_view bytes) {
  return send_with(at(id), bytes, MSG_OOB);
}

IoResult KernelWorld::recv(ConnectionId id, std::span<char> in) {
  Connection& connection = at(id);
  const ssize_t received = ::recv(connection.fd.fd(), in.data(), in.size(), 0);
  IoResult result{.kind = IoResult::Kind::eof};
  if (received < 0) result = failure(errno);
  if (received > 0) {
    result = {.kind = IoResult::Kind::done, .bytes = static_cast<std::size_t>(received)};
  }
  connection.ended |= result.kind == IoResult::Kind::eof || result.kind == IoResult::Kind::failed;
  return result;
}

void KernelWorld::fin(ConnectionId id) {
  Connection& connection = at(id);
  if (::shutdown(connection.fd.fd(), SHUT_WR) == 0) ++connection.sent_bytes;
}

void KernelWorld::rst(ConnectionId id) {
  Connection& connection = at(id);
  const linger abort{.l_onoff = 1, .l_linger = 0};
  setsockopt(connection.fd.fd(), SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
  connection.fd = irc::UniqueFd();
}

void KernelWorld::close(ConnectionId id) {
  Connection& connection = at(id);
  connection.fd = irc::UniqueFd();
}

TimePoint KernelWorld::now() const {
  return (held_since_ ? *held_since_ : clock_now()) - held_;
}

void KernelWorld::poll(std::span<Watch> watches, std::optional<TimePoint> deadline) {
  fds_.clear();
  fds_.push_back({.fd = signals_.fd(), .events = POLLIN, .revents = 0});
  fds_.push_back({.fd = spawned_ ? spawned_->output_fd() : -1, .events = POLLIN, .revents = 0});
  const bool dead = spawned_ && spawned_->death();
  fds_.push_back(
      {.fd = spawned_ && !dead ? spawned_->end_fd() : -1, .events = POLLIN, .revents = 0});
  const std::size_t first = fds_.size();
  for (const Watch& watch : watches) {
    const auto events =
        static_cast<short>((watch.paused ? 0 : POLLIN) | (watch.want_write ? POLLOUT : 0));
    // Not asked about at all when nothing is wanted: the kernel always reports an end.
    const int fd = events == 0 ? -1 : at(watch.connection).fd.fd();
    fds_.push_back({.fd = fd, .events = events, .revents = 0});
  }
  timespec timeout{};
  if (deadline) timeout = as_timespec(*deadline - now());
  if (::ppoll(fds_.data(), fds_.size(), deadline ? &timeout : nullptr, nullptr) < 0) return;

  if (fds_[0].revents != 0) interrupted_ |= signals_.take().has_value();
  if (fds_[1].revents != 0) spawned_->drain();
  for (std::size_t i = 0; i < watches.size(); ++i) {
    watches[i].ready = fds_[first + i].revents != 0;
  }
}

// A look from our own side: whether everything has left this machine for the target's.
ServerSide KernelWorld::remote_side(const Connection& connection) const {
  int unacknowledged = 0;
  if (!connection.fd || ioctl(connection.fd.fd(), SIOCOUTQ, &unacknowledged) != 0) {
    return {.state = ServerSide::State::ended};
  }
  return {.state = ServerSide::State::unknown, .arrived = unacknowledged == 0};
}

ServerSide KernelWorld::server_side(ConnectionId id) {
  Connection& connection = at(id);
  if (!kernel_knows_) return remote_side(connection);
  std::optional<SocketInfo> info = diag_->find(address_, connection.local);
  // The kernel looks at the queue first, and then, once the server lets go of the socket, counts
  // what has come: an empty queue tells nothing of bytes that came in between.
  if (info && info->bytes_received > connection.arrived_bytes) {
    connection.arrived_bytes = info->bytes_received;
    info = diag_->find(address_, connection.local);
  }
  // Without the very socket the kernel answers with the listener, or with a later one.
  const bool there = info && info->state != TCP_LISTEN && info->state != TCP_SYN_RECV &&
                     info->state != kNewSynReceived;
  if (there && connection.cookie == 0) connection.cookie = info->cookie;
  if (!there || info->cookie != connection.cookie) {
    // Never seen: the server's kernel has not completed the handshake yet (a full backlog).
    const bool not_yet = connection.cookie == 0 && connection.fd;
    return {.state = not_yet ? ServerSide::State::waiting : ServerSide::State::ended};
  }
  ServerSide side;
  side.accepted = info->inode != 0;
  side.unread_bytes = info->receive_queue;
  side.unsent_bytes = info->send_queue;
  side.arrived = info->has_counts && info->bytes_received >= connection.sent_bytes;
  const bool open = info->state == TCP_ESTABLISHED || info->state == TCP_CLOSE_WAIT ||
                    (side.accepted && info->has_counts);
  if (!open) {
    side.state = ServerSide::State::ended;
  } else if (side.arrived && side.accepted && info->receive_queue == 0) {
    side.state = ServerSide::State::read;
  } else {
    side.state = ServerSide::State::waiting;
  }
  return side;
}

std::size_t KernelWorld::unread_input(ConnectionId id) const {
  int bytes = 0;
  if (ioctl(at(id).fd.fd(), FIONREAD, &bytes) != 0) return 0;
  return static_cast<std::size_t>(bytes);
}

bool KernelWorld::hold() {
  constexpr auto kLimit = std::chrono::seconds(5);
  const TimePoint since = now();
  if (!pid_ || !stop_process(*pid_, kLimit)) return false;
  held_since_ = since + held_;
  return true;
}

void KernelWorld::release() {
  continue_process(*pid_);
  held_ += clock_now() - *held_since_;
  held_since_.reset();
}

std::optional<ProcessFacts> KernelWorld::process_facts() const {
  if (!pid_) return std::nullopt;
  return conform::process_facts(*pid_);
}

std::size_t KernelWorld::sockets_in_close_wait() {
  return diag_ ? diag_->with_local_port(address_.port(), 1U << TCP_CLOSE_WAIT).size() : 0;
}

std::size_t KernelWorld::accept_queue() {
  std::size_t waiting = 0;
  if (!diag_) return waiting;
  for (const SocketInfo& listener : diag_->with_local_port(address_.port(), 1U << TCP_LISTEN)) {
    waiting += listener.receive_queue;
  }
  return waiting;
}

std::size_t KernelWorld::open_connections() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      connections_,
      [](const Connection& connection) { return connection.fd && !connection.ended; }));
}

std::optional<std::string> KernelWorld::death() {
  if (spawned_) return spawned_->death();
  if (pid_ && ::kill(*pid_, 0) != 0 && errno == ESRCH) return "is no more";
  return std::nullopt;
}

std::string KernelWorld::stderr_tail() {
  return spawned_ ? spawned_->tail() : "";
}

bool KernelWorld::restart(std::optional<std::uint32_t> nofile) {
  if (!plan_.spawn) return false;
  for (Connection& connection : connections_) connection.fd = irc::UniqueFd();
  unaccepted_.clear();
  SpawnPlan plan = *plan_.spawn;
  plan.nofile = nofile;
  spawned_.reset();
  pid_.reset();
  try {
    spawned_.emplace(plan, *diag_, signals_.fd());
  } catch (const Interrupted& interruption) {
    interrupted_ = true;
    why_not_ = interruption.what();
    return false;
  } catch (const std::exception& error) {
    why_not_ = error.what();
    return false;
  }
  address_ = spawned_->address();
  find_process();
  return true;
}

}  // namespace conform
