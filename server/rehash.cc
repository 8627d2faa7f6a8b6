#include "server/rehash.h"

#include <array>
#include <string_view>
#include <utility>

namespace irc {
namespace {

struct Fixed {
  std::string_view name;
  bool (*differs)(const ServerConfig& a, const ServerConfig& b);
  void (*copy)(const ServerConfig& from, ServerConfig& to);
};

template <auto member>
constexpr Fixed fixed(std::string_view name) {
  return {name, [](const ServerConfig& a, const ServerConfig& b) { return a.*member != b.*member; },
          [](const ServerConfig& from, ServerConfig& to) { to.*member = from.*member; }};
}

constexpr auto kFixed = std::to_array<Fixed>({
    fixed<&ServerConfig::name>("name"),
    fixed<&ServerConfig::casemapping>("casemapping"),
});

}  // namespace

Rehash rehash(const ServerConfig& running, ServerConfig wanted) {
  Rehash result{.config = std::move(wanted), .kept = {}};
  result.config.version = running.version;
  result.config.unix_time_of_epoch = running.unix_time_of_epoch;
  for (const Fixed& each : kFixed) {
    if (!each.differs(running, result.config)) continue;
    each.copy(running, result.config);
    result.kept.emplace_back(each.name);
  }
  return result;
}

}  // namespace irc
