// Spawned: a server that we start, watch, restart and stop. It runs in a process group of its own,
// under a Guardian; it is ready when it listens; its end is an event.
#pragma once

#include <sys/types.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "harness/target/address.h"
#include "harness/target/guardian.h"
#include "harness/target/sock_diag.h"
#include "server/net/unique_fd.h"

namespace conform {

// What a command is told where its placeholders stand.
struct Told {
  std::string port;
  std::string password;
  std::string dir;  // A fresh, empty folder.
};

// Filled in when the command is started.
struct Placeholder {
  std::string_view text;  // As it stands in the command.
  std::string Told::*value;
};

namespace placeholders {

inline constexpr Placeholder kPort{"{port}", &Told::port};
inline constexpr Placeholder kPassword{"{password}", &Told::password};
inline constexpr Placeholder kDir{"{dir}", &Told::dir};
inline constexpr std::array kAll = {kPort, kPassword, kDir};

}  // namespace placeholders

struct SpawnPlan {
  // One command for /bin/sh, which execs it; `sh -c '...'` for more. May hold placeholders.
  std::string command;
  std::string password;
  std::string cwd;  // Empty: ours.
  int stop_signal = SIGTERM;
  std::optional<std::uint32_t> nofile;  // RLIMIT_NOFILE of the server.
};

// The user has interrupted us while we waited for a server to listen.
struct Interrupted : std::runtime_error {
  Interrupted() : std::runtime_error("the server was being started") {}
};

class Spawned {
 public:
  // Starts it and returns when it listens. Throws std::runtime_error with what it wrote last if it
  // ends or does not listen in time; Interrupted as soon as `interrupt_fd` (-1 for none) becomes
  // readable.
  Spawned(SpawnPlan plan, SockDiag& diag, int interrupt_fd = -1);
  Spawned(const Spawned&) = delete;
  Spawned& operator=(const Spawned&) = delete;
  // Stops it: the stop signal, then SIGKILL for the whole group if it does not end.
  ~Spawned();

  pid_t pid() const { return pid_; }
  const Address& address() const { return address_; }

  // For a poll array: becomes readable when it wrote something, or ended.
  int output_fd() const { return output_.fd(); }
  int end_fd() const { return end_.fd(); }
  // Takes what it wrote: to be called when output_fd is readable, or it would block on a full pipe.
  void drain();
  // "killed by SIGSEGV", "exited with 0"; nothing while it runs.
  std::optional<std::string> death();
  // The last lines of what it wrote.
  std::string tail();

 private:
  void start();
  void wait_until_listening(SockDiag& diag, int interrupt_fd);
  void stop();

  SpawnPlan plan_;
  std::string folder_;
  Address address_;
  pid_t pid_ = 0;
  irc::UniqueFd input_;   // Its standard input stays open and empty.
  irc::UniqueFd output_;  // Its standard output and error.
  irc::UniqueFd end_;     // A pidfd.
  std::optional<Guardian> guardian_;
  std::string written_;
  std::optional<std::string> death_;
};

}  // namespace conform
