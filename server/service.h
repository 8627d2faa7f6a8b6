// Service: irc-refd while it runs: its listeners, its loop, and what signals make of it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/log.h"
#include "server/logged_server.h"
#include "server/net/posix_net.h"
#include "server/net/signals.h"
#include "server/options.h"
#include "server/poll_loop.h"
#include "server/tls/tls_context.h"
#include "server/tls/tls_net.h"

namespace irc {

class Service {
 public:
  // Listens. `arguments` are read again when it is told to rehash. Throws std::system_error and
  // TlsError.
  Service(Options options, std::vector<std::string> arguments);

  // "on HOST:PORT" or "for TLS on HOST:PORT" of each listener, in the order of the options.
  const std::vector<std::string>& listening() const { return listening_; }

  // Until SIGINT or SIGTERM. Then everybody is told, and who has not gone after a moment is given
  // up; a second signal ends it at once. SIGHUP reads the configuration again.
  void run();

 private:
  using Net = TlsNet<PosixNet>;

  std::vector<Net::Socket> listen();
  void take_signals();
  void rehash();
  void refuse_rehash(std::string_view why);
  void stop();

  PosixNet posix_;
  Options options_;  // As it was started with.
  std::vector<std::string> arguments_;
  std::unique_ptr<Log> log_;
  Net net_{posix_};
  std::optional<TlsContext> tls_;  // If somebody listens for TLS.
  SignalFd signals_{SIGHUP, SIGINT, SIGTERM};
  std::vector<std::string> listening_;
  LoggedServer server_;
  PollLoop<Net, LoggedServer> loop_;
  bool stopping_ = false;
  bool in_a_hurry_ = false;
};

}  // namespace irc
