// The two worlds that the contract of Network is tested in. Each has a network with a listener, and
// peers whose ends a test plays with the same words in both:
//
//     Peer connect(); peer_send, peer_recv, peer_shutdown_write, peer_close, peer_reset
//     wait_readable(peer): until its recv has something to say; false if that takes too long
//     allow_descriptors(count): the server may open that many more, until the world ends
//     patience(): how long the server's poll is repeated before an event is given up
#pragma once

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cerrno>
#include <string_view>
#include <vector>

#include "server/net/network.h"
#include "server/net/posix_net.h"
#include "server/net/sim_net.h"
#include "server/wire/check.h"

namespace irc {

class OnPosix {
 public:
  using Net = PosixNet;
  using Peer = UniqueFd;

  OnPosix() { CHECK(::getrlimit(RLIMIT_NOFILE, &descriptors_before_) == 0); }
  OnPosix(const OnPosix&) = delete;
  OnPosix& operator=(const OnPosix&) = delete;
  ~OnPosix() { ::setrlimit(RLIMIT_NOFILE, &descriptors_before_); }

  Net net;
  Net::Socket listener = net.listen_on("127.0.0.1", 0, 16);

  Peer connect() {
    UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(net.local_address(listener).port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(::connect(fd.fd(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    return fd;
  }
  IoResult peer_send(Peer& peer, std::string_view out) {
    return result(::send(peer.fd(), out.data(), out.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
  }
  IoResult peer_recv(Peer& peer, std::span<char> in) {
    return result(::recv(peer.fd(), in.data(), in.size(), MSG_DONTWAIT));
  }
  void peer_shutdown_write(Peer& peer) { ::shutdown(peer.fd(), SHUT_WR); }
  void peer_close(Peer& peer) { peer = UniqueFd(); }
  void peer_reset(Peer& peer) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(peer.fd(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    peer_close(peer);
  }
  bool wait_readable(Peer& peer) {
    pollfd entry{.fd = peer.fd(), .events = POLLIN, .revents = 0};
    return ::poll(&entry, 1, 10'000) == 1;
  }
  void allow_descriptors(int count) {
    std::vector<UniqueFd> allowed;
    int beyond = 0;
    for (int i = 0; i <= count; ++i) {
      allowed.emplace_back(::fcntl(net.fd(listener), F_DUPFD_CLOEXEC, 0));
      beyond = allowed.back().fd();
    }
    rlimit limit = descriptors_before_;
    limit.rlim_cur = static_cast<rlim_t>(beyond);
    CHECK(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
  }
  Duration patience() const { return std::chrono::seconds(10); }

 private:
  static IoResult result(ssize_t count) {
    using Kind = IoResult::Kind;
    if (count > 0)
      return {.kind = Kind::done, .bytes = static_cast<std::size_t>(count), .error = 0};
    if (count == 0) return {.kind = Kind::eof, .bytes = 0, .error = 0};
    if (errno == EAGAIN || errno == EINTR) return {};
    return {.kind = Kind::failed, .bytes = 0, .error = errno};
  }

  rlimit descriptors_before_{};
};

class OnSim {
 public:
  using Net = SimNet;
  using Peer = SimPeer;

  Net net{1};
  Net::Socket listener = net.listen();

  Peer connect() { return net.connect("127.0.0.1").value(); }
  IoResult peer_send(Peer& peer, std::string_view out) { return net.peer_send(peer, out); }
  IoResult peer_recv(Peer& peer, std::span<char> in) { return net.peer_recv(peer, in); }
  void peer_shutdown_write(Peer& peer) { net.peer_shutdown_write(peer); }
  void peer_close(Peer& peer) { net.peer_close(peer); }
  void peer_reset(Peer& peer) { net.peer_reset(peer); }
  bool wait_readable(Peer& peer) { return net.peer_readable(peer); }
  void allow_descriptors(int count) { net.limit_descriptors(net.descriptors() + count); }
  Duration patience() const { return Duration::zero(); }
};

}  // namespace irc
