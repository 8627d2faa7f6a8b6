#include "server/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <random>
#include <string_view>

#include <CLI/CLI.hpp>

#include "server/config_file.h"
#include "server/core/session.h"
#include "server/password_hash.h"
#include "server/values.h"
#include "server/wire/casemap.h"

namespace irc {
namespace {

constexpr const char* kExample = R"(Examples:
  irc-refd                                            on 127.0.0.1:6667, for a try
  irc-refd --listen '[::]:6667' --listen 10.0.0.1:0   port 0 picks a free one, and says which
  irc-refd --config irc-refd.toml --name irc.my.net   options go over what the file says
  irc-refd hash-password < secret                     what an operator's password is kept as

A configuration file, with a key for every option but --config and --no-throttle (operators, TLS
and the bot are tables):
  name = "irc.my.net"
  listen = ["[::]:6667"]           # IPv4 too
  motd = ["Be kind.", "Logs are kept for a week."]
  ping-interval = 90
  [limits]
  channels = 50
  [[operator]]
  name = "root"
  password = "$argon2id$..."       # of hash-password)";

[[noreturn]] void refuse(const std::string& option, const std::string& what) {
  throw CLI::ValidationError(option, what);
}

std::vector<Address> addresses(const std::string& option, const std::vector<std::string>& texts) {
  std::vector<Address> addresses;
  for (const std::string& text : texts) {
    const std::optional<Address> address = parse_address(text);
    if (!address) refuse(option, "not HOST:PORT: " + text);
    addresses.push_back(*address);
  }
  return addresses;
}

// Only the hash is kept, so that the password is in no dump of the memory.
std::vector<Operator> operators(const std::vector<std::string>& texts) {
  std::vector<Operator> operators;
  for (const std::string& text : texts) {
    const std::size_t colon = text.find(':');
    const bool whole = colon != std::string::npos && colon > 0 && colon + 1 < text.size();
    if (!whole) refuse("--oper", "not NAME:PASSWORD");  // What it is may be a password.
    operators.push_back({text.substr(0, colon), hash_password(text.substr(colon + 1))});
  }
  return operators;
}

// The options, each with what it sets. CLI11 runs what an option sets in the order in which the
// options were added, so that --config comes first.
class Declaration {
 public:
  Declaration(CLI::App& app, CommandLine& line) : app_(app), line_(line) {}

  void add_all() {
    add_config_file();
    add_addresses_and_names();
    add_passwords();
    add_times();
    add_limits();
  }

 private:
  using Texts = std::vector<std::string>;

  void add_config_file() {
    const auto read = [this](const std::string& path) {
      line_.config_file = path;
      read_config_file(path, line_.options);
    };
    app_.add_option_function<std::string>("--config", read, "A configuration file, see below")
        ->type_name("FILE");
  }

  void add_addresses_and_names() {
    ServerConfig& config = line_.options.config;
    const auto listen = [this](const Texts& texts) {
      line_.options.listen = addresses("--listen", texts);
    };
    repeatable("--listen", "HOST:PORT", listen, "Where; port 0 picks a free one; repeatable")
        ->default_str("127.0.0.1:6667");
    TlsOptions& tls = line_.options.tls;
    const auto tls_listen = [&tls](const Texts& texts) {
      tls.listen = addresses(kTlsListen.option, texts);
      tls.listen_place = kTlsListen.option;
    };
    repeatable(kTlsListen.option, "HOST:PORT", tls_listen, "Where TLS is spoken; repeatable");
    tls_file(kTlsCertificate.option, tls.certificate, "Its certificate and chain, PEM");
    tls_file(kTlsKey.option, tls.key, "Its key, PEM, without passphrase");
    const auto name = [&config](const std::string& text) {
      if (!is_server_name(text)) refuse("--name", "not a server name, with a dot: " + text);
      config.name = text;
    };
    app_.add_option_function<std::string>("--name", name, "Name of the server")
        ->type_name("NAME")
        ->default_str(config.name);
    const auto motd = [&config](const Texts& texts) {
      if (!std::ranges::all_of(texts, is_shown_text)) {
        refuse("--motd", fmt::format("not one line of at most {} bytes", kShownBytesMax));
      }
      config.motd = texts;
    };
    repeatable("--motd", "TEXT", motd, "A line of the message of the day; repeatable");
    const auto casemapping = [&config](const std::string& text) {
      const std::optional<Casemapping> mapping = casemapping_of(text);
      if (!mapping) refuse("--casemapping", "not known: " + text);
      config.casemapping = *mapping;
    };
    app_.add_option_function<std::string>("--casemapping", casemapping,
                                          "rfc1459, rfc1459-strict or ascii")
        ->type_name("NAME")
        ->default_str("rfc1459");
    app_.add_flag("--utf8only", config.utf8_only, "Refuse lines that are not UTF-8");
    const auto bot = [&config](std::int64_t) {
      if (!config.bot) config.bot.emplace();
      const std::size_t most = config.limits.nick_bytes_max;
      if (!is_nick(config.bot->nick, most)) {
        refuse("--bot", fmt::format("no nickname of at most {} bytes: {}", most, config.bot->nick));
      }
    };
    app_.add_flag_function("--bot", bot, "With the bot, a client inside the server");
  }

