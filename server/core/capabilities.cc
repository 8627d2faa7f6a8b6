// CAP: which extensions a client has turned on (IRCv3 capability-negotiation).
#include "server/core/capabilities.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/handlers.h"

namespace irc {
namespace {

// Null if none of that name is offered, or is on since it was; names are compared byte by byte.
const Capability* find_capability(const ServerConfig& config, const Session& session,
                                  std::string_view name) {
  const Capability* found = std::ranges::find(kCapabilities, name, &Capability::name);
  if (found == kCapabilities.end()) return nullptr;
  return is_offered(config, *found) || session.caps.*found->enabled ? found : nullptr;
}

// One word of a request: "name", or "-name" to turn it off.
struct Change {
  const Capability* capability;  // Null if it is not known.
  bool enables;
};

std::vector<Change> changes(const ServerConfig& config, const Session& session,
                            std::string_view request) {
  std::vector<Change> changes;
  for (std::string_view word : words_of(request)) {
    const bool enables = !word.starts_with('-');
    if (!enables) word.remove_prefix(1);
    changes.push_back({.capability = find_capability(config, session, word), .enables = enables});
  }
  return changes;
}

// Who has said 302 may not do without CAP NEW and DEL.
bool may_change(const Session& session, const Change& change) {
  const bool needed = session.speaks_302 && change.capability != nullptr &&
                      change.capability->enabled == &Capabilities::cap_notify;
  return change.capability != nullptr && (change.enables || !needed);
}

// All of it is done, or nothing.
bool grant(const ServerConfig& config, Session& session, std::string_view request) {
  const std::vector<Change> wanted = changes(config, session, request);
  const auto allowed = [&session](const Change& each) { return may_change(session, each); };
  if (!std::ranges::all_of(wanted, allowed)) return false;
  for (const Change& each : wanted) session.caps.*each.capability->enabled = each.enables;
  return true;
}

// "LS 302" and every higher version; RFC-like clients give none, and some give no number.
bool says_302(std::string_view version) {
  constexpr unsigned kVersion = 302;
  unsigned number = 0;
  const auto [end, error] =
      std::from_chars(version.data(), version.data() + version.size(), number);
  const bool too_great = error == std::errc::result_out_of_range;
  return end == version.data() + version.size() && (number >= kVersion || too_great);
}

void cap_reply(State& state, Session& session, std::string_view subcommand,
               std::string_view capabilities) {
  state.send(session,
             line(state.config().name, "CAP", {session.target(), subcommand}, capabilities));
}

void send_offer(State& state, Session& session) {
  const auto offered = [&state](const Capability& each) {
    return is_offered(state.config(), each);
  };
  cap_reply(state, session, "LS", capability_names(offered));
}

void send_enabled(State& state, Session& session) {
  const auto enabled = [&session](const Capability& each) { return session.caps.*each.enabled; };
  cap_reply(state, session, "LIST", capability_names(enabled));
}

// The answer says the request again. One that would not fit into a line is acknowledged in several;
// one that is refused may be cut, as nothing rests on it.
void answer_request(State& state, Session& session, std::string_view request) {
  if (!grant(state.config(), session, request)) {
    return cap_reply(state, session, "NAK", request);
  }
  const std::string one = line(state.config().name, "CAP", {session.target(), "ACK"}, request);
  if (one.size() < kLineBytesMax) return state.send(session, one);
  const std::vector<std::string_view> views = words_of(request);
  const std::vector<std::string> words(views.begin(), views.end());
  for (const std::string& each :
       list_lines(state.config().name, "CAP", {session.target(), "ACK"}, words)) {
    state.send(session, each);
  }
}

}  // namespace

bool is_offered(const ServerConfig& config, const Capability& capability) {
  return capability.enabled == &Capabilities::cap_notify ||
         !config.capabilities_off.contains(capability.name);
}

namespace handlers {

void cap(State& state, Session& session, const Message& message) {
  const std::string_view subcommand = message.param(0);
  const bool registering = session.stage == Stage::registering;
  if (equal_ascii(subcommand, "LS")) {
    session.negotiating = registering;
    if (says_302(message.param(1))) session.speaks_302 = session.caps.cap_notify = true;
    send_offer(state, session);
  } else if (equal_ascii(subcommand, "LIST")) {
    send_enabled(state, session);
  } else if (equal_ascii(subcommand, "REQ")) {
    session.negotiating = registering;
    answer_request(state, session, message.param(1));
  } else if (equal_ascii(subcommand, "END")) {
    session.negotiating = false;
    if (registering) register_if_complete(state, session);
  } else {
    state.reply(session, Numeric::err_invalidcapcmd, {subcommand});
  }
}

}  // namespace handlers
}  // namespace irc
