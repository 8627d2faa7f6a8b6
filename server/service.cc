#include "server/service.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <utility>

#include "server/values.h"

namespace irc {
namespace {

constexpr int kBacklog = 4096;  // The kernel lowers it to its own maximum.

// What steady_clock, which tells the loop the time, called zero. That clock neither is set nor runs
// while the machine is suspended, so that this differs after either.
auto unix_time_of_epoch(TimePoint now) {
  using Epoch = decltype(ServerConfig::unix_time_of_epoch);
  const auto unix_now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<Epoch>(unix_now - now.time_since_epoch());
}

Options with_epoch(Options options, TimePoint now) {
  options.config.unix_time_of_epoch = unix_time_of_epoch(now);
  return options;
}

}  // namespace

Service::Service(Options options, std::vector<std::string> arguments)
    : options_(with_epoch(std::move(options), posix_.now())),
      arguments_(std::move(arguments)),
      log_(log_to(STDERR_FILENO, options_.log_level)),
      server_(options_.config, *log_),
      loop_(net_, server_, listen(), signals_.fd(), options_.limits) {}

std::vector<Service::Net::Socket> Service::listen() {
  std::vector<Net::Socket> listeners;
  for (const Address& address : options_.listen) {
    PosixNet::Socket socket = posix_.listen_on(address.host, address.port, kBacklog);
    listening_.push_back("on " + to_string(posix_.local_address(socket)));
    listeners.emplace_back(std::move(socket));
  }
  const TlsOptions& tls = options_.tls;
  if (!tls.listen.empty()) tls_ = TlsContext(tls.certificate, tls.key);
  for (const Address& address : tls.listen) {
    PosixNet::Socket socket = posix_.listen_on(address.host, address.port, kBacklog);
    listening_.push_back("for TLS on " + to_string(posix_.local_address(socket)));
    listeners.emplace_back(std::move(socket), *tls_);
  }
  return listeners;
}

void Service::run() {
  while (!in_a_hurry_ && (!stopping_ || loop_.connections() > 0)) {
    if (!loop_.run_round()) take_signals();
    const Requests asked = server_.take_requests();
    if (asked.rehash) rehash();
    if (asked.die && !stopping_) stop();
  }
  log_->info("ended");
}

void Service::take_signals() {
  while (const std::optional<int> signal = signals_.take()) {
    if (*signal == SIGHUP) {
      rehash();
    } else {
      stop();
    }
  }
}

void Service::rehash() {
  const CommandLine line = read_command_line(arguments_);
  if (line.exit) return refuse_rehash(line.exit->text);
  const TlsOptions& tls = line.options.tls;
  try {
    // As it may have been renewed. Whoever is connected keeps the old one, and so do the listeners
    // for which there is none any more.
    if (tls_ && !tls.certificate.path.empty()) tls_ = TlsContext(tls.certificate, tls.key);
  } catch (const TlsError& error) {
    return refuse_rehash(error.what());
  }
  log_->set_level(line.options.log_level);
  loop_.set_limits(line.options.limits);
  const TimePoint now = net_.now();
  std::vector<std::string_view> names =
      server_.reconfigure(with_epoch(line.options, now).config, now);
  if (line.options.listen != options_.listen) names.emplace_back("listen");
  if (tls.listen != options_.tls.listen) names.emplace_back("tls.listen");
  const std::string kept = fmt::format("{}", fmt::join(names, ", "));
  const std::string done =
      fmt::format("rehash: done{}{}", kept.empty() ? "" : "; until a restart it keeps: ", kept);
  log_->info(done);
  server_.notify_operators(done);
}

void Service::refuse_rehash(std::string_view why) {
  const std::string refused = "rehash: nothing has changed: " + escaped(why);
  log_->warn(refused);
  server_.notify_operators(refused);
}

void Service::stop() {
  in_a_hurry_ = stopping_;
  stopping_ = true;
  log_->info("ending");
  loop_.close_listeners();
  server_.shut_down("Server is shutting down");
}

}  // namespace irc