  void add_passwords() {
    ServerConfig& config = line_.options.config;
    const auto password = [&config](const std::string& text) {
      if (text.empty() || !is_text(text)) refuse("--password", "not one line of text");
      config.password = text;
    };
    app_.add_option_function<std::string>("--password", password,
                                          "Which clients have to send with PASS")
        ->type_name("TEXT");
    const auto oper = [&config](const Texts& texts) { config.operators = operators(texts); };
    repeatable("--oper", "NAME:PASSWORD", oper,
               "For tests: who may use OPER, readable for all on this machine; repeatable");
  }

  void add_times() {
    ServerConfig& config = line_.options.config;
    seconds("--ping-interval", config.ping_interval, "How long a client may be silent");
    seconds("--ping-timeout", config.ping_timeout, "How long it may take to answer a PING");
    seconds("--registration-timeout", config.registration_timeout, "How long to register may take");
  }

  void add_limits() {
    ServerConfig& config = line_.options.config;
    std::size_t& sendq = config.sendq_bytes_max;
    const auto set_sendq = [&sendq](std::size_t bytes) { sendq = bytes; };
    add_number("--sendq", kSendqBounds, sendq, set_sendq, "What may wait for one client")
        ->type_name("BYTES");
    add_count("--sendq-all", config.sendq_all_bytes_max, kSendqAllBounds,
              "For all together; 0: any amount");
    add_count("--clients", config.clients_max, kClientsBounds,
              "Connections at once; 0: any number");
    add_count("--clients-per-address", config.clients_per_address_max, kClientsBounds,
              "Of one IPv4 address or IPv6 /64; 0 as above");
    const auto no_throttle = [this](std::int64_t) {
      line_.options.limits.pace.reset();
      line_.options.config.oper_pause.reset();
    };
    app_.add_flag_function("--no-throttle", no_throttle,
                           "Take lines, and OPER, as fast as they come: for tests (RFC 1459 8.10)");
    const auto level = [this](const std::string& text) {
      const std::optional<LogLevel> read = log_level_of(text);
      if (!read) refuse("--log-level", "not known: " + text);
      line_.options.log_level = *read;
    };
    app_.add_option_function<std::string>("--log-level", level,
                                          "trace, debug, info, warning, error or off")
        ->type_name("NAME")
        ->default_str("info");
  }

  template <class Set>
  CLI::Option* repeatable(const char* name, const char* type, Set set, const char* help) {
    return app_.add_option_function<Texts>(name, set, help)
        ->type_name(type)
        ->allow_extra_args(false);
  }

  void tls_file(const char* name, TlsFile& file, const char* help) {
    const auto set = [name, &file](const std::string& path) {
      file = {.path = path, .place = name};
    };
    app_.add_option_function<std::string>(name, set, help)->type_name("FILE");
  }

  void add_count(const char* name, std::optional<std::size_t>& most, const Bounds& bounds,
                 const char* help) {
    const auto set = [&most](std::size_t count) { most = most_of(count); };
    add_number(name, bounds, most.value_or(0), set, help);
  }

