#include "server/config_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <toml++/toml.h>

#include "server/core/capabilities.h"
#include "server/net/unique_fd.h"
#include "server/password_hash.h"
#include "server/values.h"
#include "server/wire/casemap.h"

namespace irc {
namespace {

// One key with its value; knows where it stands.
class Entry {
 public:
  Entry(const std::string& file, std::string name, const toml::node& node)
      : file_(file), name_(std::move(name)), node_(node) {}

  [[noreturn]] void fail(std::string_view what) const { fail_at(node_.source(), what); }
  // Of the key, where the value is not looked at.
  [[noreturn]] void fail_at(const toml::source_region& at, std::string_view what) const {
    throw ConfigError(fmt::format("{}: {}", place(at), what));
  }
  // Of the value: "FILE:LINE:COLUMN".
  std::string place() const { return place(node_.source()); }

  const toml::node& node() const { return node_; }
  const std::string& file() const { return file_; }
  const std::string& name() const { return name_; }

  template <class T>
  T as(std::string_view kind) const {
    const auto value = node_.value_exact<T>();
    if (!value) fail(fmt::format("{} has to be {}", name_, kind));
    return *value;
  }
  bool flag() const { return as<bool>("true or false"); }
  std::string text() const {
    auto text = as<std::string>("a string");
    if (!is_text(text)) fail(name_ + " has to be one line, without NUL");
    return text;
  }
  std::size_t number(std::size_t least, std::size_t most) const {
    const auto value = as<std::int64_t>("a whole number");
    const bool sound = value >= 0 && least <= static_cast<std::size_t>(value) &&
                       static_cast<std::size_t>(value) <= most;
    if (!sound) fail(fmt::format("{} has to be from {} to {}", name_, least, most));
    return static_cast<std::size_t>(value);
  }
  Duration seconds() const {
    const auto value = node_.value<double>();
    if (!node_.is_number() || !value) fail(name_ + " has to be a number of seconds");
    const std::optional<Duration> duration = duration_of(*value);
    if (!duration) fail(name_ + " has to be between 0.001 and 1000000 seconds");
    return *duration;
  }
  // Of an array of strings, or the one string that stands for it.
  std::vector<std::string> texts() const {
    if (!node_.is_array()) return {text()};
    std::vector<std::string> texts;
    for (const toml::node& each : *node_.as_array()) {
      texts.push_back(Entry(file_, name_, each).text());
    }
    return texts;
  }
  std::vector<Address> addresses() const {
    std::vector<Address> addresses;
    for (const std::string& text : texts()) {
      const std::optional<Address> address = parse_address(text);
      if (!address) fail("not HOST:PORT: " + text);
      addresses.push_back(*address);
    }
    if (addresses.empty()) fail(name_ + " has to name an address");
    return addresses;
  }

 private:
  std::string place(const toml::source_region& at) const {
    return fmt::format("{}:{}:{}", file_, at.begin.line, at.begin.column);
  }

