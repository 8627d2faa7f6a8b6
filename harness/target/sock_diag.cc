#include "harness/target/sock_diag.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <system_error>

namespace conform {
namespace {

struct Request {
  nlmsghdr header{};
  inet_diag_req_v2 body{};
};

// The part of the kernel's tcp_info that is read: it has grown over the years, older kernels send
// less of it, and libc's own copy ends before these members.
constexpr std::size_t kBytesReceivedOffset = 128;

Request request_for(int family, std::uint32_t states) {
  Request request;
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  request.header.nlmsg_flags = NLM_F_REQUEST;
  request.body.sdiag_family = static_cast<std::uint8_t>(family);
  request.body.sdiag_protocol = IPPROTO_TCP;
  request.body.idiag_states = states;
  request.body.idiag_ext = 1U << (INET_DIAG_INFO - 1);
  request.body.id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
  request.body.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  return request;
}

void put_address(const Address& address, __be32 (&bytes)[4], __be16& port) {
  if (address.family() == AF_INET6) {
    const auto& in6 = reinterpret_cast<const sockaddr_in6&>(address.storage);
    std::memcpy(bytes, &in6.sin6_addr, sizeof in6.sin6_addr);
  } else {
    const auto& in = reinterpret_cast<const sockaddr_in&>(address.storage);
    std::memcpy(bytes, &in.sin_addr, sizeof in.sin_addr);
  }
  port = htons(address.port());
}

// Where the kernel's tcp_info stands among the attributes behind the message; empty if nowhere.
std::string_view tcp_info_of(std::string_view attributes) {
  while (attributes.size() >= sizeof(rtattr)) {
    rtattr attribute{};
    std::memcpy(&attribute, attributes.data(), sizeof attribute);
    if (attribute.rta_len < sizeof attribute || attribute.rta_len > attributes.size()) return {};
    if (attribute.rta_type == INET_DIAG_INFO) {
      return attributes.substr(sizeof attribute, attribute.rta_len - sizeof attribute);
    }
    constexpr std::size_t kAlign = 4;
    const std::size_t step = (attribute.rta_len + kAlign - 1) / kAlign * kAlign;
    attributes.remove_prefix(std::min(step, attributes.size()));
  }
  return {};
}

// `body` is a message of the answer, behind its header.
SocketInfo info_of(std::string_view body) {
  inet_diag_msg message{};
  std::memcpy(&message, body.data(), std::min(body.size(), sizeof message));
  SocketInfo info;
  info.state = message.idiag_state;
  info.cookie = std::uint64_t{message.id.idiag_cookie[1]} << 32 | message.id.idiag_cookie[0];
  info.inode = message.idiag_inode;
  info.receive_queue = message.idiag_rqueue;
  info.send_queue = message.idiag_wqueue;
  const std::string_view tcp = tcp_info_of(body.substr(std::min(body.size(), sizeof message)));
  info.has_counts = tcp.size() >= kBytesReceivedOffset + sizeof info.bytes_received;
  if (info.has_counts) {
    std::memcpy(&info.bytes_received, tcp.data() + kBytesReceivedOffset,
                sizeof info.bytes_received);
  }
  return info;
}

// Sends one request and calls `on_socket` for each socket of the answer. Answers to an earlier
// request that was given up are passed over by their sequence number.
template <class OnSocket>
void ask(int netlink, Request request, std::uint32_t sequence, OnSocket on_socket) {
  request.header.nlmsg_seq = sequence;
  const bool dump = (request.header.nlmsg_flags & NLM_F_DUMP) != 0;
  if (send(netlink, &request, sizeof request, 0) < 0) return;
  std::array<char, 32768> buffer;
  while (true) {
    const ssize_t received = recv(netlink, buffer.data(), buffer.size(), 0);
    if (received < 0 && errno == EINTR) continue;
    if (received <= 0) return;
    std::string_view answer(buffer.data(), static_cast<std::size_t>(received));
    while (answer.size() >= sizeof(nlmsghdr)) {
      nlmsghdr header{};
      std::memcpy(&header, answer.data(), sizeof header);
      const std::size_t bytes = std::min<std::size_t>(header.nlmsg_len, answer.size());
      if (bytes < sizeof header) return;
      const std::string_view body = answer.substr(sizeof header, bytes - sizeof header);
      answer.remove_prefix(std::min<std::size_t>(NLMSG_ALIGN(bytes), answer.size()));
      if (header.nlmsg_seq != sequence) continue;
      if (header.nlmsg_type == NLMSG_DONE || header.nlmsg_type == NLMSG_ERROR) return;
      on_socket(info_of(body));
      if (!dump) return;
    }
  }
}

}  // namespace

SockDiag::SockDiag() : netlink_(socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG)) {
  if (!netlink_) throw std::system_error(errno, std::generic_category(), "sock_diag");
}

std::optional<SocketInfo> SockDiag::find(const Address& local, const Address& remote) {
  Request request = request_for(local.family(), ~0U);
  put_address(local, request.body.id.idiag_src, request.body.id.idiag_sport);
  put_address(remote, request.body.id.idiag_dst, request.body.id.idiag_dport);
  std::optional<SocketInfo> found;
  ask(netlink_.fd(), request, ++sequence_, [&found](const SocketInfo& info) { found = info; });
  return found;
}

std::vector<SocketInfo> SockDiag::with_local_port(std::uint16_t port, std::uint32_t states) {
  std::vector<SocketInfo> sockets;
  for (const int family : {AF_INET, AF_INET6}) {
    Request request = request_for(family, states);
    request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request.body.id.idiag_sport = htons(port);
    ask(netlink_.fd(), request, ++sequence_,
        [&sockets](const SocketInfo& info) { sockets.push_back(info); });
  }
  return sockets;
}

}  // namespace conform
