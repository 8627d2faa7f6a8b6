// Service: irc-refd while it runs: its listeners, its loop, and what signals make of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/log.h"
#include "server/logged_server.h"
#include "server/net/posix_net.h"
#include "server/net/signals.h"
#include "server/options.h"
#include "server/poll_loop.h"

namespace irc {

class Service {
 public:
  // Listens. `arguments` are read again when it is told to rehash. Throws std::system_error.
  Service(Options options, std::vector<std::string> arguments);

  // "HOST:PORT" of each listener, in the order of the options.
  const std::vector<std::string>& addresses() const { return addresses_; }

  // Until SIGINT or SIGTERM. Then everybody is told, and who has not gone after a moment is given
  // up; a second signal ends it at once. SIGHUP reads the configuration again.
  void run();

 private:
  std::vector<PosixNet::Socket> listen();
  void take_signals();
  void rehash();
  void stop();

  Options options_;
  std::vector<std::string> arguments_;
  std::unique_ptr<Log> log_;
  PosixNet net_;
  SignalFd signals_{SIGHUP, SIGINT, SIGTERM};
  std::vector<std::string> addresses_;
  LoggedServer server_;
  PollLoop<PosixNet, LoggedServer> loop_;
  bool stopping_ = false;
  bool in_a_hurry_ = false;
};

}  // namespace irc