  const std::string& file_;
  std::string name_;
  const toml::node& node_;
};

std::string server_name(const Entry& entry) {
  std::string name = entry.text();
  if (!is_server_name(name)) entry.fail("not a server name, with a dot: " + name);
  return name;
}

// RPL_ISUPPORT announces it, as one word.
std::string network_name(const Entry& entry) {
  std::string name = entry.text();
  if (name.empty() || name.find(' ') != std::string::npos) {
    entry.fail("the network has to be one word: " + name);
  }
  return name;
}

Casemapping casemapping(const Entry& entry) {
  const std::optional<Casemapping> mapping = casemapping_of(entry.text());
  if (!mapping) entry.fail("not rfc1459, rfc1459-strict or ascii: " + entry.text());
  return *mapping;
}

std::set<std::string, std::less<>> capabilities(const Entry& entry) {
  std::set<std::string, std::less<>> names;
  for (const std::string& name : entry.texts()) {
    const bool known =
        std::ranges::find(kCapabilities, name, &Capability::name) != kCapabilities.end();
    if (!known) entry.fail("no capability of this server: " + name);
    names.insert(name);
  }
  return names;
}

template <class Target>
struct Key {
  std::string_view name;
  void (*read)(const Entry& entry, Target& target);
};

template <class Target, std::size_t Count>
void read_table(const Entry& table, const std::array<Key<Target>, Count>& keys, Target& target) {
  if (!table.node().is_table()) table.fail(table.name() + " has to be a table");
  for (const auto& [name, node] : *table.node().as_table()) {
    const Entry entry(table.file(), std::string(name.str()), node);
    const auto found = std::ranges::find(keys, name.str(), &Key<Target>::name);
    if (found == keys.end()) {
      entry.fail_at(name.source(), fmt::format("unknown key: {}", name.str()));
    }
    found->read(entry, target);
  }
}

constexpr auto kOperatorKeys = std::to_array<Key<Operator>>({
    {"name", [](const Entry& e, Operator& o) { o.name = e.text(); }},
    {"password",
     [](const Entry& e, Operator& o) {
       o.password = e.text();
       if (!is_password_hash(o.password)) {
         e.fail("not a hash that 'irc-refd hash-password' made");
       }
     }},
});

void read_operators(const Entry& entry, Options& options) {
  if (!entry.node().is_array()) entry.fail("operators are tables: [[operator]]");
  options.config.operators.clear();
  for (const toml::node& each : *entry.node().as_array()) {
    const Entry table(entry.file(), entry.name(), each);
    Operator& added = options.config.operators.emplace_back();
    read_table(table, kOperatorKeys, added);
    if (added.name.empty()) table.fail("an operator needs a name");
    if (added.password.empty()) table.fail("an operator needs a password");
  }
}

constexpr auto kAdminKeys = std::to_array<Key<Admin>>({
    {"location", [](const Entry& e, Admin& a) { a.location = e.text(); }},
    {"organisation", [](const Entry& e, Admin& a) { a.organisation = e.text(); }},
    {"email", [](const Entry& e, Admin& a) { a.email = e.text(); }},
});

constexpr auto kBotKeys = std::to_array<Key<BotConfig>>({
    {"nick", [](const Entry& e, BotConfig& b) { b.nick = e.text(); }},
    {"channels", [](const Entry& e, BotConfig& b) { b.channels = e.texts(); }},
});

// Lengths may only be made shorter: the defaults are the longest for which replies fit into lines.
template <std::size_t Limits::*member>
void read_length(const Entry& entry, Limits& limits) {
  limits.*member = entry.number(1, Limits{}.*member);
}
template <std::size_t Limits::*member>
void read_count(const Entry& entry, Limits& limits) {
  limits.*member = entry.number(1, 1000);
}

constexpr auto kLimitKeys = std::to_array<Key<Limits>>({
    {"nick", read_length<&Limits::nick_bytes_max>},
    {"user", read_length<&Limits::user_bytes_max>},
    {"channel", read_length<&Limits::channel_bytes_max>},
    {"topic", read_length<&Limits::topic_bytes_max>},
    {"kick", read_length<&Limits::kick_bytes_max>},
    {"away", read_length<&Limits::away_bytes_max>},
    {"key", read_length<&Limits::key_bytes_max>},
    {"bans", read_count<&Limits::masks_max>},
    {"channels", read_count<&Limits::channels_max>},
    {"targets", read_count<&Limits::targets_max>},
});

constexpr auto kThrottleKeys = std::to_array<Key<Pace>>({
    {"penalty", [](const Entry& e, Pace& p) { p.penalty = e.seconds(); }},
    {"ahead", [](const Entry& e, Pace& p) { p.ahead = e.seconds(); }},
});

void read_throttle(const Entry& entry, Options& options) {
  if (entry.node().is_boolean() && !entry.flag()) return options.limits.pace.reset();
  Pace pace;
  read_table(entry, kThrottleKeys, pace);
  if (pace.ahead < pace.penalty) entry.fail("no line could be taken: ahead is less than penalty");
  options.limits.pace = pace;
}

LogLevel log_level(const Entry& entry) {
  const std::optional<LogLevel> level = log_level_of(entry.text());
  if (!level) entry.fail("not trace, debug, info, warning, error or off: " + entry.text());
  return *level;
}

constexpr auto kTlsKeys = std::to_array<Key<TlsOptions>>({
    {kTlsListen.key,
     [](const Entry& e, TlsOptions& t) {
       t.listen = e.addresses();
       t.listen_place = e.place();
     }},
    {kTlsCertificate.key,
     [](const Entry& e, TlsOptions& t) { t.certificate = {.path = e.text(), .place = e.place()}; }},
    {kTlsKey.key,
     [](const Entry& e, TlsOptions& t) { t.key = {.path = e.text(), .place = e.place()}; }},
});

constexpr std::size_t kClientsMost = 1'000'000;
constexpr std::size_t kFailedOpersMost = 1000;

constexpr auto kKeys = std::to_array<Key<Options>>({
    {"name", [](const Entry& e, Options& o) { o.config.name = server_name(e); }},
    {"network", [](const Entry& e, Options& o) { o.config.network = network_name(e); }},
    {"listen", [](const Entry& e, Options& o) { o.listen = e.addresses(); }},
    {"password", [](const Entry& e, Options& o) { o.config.password = e.text(); }},
    {"motd", [](const Entry& e, Options& o) { o.config.motd = e.texts(); }},
    {"operator", read_operators},
    {"failed-opers",
     [](const Entry& e, Options& o) {
       o.config.failed_opers_max = most_of(e.number(0, kFailedOpersMost));
     }},
    {"oper-pause", [](const Entry& e, Options& o) { o.config.oper_pause = e.seconds(); }},
    {"admin",
     [](const Entry& e, Options& o) { read_table(e, kAdminKeys, o.config.admin.emplace()); }},
    {"bot", [](const Entry& e, Options& o) { read_table(e, kBotKeys, o.config.bot.emplace()); }},
    {"capabilities-off",
     [](const Entry& e, Options& o) { o.config.capabilities_off = capabilities(e); }},
    {"casemapping", [](const Entry& e, Options& o) { o.config.casemapping = casemapping(e); }},
    {"utf8only", [](const Entry& e, Options& o) { o.config.utf8_only = e.flag(); }},
    {"ping-interval", [](const Entry& e, Options& o) { o.config.ping_interval = e.seconds(); }},
    {"ping-timeout", [](const Entry& e, Options& o) { o.config.ping_timeout = e.seconds(); }},
    {"registration-timeout",
     [](const Entry& e, Options& o) { o.config.registration_timeout = e.seconds(); }},
    {"sendq",
     [](const Entry& e,
        Options& o) { o.config.sendq_bytes_max = e.number(kSendqBytesLeast, kSendqBytesMost); }},
    {"sendq-all",
     [](const Entry& e,
        Options& o) { o.config.sendq_all_bytes_max = most_of(e.number(0, kSendqBytesMost)); }},
    {"clients",
     [](const Entry& e, Options& o) { o.config.clients_max = most_of(e.number(0, kClientsMost)); }},
    {"clients-per-address",
     [](const Entry& e,
        Options& o) { o.config.clients_per_address_max = most_of(e.number(0, kClientsMost)); }},
    {"throttle", read_throttle},
    {"log-level", [](const Entry& e, Options& o) { o.log_level = log_level(e); }},
    {"tls", [](const Entry& e, Options& o) { read_table(e, kTlsKeys, o.tls); }},
    {"limits", [](const Entry& e, Options& o) { read_table(e, kLimitKeys, o.config.limits); }},
});

constexpr std::size_t kFileBytesMax = std::size_t{1} << 20;

[[noreturn]] void fail(const std::string& path, int error) {
  throw ConfigError(path + ": " + std::generic_category().message(error));
}

// Of whatever can be read: a file, a pipe.
std::string contents(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.fd() < 0) fail(path, errno);
  std::string text;
  std::array<char, 4096> piece;
  while (const ssize_t count = ::read(file.fd(), piece.data(), piece.size())) {
    if (count < 0) fail(path, errno);
    text.append(piece.data(), static_cast<std::size_t>(count));
    if (text.size() > kFileBytesMax) fail(path, EFBIG);
  }
  return text;
}

toml::table parse(const std::string& path) {
  try {
    return toml::parse(contents(path), path);
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    throw ConfigError(fmt::format("{}:{}:{}: {}", path, at.line, at.column, error.description()));
  }
}

}  // namespace

void read_config_file(const std::string& path, Options& options) {
  const toml::table root = parse(path);
  // As a parameter of 382, which takes no blanks.
  const std::string name = std::filesystem::path(path).filename();
  if (name.find(' ') == name.npos) options.config.config_name = name;
  read_table(Entry(path, "the file", root), kKeys, options);
}

}  // namespace irc
