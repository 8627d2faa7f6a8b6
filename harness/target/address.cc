#include "harness/target/address.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <cstring>
#include <memory>
#include <stdexcept>

namespace conform {
namespace {

const sockaddr_in& v4(const Address& address) {
  return reinterpret_cast<const sockaddr_in&>(address.storage);
}

const sockaddr_in6& v6(const Address& address) {
  return reinterpret_cast<const sockaddr_in6&>(address.storage);
}

}  // namespace

std::uint16_t Address::port() const {
  return ntohs(family() == AF_INET6 ? v6(*this).sin6_port : v4(*this).sin_port);
}

bool Address::is_loopback_v4() const {
  constexpr std::uint32_t kLoopbackNet = 127;
  return family() == AF_INET && ntohl(v4(*this).sin_addr.s_addr) >> 24 == kLoopbackNet;
}

std::string Address::text() const {
  char host[INET6_ADDRSTRLEN] = "";
  const std::string port_text = std::to_string(port());
  if (family() == AF_INET6) {
    inet_ntop(AF_INET6, &v6(*this).sin6_addr, host, sizeof host);
    return "[" + std::string(host) + "]:" + port_text;
  }
  inet_ntop(AF_INET, &v4(*this).sin_addr, host, sizeof host);
  return std::string(host) + ":" + port_text;
}

Address loopback_source(std::uint32_t n) {
  // All of 127.0.0.0/8 is this machine (RFC 1122 3.2.1.3). Behind 127.0.0.1 only numbers of three
  // digits are used: how much of a long line is relayed depends on the length of its source.
  constexpr std::uint32_t kFirst = 0x7f000001, kNet = 127, kLeast = 100, kNumbers = 156;
  std::uint32_t address_bits = kNet;
  for (const std::uint32_t weight : {kNumbers * kNumbers, kNumbers, 1U}) {
    address_bits = address_bits << 8 | (kLeast + n / weight % kNumbers);
  }
  Address address;
  sockaddr_in in{};
  in.sin_family = AF_INET;
  in.sin_addr.s_addr = htonl(n == 0 ? kFirst : address_bits);
  std::memcpy(&address.storage, &in, sizeof in);
  address.bytes = sizeof in;
  return address;
}

Address resolve(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (error != 0) {
    throw std::runtime_error("'" + host + "' cannot be looked up: " + gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  Address address;
  std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
  address.bytes = found->ai_addrlen;
  return address;
}

}  // namespace conform
