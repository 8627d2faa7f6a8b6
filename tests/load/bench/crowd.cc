#include "tests/load/bench/crowd.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <span>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace irc::bench {
namespace {

constexpr Duration kPatience = std::chrono::seconds(30);
// So few connect at a time that every server's queue of connections to be accepted has room.
constexpr std::size_t kComingAtOnce = 8;
// A server that greets once a second has so many wait for it, the others none: who comes next gives
// them this time.
constexpr std::size_t kWaitingAtMost = 200;
constexpr Duration kTimeToGreet = std::chrono::milliseconds(20);

void switch_on(int fd, int option) {
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, option, &on, sizeof on);
}

UniqueFd connected_to(std::uint16_t port) {
  UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  if (!fd || ::connect(fd.fd(), generic, sizeof address) != 0) {
    throw std::system_error(errno, std::system_category(), "cannot connect");
  }
  switch_on(fd.fd(), TCP_NODELAY);
  ::fcntl(fd.fd(), F_SETFL, O_NONBLOCK);
  return fd;
}

}  // namespace

bool is(std::string_view line, std::string_view command) {
  line.remove_prefix(std::min(line.find(' ') + 1, line.size()));
  return line.substr(0, line.find(' ')) == command;
}

void Crowd::add(std::size_t count, const std::string& name) {
  const std::size_t active = std::exchange(active_, size());
  std::size_t waiting = 0;
  const auto note_greeted = [&waiting](std::size_t, std::string_view line) {
    if (is(line, "376") || is(line, "422")) --waiting;
  };
  const auto pump_until_waiting_are = [&](std::size_t most) {
    pump_until(note_greeted, [&] { return waiting <= most; });
  };
  for (std::size_t added = 0; added < count;) {
    if (waiting == 0) active_ = size();
    const std::size_t batch = std::min(kComingAtOnce, count - added);
    for (std::size_t i = 0; i < batch; ++i) connect(name + std::to_string(added + i));
    added += batch;
    waiting += batch;
    const TimePoint soon = now() + kTimeToGreet;
    while (waiting > 0 && now() < soon) pump(note_greeted, soon);
    pump_until_waiting_are(kWaitingAtMost);
  }
  pump_until_waiting_are(0);
  active_ = active;
}

void Crowd::connect(const std::string& nick) {
  peers_.push_back(Peer{PosixNet::Socket(connected_to(port_)), nick, {}, {}});
  fds_.push_back(pollfd{.fd = net_.fd(peers_.back().socket), .events = POLLIN, .revents = 0});
  send(size() - 1, "NICK " + nick + "\r\nUSER bench 0 * :bench\r\n");
}

void Crowd::send(std::size_t client, std::string_view text) {
  Peer& peer = peers_[client];
  peer.out += text;
  flush(peer);
}

void Crowd::set_reading(std::size_t client, bool reading) {
  peers_[client].reading = reading;
}

void Crowd::pump(const Heard& heard, std::optional<TimePoint> deadline) {
  for (std::size_t i = active_; i < size(); ++i) {
    const Peer& peer = peers_[i];
    fds_[i].fd = peer.ended ? -1 : net_.fd(peer.socket);
    fds_[i].events =
        static_cast<short>((peer.reading ? POLLIN : 0) | (peer.out.empty() ? 0 : POLLOUT));
  }
  net_.poll(std::span(fds_).subspan(active_), deadline);
  for (std::size_t i = active_; i < size(); ++i) {
    const short revents = fds_[i].revents;
    if ((revents & POLLOUT) != 0) flush(peers_[i]);
    if (peers_[i].reading && (revents & ~POLLOUT) != 0) receive(i, heard);
    if (!peers_[i].reading && (revents & (POLLHUP | POLLERR)) != 0) peers_[i].ended = true;
  }
}

void Crowd::pump_until(const Heard& heard, const std::function<bool()>& done) {
  TimePoint last = now();
  const auto noted = [&](std::size_t client, std::string_view line) {
    last = now();
    heard(client, line);
  };
  while (!done()) {
    pump(noted, last + kPatience);
    if (std::ranges::any_of(std::span(peers_).subspan(active_), &Peer::ended)) {
      throw std::runtime_error("the server has closed a connection");
    }
    if (now() >= last + kPatience) throw std::runtime_error("the server says nothing any more");
  }
}

void Crowd::receive(std::size_t client, const Heard& heard) {
  std::array<char, 65536> bytes;
  const IoResult result = net_.recv(peers_[client].socket, bytes);
  if (result.kind == IoResult::Kind::would_block) return;
  if (result.kind != IoResult::Kind::done) {
    peers_[client].ended = true;
    return;
  }
  if (acknowledges_at_once_) switch_on(net_.fd(peers_[client].socket), TCP_QUICKACK);
  take_lines(client, std::string_view(bytes.data(), result.bytes), heard);
}

void Crowd::take_lines(std::size_t client, std::string_view bytes, const Heard& heard) {
  std::string& begun = peers_[client].in;
  for (std::size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
    if (!begun.empty()) line = begun.append(line);
    if (line.ends_with('\r')) line.remove_suffix(1);
    take_line(client, line, heard);
    begun.clear();
  }
  begun += bytes;
}

void Crowd::take_line(std::size_t client, std::string_view line, const Heard& heard) {
  if (line.starts_with("PING ")) {
    send(client, "PONG " + std::string(line.substr(5)) + "\r\n");
  } else if (line.starts_with("ERROR ")) {
    throw std::runtime_error(nick(client) + " was told: " + std::string(line));
  } else {
    heard(client, line);
  }
}

void Crowd::flush(Peer& peer) {
  if (peer.out.empty() || peer.ended) return;
  const IoResult result = net_.send(peer.socket, peer.out);
  if (result.kind == IoResult::Kind::failed) peer.ended = true;
  if (result.kind == IoResult::Kind::done) peer.out.erase(0, result.bytes);
}

}  // namespace irc::bench