  template <class Set>
  CLI::Option* add_number(const char* name, const Bounds& bounds, std::size_t shown, Set set,
                          const char* help) {
    const auto read = [name, bounds, set](const std::string& text) {
      const std::optional<std::size_t> number = parse_number(text);
      if (!number || *number < bounds.least || bounds.most < *number) {
        refuse(name, fmt::format("not from {} to {}: {}", bounds.least, bounds.most, text));
      }
      set(*number);
    };
    return app_.add_option_function<std::string>(name, read, help)
        ->type_name("NUMBER")
        ->default_str(std::to_string(shown));
  }

  void seconds(const char* name, Duration& duration, const char* help) {
    const auto set = [name, &duration](const std::string& text) {
      double value = 0;
      const bool number = CLI::detail::lexical_cast(text, value);
      const std::optional<Duration> read = number ? duration_of(value) : std::nullopt;
      if (!read) refuse(name, "not between 0.001 and 1000000 seconds: " + text);
      duration = *read;
    };
    const auto shown = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    app_.add_option_function<std::string>(name, set, help)
        ->type_name("SECONDS")
        ->default_str(std::to_string(shown));
  }

  CLI::App& app_;
  CommandLine& line_;
};

// Where one is made, a certificate and a key are needed. Says so in the words of where it is.
void check_needs(const TlsOptions& tls, const TlsName& name, const std::string& place) {
  const bool by_option = place == name.option;
  std::vector<std::string_view> missing;
  const auto need = [&](const TlsFile& file, const TlsName& other) {
    if (file.path.empty()) missing.emplace_back(by_option ? other.option : other.key);
  };
  need(tls.certificate, kTlsCertificate);
  need(tls.key, kTlsKey);
  if (missing.empty()) return;
  throw ConfigError(fmt::format("{}: {}needs {}", place,
                                by_option ? "" : fmt::format("{} ", name.key),
                                fmt::join(missing, " and ")));
}

void check(const TlsOptions& tls) {
  if (!tls.listen.empty()) check_needs(tls, kTlsListen, tls.listen_place);
  if (!tls.certificate.path.empty()) check_needs(tls, kTlsCertificate, tls.certificate.place);
  if (!tls.key.path.empty()) check_needs(tls, kTlsKey, tls.key.place);
}

EarlyExit usage(const std::exception& error) {
  return {.text = error.what(), .status = kExitUsage};
}

}  // namespace

ServerConfig default_config() {
  ServerConfig config;
  config.version = "irc-refd-" IRC_VERSION;
  config.is_oper_password = [](std::string_view kept, std::string_view given) {
    return verify_password(std::string(kept), given);
  };
  config.nobodys_password = kHashOfNobody;
  config.oper_pause = std::chrono::seconds(2);
  config.sendq_all_bytes_max = std::size_t{256} << 20;
  config.clients_max = 10'000;
  config.clients_per_address_max = 100;
  return config;
}

CommandLine read_command_line(const std::vector<std::string>& arguments) {
  CommandLine line;
  CLI::App app("The reference IRC server of irc-conform", "irc-refd");
  app.get_formatter()->column_width(32);
  app.footer(kExample);
  app.set_version_flag("--version", "irc-refd " IRC_VERSION);
  Declaration declaration(app, line);  // What it adds refers to it.
  declaration.add_all();
  app.add_subcommand("hash-password", "Read a password from stdin, print its hash")
      ->callback([&line] { line.hashes_password = true; });
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    check(line.options.tls);
    if (auto& bot = line.options.config.bot) bot->seed = std::random_device{}();
  } catch (const CLI::CallForHelp&) {
    line.exit = {.text = app.help(), .status = 0};
  } catch (const CLI::CallForVersion& version) {
    line.exit = {.text = version.what(), .status = 0};
  } catch (const CLI::ParseError& error) {
    line.exit = usage(error);
  } catch (const ConfigError& error) {
    line.exit = usage(error);
  }
  return line;
}

}  // namespace irc
