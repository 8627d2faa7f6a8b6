// PosixNet: the network as the kernel has it, one of the two models of Network. The only place in
// the server that makes socket system calls. It has no state: all of it is in the sockets.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "server/net/network.h"
#include "server/net/unique_fd.h"

namespace irc {

struct Address {
  std::string host;  // Numeric.
  std::uint16_t port = 0;

  friend bool operator==(const Address&, const Address&) = default;
};

class PosixNet {
 public:
  // Non-blocking and closed on exec.
  class Socket {
   public:
    explicit Socket(UniqueFd fd) : fd_(std::move(fd)) {}
    int fd() const { return fd_.fd(); }

   private:
    UniqueFd fd_;
  };

  // Listens on the first address of `host` (IPv4, IPv6 or a name; empty: any) that can be bound.
  // Port 0 lets the kernel choose, see local_address. Throws std::system_error that names the
  // address.
  static Socket listen_on(const std::string& host, std::uint16_t port, int backlog);
  static Address local_address(const Socket& socket);

  // The concept Network.
  int fd(const Socket& socket) const { return socket.fd(); }
  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) const;
  AcceptResult<Socket> accept(Socket& listener) const;
  IoResult recv(Socket& socket, std::span<char> in) const;
  IoResult send(Socket& socket, std::string_view out) const;
  bool shutdown_write(Socket& socket) const;
  TimePoint now() const;
};

static_assert(Network<PosixNet>);

}  // namespace irc
