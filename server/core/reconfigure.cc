#include "server/core/reconfigure.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/handlers.h"
#include "server/core/isupport.h"

namespace irc {
namespace {

using Tokens = std::vector<std::string>;

// What clients and tables rest on, and what they hold: under UTF8ONLY nothing may be sent that is
// not UTF-8, not even a channel's name from before.
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
    fixed<&ServerConfig::utf8_only>("utf8only"),
});

std::vector<std::string_view> keep_fixed(const ServerConfig& running, ServerConfig& wanted) {
  std::vector<std::string_view> kept;
  for (const Fixed& each : kFixed) {
    if (!each.differs(running, wanted)) continue;
    each.copy(running, wanted);
    kept.push_back(each.name);
  }
  return kept;
}

struct CapabilityChanges {
  std::string added, removed;  // Names, with spaces between them.
};

CapabilityChanges compare(const ServerConfig& before, const ServerConfig& after) {
  const auto offered_only_in = [](const ServerConfig& one, const ServerConfig& other) {
    return capability_names(
        [&](const Capability& each) { return is_offered(one, each) && !is_offered(other, each); });
  };
  return {.added = offered_only_in(after, before), .removed = offered_only_in(before, after)};
}

// None goes away: whether there is a UTF8ONLY is fixed.
Tokens changed(const Tokens& before, const Tokens& after) {
  Tokens changed;
  std::ranges::copy_if(after, std::back_inserter(changed), [&before](const std::string& token) {
    return std::ranges::find(before, token) == before.end();
  });
  return changed;
}

// Only who is told may lose one: others would not know why their lines look different.
void tell_capabilities(State& state, Session& session, const CapabilityChanges& changes) {
  if (!session.caps.cap_notify) return;
  const std::string& name = state.config().name;
  for (const Capability& each : kCapabilities) {
    if (!is_offered(state.config(), each)) session.caps.*each.enabled = false;
  }
  if (!changes.removed.empty()) {
    state.send(session, line(name, "CAP", {session.target(), "DEL"}, changes.removed));
  }
  if (!changes.added.empty()) {
    state.send(session, line(name, "CAP", {session.target(), "NEW"}, changes.added));
  }
}

}  // namespace

std::vector<std::string_view> reconfigure(State& state, ServerConfig config) {
  const ServerConfig before = state.config();
  std::vector<std::string_view> kept = keep_fixed(before, config);
  state.set_config(std::move(config));
  const CapabilityChanges capabilities = compare(before, state.config());
  const Tokens tokens = changed(isupport_tokens(before), isupport_tokens(state.config()));
  for (auto& [id, session] : state.sessions()) {
    if (!session.present()) continue;
    tell_capabilities(state, session, capabilities);
    if (session.stage == Stage::registered) send_isupport(state, session, tokens);
  }
  return kept;
}

}  // namespace irc
