// A client of a server that runs in another process: a blocking socket, which gives up after half a
// minute.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "server/net/unique_fd.h"

namespace irc {

inline UniqueFd connect_to(std::uint16_t port) {
  UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const timeval patience{.tv_sec = 30, .tv_usec = 0};
  ::setsockopt(fd.fd(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  return ::connect(fd.fd(), generic, sizeof address) == 0 ? std::move(fd) : UniqueFd();
}

inline bool say(const UniqueFd& client, std::string_view text) {
  const ssize_t sent = ::send(client.fd(), text.data(), text.size(), MSG_NOSIGNAL);
  return sent == static_cast<ssize_t>(text.size());
}

// What it reads until `text` has come; less at the end of the stream, or of patience.
inline std::string heard_until(const UniqueFd& client, std::string_view text) {
  std::string heard;
  std::string in(65536, '\0');
  while (heard.find(text) == std::string::npos) {
    const ssize_t count = ::recv(client.fd(), in.data(), in.size(), 0);
    if (count <= 0) break;
    heard.append(in, 0, static_cast<std::size_t>(count));
  }
  return heard;
}

inline bool hears(const UniqueFd& client, std::string_view text) {
  return heard_until(client, text).find(text) != std::string::npos;
}

// Whether the end of the stream comes next.
inline bool at_end(const UniqueFd& client) {
  char byte = 0;
  return ::recv(client.fd(), &byte, 1, 0) == 0;
}

}  // namespace irc
