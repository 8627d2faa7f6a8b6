// CAP: which extensions a client has turned on (IRCv3 capability-negotiation).
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/handlers.h"

namespace irc {
namespace {

struct Capability {
  std::string_view name;
  bool Session::*enabled;
};
constexpr auto kCapabilities = std::to_array<Capability>({
    {"message-tags", &Session::message_tags},
});

// Null if there is none of that name, which is compared byte by byte.
const Capability* find_capability(std::string_view name) {
  const Capability* found = std::ranges::find(kCapabilities, name, &Capability::name);
  return found != kCapabilities.end() ? found : nullptr;
}

// One word of a request: "name", or "-name" to turn it off.
struct Change {
  const Capability* capability;  // Null if it is not known.
  bool enables;
};

std::vector<Change> changes(std::string_view request) {
  std::vector<Change> changes;
  for (std::string_view word : split_list(request, ' ')) {
    if (word.empty()) continue;
    const bool enables = !word.starts_with('-');
    if (!enables) word.remove_prefix(1);
    changes.push_back({.capability = find_capability(word), .enables = enables});
  }
  return changes;
}

// All of it is done, or nothing.
bool grant(Session& session, std::string_view request) {
  const std::vector<Change> wanted = changes(request);
  if (!std::ranges::all_of(wanted, [](const Change& each) { return each.capability != nullptr; })) {
    return false;
  }
  for (const Change& each : wanted) session.*each.capability->enabled = each.enables;
  return true;
}

template <class Predicate>
std::string names_of(Predicate wanted) {
  std::string names;
  for (const Capability& each : kCapabilities) {
    if (wanted(each)) names.append(names.empty() ? "" : " ").append(each.name);
  }
  return names;
}

void cap_reply(State& state, Session& session, std::string_view subcommand,
               std::string_view capabilities) {
  state.send(session,
             line(state.config().name, "CAP", {session.target(), subcommand}, capabilities));
}

}  // namespace

namespace handlers {

void cap(State& state, Session& session, const Message& message) {
  const std::string_view subcommand = message.param(0);
  const bool registering = session.stage == Stage::registering;
  if (equal_ascii(subcommand, "LS")) {
    session.negotiating = registering;
    cap_reply(state, session, "LS", names_of([](const Capability&) { return true; }));
  } else if (equal_ascii(subcommand, "LIST")) {
    cap_reply(state, session, "LIST",
              names_of([&](const Capability& each) { return session.*each.enabled; }));
  } else if (equal_ascii(subcommand, "REQ")) {
    session.negotiating = registering;
    const std::string_view request = message.param(1);
    cap_reply(state, session, grant(session, request) ? "ACK" : "NAK", request);
  } else if (equal_ascii(subcommand, "END")) {
    session.negotiating = false;
    if (registering) register_if_complete(state, session);
  } else {
    state.reply(session, Numeric::err_invalidcapcmd, {subcommand});
  }
}

}  // namespace handlers
}  // namespace irc
