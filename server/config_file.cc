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
#include "server/core/channel.h"
#include "server/core/session.h"
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
  // Of those that clients are shown.
  std::string shown() const {
    const std::string shown = text();
    if (!is_shown_text(shown)) {
      fail(fmt::format("{} has to be of at most {} bytes", name_, kShownBytesMax));
    }
    return shown;
  }
  std::size_t number(const Bounds& bounds) const {
    const auto value = as<std::int64_t>("a whole number");
    const bool sound = value >= 0 && bounds.least <= static_cast<std::size_t>(value) &&
                       static_cast<std::size_t>(value) <= bounds.most;
    if (!sound) fail(fmt::format("{} has to be from {} to {}", name_, bounds.least, bounds.most));
    return static_cast<std::size_t>(value);
  }
  Duration seconds() const {
    const auto value = node_.value<double>();
    if (!node_.is_number() || !value) fail(name_ + " has to be a number of seconds");
    const std::optional<Duration> duration = duration_of(*value);
    if (!duration) fail(name_ + " has to be between 0.001 and 1000000 seconds");
    return *duration;
  }
  // The elements of an array, or the one that stands for it.
  std::vector<Entry> elements() const {
    if (!node_.is_array()) return {*this};
    std::vector<Entry> elements;
    for (const toml::node& each : *node_.as_array()) elements.emplace_back(file_, name_, each);
    return elements;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const Entry& each : elements()) texts.push_back(each.text());
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

std::string network_name(const Entry& entry) {
  std::string name = entry.text();
  if (!is_network_name(name)) {
    entry.fail(fmt::format("the network has to be one word of at most {} bytes: {}",
                           kNetworkBytesMax, name));
  }
  return name;
}

std::string password(const Entry& entry) {
  std::string password = entry.text();
  if (password.empty()) entry.fail("the password is empty");
  return password;
}

std::vector<std::string> motd(const Entry& entry) {
  std::vector<std::string> lines;
  for (const Entry& each : entry.elements()) lines.push_back(each.shown());
  return lines;
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

// Is read in the order of its table: what limits others comes first.
template <class Target>
struct Key {
  std::string_view name;
  void (*read)(const Entry& entry, Target& target);
};

template <class Target, std::size_t Count>
void read_table(const Entry& table, const std::array<Key<Target>, Count>& keys, Target& target) {
  if (!table.node().is_table()) table.fail(table.name() + " has to be a table");
  const toml::table& given = *table.node().as_table();
  for (const auto& [name, node] : given) {
    if (std::ranges::find(keys, name.str(), &Key<Target>::name) != keys.end()) continue;
    table.fail_at(name.source(), fmt::format("unknown key: {}", name.str()));
  }
  for (const Key<Target>& key : keys) {
    const toml::node* const node = given.get(key.name);
    if (node != nullptr) key.read(Entry(table.file(), std::string(key.name), *node), target);
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
    {"location", [](const Entry& e, Admin& a) { a.location = e.shown(); }},
    {"organisation", [](const Entry& e, Admin& a) { a.organisation = e.shown(); }},
    {"email", [](const Entry& e, Admin& a) { a.email = e.shown(); }},
});

void check_bot_nick(const Entry& entry, const Options& options) {
  const std::size_t most = options.config.limits.nick_bytes_max;
  const std::string& nick = options.config.bot->nick;
  if (!is_nick(nick, most)) {
    entry.fail(fmt::format("no nickname of at most {} bytes: {}", most, nick));
  }
}

void read_bot_channels(const Entry& entry, Options& options) {
  const Limits& limits = options.config.limits;
  std::vector<std::string>& channels = options.config.bot->channels;
  for (const Entry& each : entry.elements()) {
    channels.push_back(each.text());
    if (!is_channel_name(channels.back(), limits.channel_bytes_max)) {
      each.fail(fmt::format("no channel of at most {} bytes: {}", limits.channel_bytes_max,
                            channels.back()));
    }
  }
  if (channels.size() > limits.channels_max) {
    entry.fail(fmt::format("a client may be on {} channels", limits.channels_max));
  }
}

constexpr auto kBotKeys = std::to_array<Key<Options>>({
    {"nick",
     [](const Entry& e, Options& o) {
       o.config.bot->nick = e.text();
       check_bot_nick(e, o);
     }},
    {"channels", read_bot_channels},
});

void read_bot(const Entry& entry, Options& options) {
  options.config.bot.emplace();
  read_table(entry, kBotKeys, options);
  check_bot_nick(entry, options);  // Which may be the default one.
}

// Lengths may only be made shorter: the defaults are the longest for which replies fit into lines.
template <std::size_t Limits::*member>
void read_length(const Entry& entry, Limits& limits) {
  limits.*member = entry.number({.least = 1, .most = Limits{}.*member});
}
template <std::size_t Limits::*member>
void read_count(const Entry& entry, Limits& limits) {
  limits.*member = entry.number({.least = 1, .most = 1000});
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

// `limits` come before `bot`, which is held against them.
constexpr auto kKeys = std::to_array<Key<Options>>({
    {"limits", [](const Entry& e, Options& o) { read_table(e, kLimitKeys, o.config.limits); }},
    {"name", [](const Entry& e, Options& o) { o.config.name = server_name(e); }},
    {"network", [](const Entry& e, Options& o) { o.config.network = network_name(e); }},
    {"listen", [](const Entry& e, Options& o) { o.listen = e.addresses(); }},
    {"password", [](const Entry& e, Options& o) { o.config.password = password(e); }},
    {"motd", [](const Entry& e, Options& o) { o.config.motd = motd(e); }},
    {"operator", read_operators},
    {"failed-opers",
     [](const Entry& e, Options& o) {
       o.config.failed_opers_max = most_of(e.number(kFailedOpersBounds));
     }},
    {"oper-pause", [](const Entry& e, Options& o) { o.config.oper_pause = e.seconds(); }},
    {"admin",
     [](const Entry& e, Options& o) { read_table(e, kAdminKeys, o.config.admin.emplace()); }},
    {"bot", read_bot},
    {"capabilities-off",
     [](const Entry& e, Options& o) { o.config.capabilities_off = capabilities(e); }},
    {"casemapping", [](const Entry& e, Options& o) { o.config.casemapping = casemapping(e); }},
    {"utf8only", [](const Entry& e, Options& o) { o.config.utf8_only = e.flag(); }},
    {"ping-interval", [](const Entry& e, Options& o) { o.config.ping_interval = e.seconds(); }},
    {"ping-timeout", [](const Entry& e, Options& o) { o.config.ping_timeout = e.seconds(); }},
    {"registration-timeout",
     [](const Entry& e, Options& o) { o.config.registration_timeout = e.seconds(); }},
    {"sendq",
     [](const Entry& e, Options& o) { o.config.sendq_bytes_max = e.number(kSendqBounds); }},
    {"sendq-all",
     [](const Entry& e,
        Options& o) { o.config.sendq_all_bytes_max = most_of(e.number(kSendqAllBounds)); }},
    {"clients",
     [](const Entry& e, Options& o) { o.config.clients_max = most_of(e.number(kClientsBounds)); }},
    {"clients-per-address",
     [](const Entry& e,
        Options& o) { o.config.clients_per_address_max = most_of(e.number(kClientsBounds)); }},
    {"throttle", read_throttle},
    {"log-level", [](const Entry& e, Options& o) { o.log_level = log_level(e); }},
    {"tls", [](const Entry& e, Options& o) { read_table(e, kTlsKeys, o.tls); }},
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
