// SockDiag: asks the kernel about TCP sockets of other processes, by NETLINK_SOCK_DIAG. A few
// microseconds a question, no privileges needed, works for every address of this machine.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/target/address.h"
#include "server/net/unique_fd.h"

namespace conform {

// One socket as the kernel sees it. States are those of <netinet/tcp.h> (TCP_ESTABLISHED...).
struct SocketInfo {
  int state = 0;
  std::uint64_t cookie = 0;  // Tells a socket from a later one with the same addresses.
  std::uint32_t inode = 0;   // 0: not accepted yet, or closed by its process.
  // Bytes not read; a FIN that was not seen counts as one. Of a listener, connections to accept.
  std::uint32_t receive_queue = 0;
  std::uint32_t send_queue = 0;      // Bytes not acknowledged; of a listener, its backlog.
  bool has_counts = false;           // Whether bytes_received is known (not in TIME_WAIT).
  std::uint64_t bytes_received = 0;  // With the FIN as one.
};

class SockDiag {
 public:
  // Throws std::system_error if the kernel has no such interface.
  SockDiag();

  // The socket whose own address is `local` and whose peer is `remote`. Where there is none, the
  // kernel answers with the listener of that port, if any: look at the state.
  std::optional<SocketInfo> find(const Address& local, const Address& remote);

  // Every socket with this local port, in one of the states of the mask (1 << TCP_LISTEN...).
  std::vector<SocketInfo> with_local_port(std::uint16_t port, std::uint32_t states);

 private:
  irc::UniqueFd netlink_;
  std::uint32_t sequence_ = 0;
};

}  // namespace conform
