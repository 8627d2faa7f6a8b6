#include "server/refd.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "server/core/server.h"
#include "server/net/posix_net.h"
#include "server/net/signals.h"
#include "server/poll_loop.h"
#include "server/wire/casemap.h"

namespace irc {
namespace {

constexpr int kExitSystem = 1;
constexpr int kExitUsage = 2;
constexpr int kBacklog = 4096;  // The kernel lowers it to its own maximum.

constexpr const char* kExample = R"(Example:
  irc-refd --listen 127.0.0.1:0 --oper root:secret
  irc-refd: listening on 127.0.0.1:40123)";

struct Options {
  Address listen{.host = "127.0.0.1", .port = 6667};
  ServerConfig config;
};

// "HOST:PORT" or "[IPv6]:PORT"; nothing if it is neither.
std::optional<Address> parse_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!bracketed && host.find(':') != std::string_view::npos) return std::nullopt;
  Address address{.host = std::string(host), .port = 0};
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (error != std::errc{} || end != port.data() + port.size()) return std::nullopt;
  return address;
}

std::string to_string(const Address& address) {
  const bool ipv6 = address.host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", ipv6 ? "[" : "", address.host, ipv6 ? "]" : "", address.port);
}

// A name that may stand as a source and as a parameter.
std::string check_name(const std::string& name) {
  const bool sound = !name.empty() && name.front() != ':' && name.size() <= 63 &&
                     name.find_first_of(std::string_view(" !@\0\r\n", 6)) == std::string::npos;
  return sound ? "" : "not a server name: " + name;
}

std::string check_seconds(const std::string& text) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool number = error == std::errc{} && end == text.data() + text.size();
  const bool sound = number && 0.001 <= seconds && seconds <= 1e6;
  return sound ? "" : "not between 0.001 and 1000000 seconds: " + text;
}

void add_options(CLI::App& app, Options& options) {
  ServerConfig& config = options.config;
  const auto listen = [&options](const std::string& text) {
    const std::optional<Address> address = parse_address(text);
    if (!address) throw CLI::ValidationError("--listen", "not HOST:PORT: " + text);
    options.listen = *address;
  };
  const auto oper = [&config](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      const std::size_t colon = text.find(':');
      if (colon == std::string::npos) {
        throw CLI::ValidationError("--oper", "not NAME:PASSWORD: " + text);
      }
      config.operators.push_back({text.substr(0, colon), text.substr(colon + 1)});
    }
  };
  const auto seconds = [&app](const char* name, Duration& duration, const char* help) {
    const auto set = [&duration](const double& value) {
      duration = std::chrono::duration_cast<Duration>(std::chrono::duration<double>(value));
    };
    const auto shown = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    app.add_option_function<double>(name, set, help)
        ->type_name("SECONDS")
        ->default_str(std::to_string(shown))
        ->check(CLI::Validator(check_seconds, ""));
  };
  app.add_option_function<std::string>("--listen", listen, "Address; port 0 picks a free one")
      ->type_name("HOST:PORT")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->default_str("127.0.0.1:6667");
  app.add_option("--password", config.password, "Which clients have to send with PASS");
  app.add_option_function<std::vector<std::string>>("--oper", oper, "Who may use OPER; repeatable")
      ->type_name("NAME:PASSWORD")
      ->allow_extra_args(false);
  app.add_option("--name", config.name, "Name of the server")
      ->capture_default_str()
      ->check(CLI::Validator(check_name, ""));
  app.add_option("--motd", config.motd, "A line of the message of the day; repeatable")
      ->type_name("TEXT")
      ->allow_extra_args(false);
  seconds("--ping-interval", config.ping_interval, "How long a client may be silent");
  seconds("--ping-timeout", config.ping_timeout, "How long it may take to answer a PING");
  seconds("--registration-timeout", config.registration_timeout, "How long to register may take");
  app.add_option("--sendq", config.sendq_bytes_max, "What may wait for one client")
      ->type_name("BYTES")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{4096}, std::size_t{1} << 40).description(""));
  const auto casemapping = [&config](const std::string& text) {
    const std::optional<Casemapping> mapping = casemapping_of(text);
    if (!mapping) throw CLI::ValidationError("--casemapping", "not known: " + text);
    config.casemapping = *mapping;
  };
  app.add_option_function<std::string>("--casemapping", casemapping,
                                       "rfc1459, rfc1459-strict or ascii")
      ->type_name("NAME")
      ->default_str("rfc1459");
  app.add_flag("--utf8only", config.utf8_only, "Refuse lines that are not UTF-8");
}

// What steady_clock, which tells the loop the time, called zero.
std::chrono::seconds unix_time_of_epoch(TimePoint now) {
  const auto unix_now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(unix_now - now.time_since_epoch());
}

void serve(Options options) {
  PosixNet net;
  SignalFd signals;
  options.config.unix_time_of_epoch = unix_time_of_epoch(net.now());
  PosixNet::Socket listener = net.listen_on(options.listen.host, options.listen.port, kBacklog);
  const Address address = net.local_address(listener);
  Server server(std::move(options.config));
  PollLoop<PosixNet> loop(net, server, std::move(listener), signals.fd());
  fmt::print("irc-refd: listening on {}\n", to_string(address));
  std::fflush(stdout);
  loop.run();
  signals.take();  // Else it would still be delivered, and end the process its own way.
}

}  // namespace

int run_refd(int argc, char** argv) {
  Options options;
  options.config.version = "irc-refd-" IRC_VERSION;
  CLI::App app("The reference IRC server of irc-conform", "irc-refd");
  app.footer(kExample);
  app.set_version_flag("--version", "irc-refd " IRC_VERSION);
  app.set_config("--config", "", "Options in a file, \"name = value\" a line");
  add_options(app, options);
  try {
    app.parse(argc, argv);
    serve(std::move(options));
    return 0;
  } catch (const CLI::Success& asked) {  // --help, --version
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "irc-refd: {}\n", error.what());
    return kExitUsage;
  } catch (const std::exception& error) {
    fmt::print(stderr, "irc-refd: {}\n", error.what());
    return kExitSystem;
  }
}

}  // namespace irc
