#include "server/net/posix_net.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <memory>
#include <system_error>

#include "server/wire/check.h"

namespace irc {
namespace {

// A socket address of any family, as system calls want it.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t bytes = sizeof storage;
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

Address numeric(SocketAddress address) {
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> port{};
  const int error = ::getnameinfo(address.get(), address.bytes, host.data(), host.size(),
                                  port.data(), port.size(), NI_NUMERICHOST | NI_NUMERICSERV);
  if (error != 0) return Address{};
  // An IPv4 peer of a socket that takes IPv6 too is still known by its IPv4 address.
  constexpr std::string_view kMapped = "::ffff:";
  std::string name = host.data();
  if (name.starts_with(kMapped) && name.find('.') != std::string::npos) {
    name.erase(0, kMapped.size());
  }
  return Address{.host = name, .port = static_cast<std::uint16_t>(std::stoi(port.data()))};
}

bool is_transient(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

IoResult io_error() {
  if (is_transient(errno)) return IoResult{};
  return IoResult{.kind = IoResult::Kind::failed, .bytes = 0, .error = errno};
}

AcceptError accept_error() {
  if (is_transient(errno)) return AcceptError::would_block;
  switch (errno) {
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      return AcceptError::exhausted;
    default:
      // What remains is of the one connection (ECONNABORTED, EPROTO and, on Linux, whatever its
      // network said), unless the listener is none, which would be said again for ever.
      CHECK(errno != EBADF && errno != EINVAL && errno != ENOTSOCK && errno != EFAULT);
      return AcceptError::aborted;
  }
}

std::string to_string(const std::string& host, const std::string& port) {
  const bool ipv6 = host.find(':') != std::string::npos;
  return (ipv6 ? "[" + host + "]" : host) + ":" + port;
}

// The errno of the call that failed, or 0.
int bind_and_listen(const UniqueFd& fd, const addrinfo& address, int backlog) {
  const int on = 1;
  if (!fd) return errno;
  if (::setsockopt(fd.fd(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0) return errno;
  if (::bind(fd.fd(), address.ai_addr, address.ai_addrlen) != 0) return errno;
  if (::listen(fd.fd(), backlog) != 0) return errno;
  return 0;
}

using AddressList = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

AddressList resolve(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error =
      ::getaddrinfo(host.empty() ? nullptr : host.c_str(), port.c_str(), &hints, &found);
  if (error == EAI_SYSTEM) {
    throw std::system_error(errno, std::system_category(), "cannot resolve " + host);
  }
  if (error != 0) {
    throw std::system_error(std::make_error_code(std::errc::address_not_available),
                            "cannot resolve " + host + ": " + ::gai_strerror(error));
  }
  return AddressList(found, &::freeaddrinfo);
}

}  // namespace

PosixNet::Socket PosixNet::listen_on(const std::string& host, std::uint16_t port, int backlog) {
  const std::string port_text = std::to_string(port);
  const AddressList addresses = resolve(host, port_text);
  int error = EADDRNOTAVAIL;
  for (const addrinfo* address = addresses.get(); address; address = address->ai_next) {
    UniqueFd fd(::socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    error = bind_and_listen(fd, *address, backlog);
    if (error == 0) return Socket(std::move(fd));
  }
  throw std::system_error(error, std::system_category(),
                          "cannot listen on " + to_string(host, port_text));
}

Address PosixNet::local_address(const Socket& socket) {
  SocketAddress address;
  CHECK(::getsockname(socket.fd(), address.get(), &address.bytes) == 0);
  return numeric(address);
}

void PosixNet::poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) const {
  timespec timeout{};
  if (deadline) {
    const Duration left = std::max(*deadline - now(), Duration::zero());
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    timeout.tv_sec = seconds.count();
    timeout.tv_nsec = (left - seconds).count();
  }
  if (::ppoll(fds.data(), fds.size(), deadline ? &timeout : nullptr, nullptr) >= 0) return;
  CHECK(errno == EINTR || errno == ENOMEM);
  for (pollfd& entry : fds) entry.revents = 0;
}

AcceptResult<PosixNet::Socket> PosixNet::accept(Socket& listener) const {
  SocketAddress address;
  UniqueFd fd(
      ::accept4(listener.fd(), address.get(), &address.bytes, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!fd) return {.accepted = std::nullopt, .error = accept_error()};
  // Lines are written when they are due and as much at once as there is; waiting for the peer to
  // acknowledge the ones before only makes them late.
  const int on = 1;
  ::setsockopt(fd.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return {
      .accepted = Accepted<Socket>{.socket = Socket(std::move(fd)), .host = numeric(address).host},
      .error = AcceptError::none};
}

IoResult PosixNet::recv(Socket& socket, std::span<char> in) const {
  CHECK(!in.empty());
  const ssize_t count = ::recv(socket.fd(), in.data(), in.size(), 0);
  if (count < 0) return io_error();
  if (count == 0) return IoResult{.kind = IoResult::Kind::eof, .bytes = 0, .error = 0};
  return IoResult{
      .kind = IoResult::Kind::done, .bytes = static_cast<std::size_t>(count), .error = 0};
}

IoResult PosixNet::send(Socket& socket, std::string_view out) const {
  CHECK(!out.empty());
  const ssize_t count = ::send(socket.fd(), out.data(), out.size(), MSG_NOSIGNAL);
  if (count < 0) return io_error();
  return IoResult{
      .kind = IoResult::Kind::done, .bytes = static_cast<std::size_t>(count), .error = 0};
}

bool PosixNet::shutdown_write(Socket& socket) const {
  ::shutdown(socket.fd(), SHUT_WR);
  return true;  // The kernel keeps the order.
}

TimePoint PosixNet::now() const {
  return std::chrono::steady_clock::now();
}

}  // namespace irc
