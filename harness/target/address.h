// Addresses of TCP sockets, and where a target is.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <vector>

namespace conform {

struct Address {
  sockaddr_storage storage{};
  socklen_t bytes = 0;

  int family() const { return storage.ss_family; }
  std::uint16_t port() const;
  bool is_loopback_v4() const;  // 127.0.0.0/8
  const sockaddr* raw() const { return reinterpret_cast<const sockaddr*>(&storage); }
  sockaddr* raw() { return reinterpret_cast<sockaddr*>(&storage); }
  std::string text() const;  // "127.0.0.1:6667", "[::1]:6667"
};

// Address number `n` of 127.0.0.0/8 for our end of a connection, any port; 0 is 127.0.0.1.
Address loopback_source(std::uint32_t n);

// The address of HOST:PORT, looked up if it is a name. Throws std::system_error or
// std::runtime_error with a sentence that names it.
Address resolve(const std::string& host, std::uint16_t port);

}  // namespace conform
