// KernelWorld: the real world. Sockets of ours, the kernel's view of the server's ends of them
// (sock_diag), the target's process (/proc, signals), and the clock.
#pragma once

#include <poll.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/run/world.h"
#include "harness/target/address.h"
#include "harness/target/sock_diag.h"
#include "harness/target/spawned.h"
#include "server/net/signals.h"
#include "server/net/unique_fd.h"

namespace conform {

// Where the target is: a server to start, or an address and perhaps the process behind it.
struct TargetPlan {
  std::optional<SpawnPlan> spawn;
  std::optional<Address> address;  // Exactly one of spawn and address is there.
  std::optional<pid_t> pid;
};

class KernelWorld {
 public:
  // Starts the target if that is the plan. Throws std::system_error or std::runtime_error with a
  // sentence for the user.
  explicit KernelWorld(TargetPlan plan);
  KernelWorld(const KernelWorld&) = delete;
  KernelWorld& operator=(const KernelWorld&) = delete;
  ~KernelWorld();

  const Address& address() const { return address_; }
  std::optional<pid_t> pid() const { return pid_; }

  // The concept World.
  std::optional<ConnectionId> connect(ConnectOptions options);
  std::string why_not() const { return why_not_; }
  bool may_connect();
  IoResult send(ConnectionId id, std::string_view bytes, bool more);
  IoResult send_urgent(ConnectionId id, std::string_view bytes);
  IoResult recv(ConnectionId id, std::span<char> in);
  void fin(ConnectionId id);
  void rst(ConnectionId id);
  void close(ConnectionId id);
  void poll(std::span<Watch> watches, std::optional<TimePoint> deadline);
  TimePoint now() const;
  bool interrupted() const { return interrupted_; }
  ServerSide server_side(ConnectionId id);
  std::size_t unread_input(ConnectionId id) const;
  Abilities abilities() const;
  bool hold();
  void release();
  std::optional<ProcessFacts> process_facts() const;
  std::size_t sockets_in_close_wait();
  std::size_t accept_queue();
  std::size_t open_connections() const;
  std::optional<std::string> death();
  std::string stderr_tail();
  bool restart(std::optional<std::uint32_t> nofile);

 private:
  struct Connection {
    irc::UniqueFd fd;
    Address local;
    std::uint64_t cookie = 0;         // Of the server's end; 0 until the kernel has told it.
    std::uint64_t sent_bytes = 0;     // The FIN counts as one, as the kernel counts it.
    std::uint64_t arrived_bytes = 0;  // At the server's end, when it was last looked at.
    bool ended = false;               // By the target, as recv has told.
  };

  Connection& at(ConnectionId id) { return connections_[static_cast<std::size_t>(id)]; }
  const Connection& at(ConnectionId id) const { return connections_[static_cast<std::size_t>(id)]; }
  IoResult send_with(Connection& connection, std::string_view bytes, int flags);
  bool open_socket(Connection& connection, const ConnectOptions& options);
  void find_process();
  ServerSide remote_side(const Connection& connection) const;

  TargetPlan plan_;
  irc::SignalFd signals_;
  std::optional<SockDiag> diag_;
  std::optional<Spawned> spawned_;
  std::optional<Guardian> guardian_;  // Of a process that is not ours.
  Address address_;
  std::optional<pid_t> pid_;
  bool kernel_knows_ = false;
  bool process_known_ = false;
  std::size_t backlog_ = 0;               // Of the listener.
  std::vector<ConnectionId> unaccepted_;  // As far as was looked.
  std::optional<TimePoint> accepted_last_;
  std::vector<Connection> connections_;  // By ConnectionId; those that have ended keep no fd.
  std::vector<pollfd> fds_;
  std::string why_not_;
  bool interrupted_ = false;
  std::optional<TimePoint> held_since_;
  Duration held_{};  // All the time that the target stood still by our doing.
};

static_assert(World<KernelWorld>);

}  // namespace conform
