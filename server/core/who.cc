// WHO: who is there, by channel, nickname or mask, as far as the one who asks may know.
#include <algorithm>
#include <string>
#include <string_view>

#include "server/core/handlers.h"

namespace irc {
namespace {

struct WhoQuery {
  std::string_view mask;
  bool operators_only;  // RFC 2812 3.6.1, "o".
};

void send_who(State& state, Session& session, const Session& found, const Channel* channel) {
  const Member* member = channel != nullptr ? channel->member(found) : nullptr;
  std::string flags = found.away ? "G" : "H";
  if (found.oper) flags += '*';
  if (member != nullptr) flags += member->prefixes(session.caps.multi_prefix);
  if (found.bot) flags += 'B';
  const std::string& name = state.config().name;
  state.reply(
      session, Numeric::rpl_whoreply,
      {channel != nullptr ? channel->name : "*", found.user, found.host, name, found.nick, flags},
      "0 " + found.realname);
}

void who_channel(State& state, Session& session, const WhoQuery& query) {
  const Channel* channel = state.find_channel(query.mask);
  if (channel == nullptr || !channel->visible_to(session)) return;
  for (const auto& [id, member] : channel->members) {
    const Session& found = *member.session;
    if (query.operators_only && !found.oper) continue;
    if (sees(session, found)) send_who(state, session, found, channel);
  }
}

// RFC 2812 3.6.1: against host, server, real name and nickname; and the user.
bool matches(const State& state, const Session& found, std::string_view mask) {
  if (mask.size() > state.config().limits.mask_bytes_max) return false;
  const std::string_view texts[] = {found.nick, found.user, found.host, found.realname,
                                    state.config().name};
  return std::ranges::any_of(texts, [&](std::string_view text) {
    return matches_mask(mask, text, state.config().casemapping);
  });
}

// Who knows the nickname may ask about it. One who is invisible is found by no mask, so that what a
// mask does not find tells nothing of him.
void who_mask(State& state, Session& session, const WhoQuery& query) {
  for (const auto& [id, found] : state.sessions()) {
    if (found.stage != Stage::registered || (query.operators_only && !found.oper)) continue;
    const bool exact = equal(state.config().casemapping, query.mask, found.nick);
    if (exact || (sees(session, found) && matches(state, found, query.mask))) {
      send_who(state, session, found, nullptr);
    }
  }
}

}  // namespace

namespace handlers {

// RFC 2812 3.6.1: no mask and "0" are everybody.
void who(State& state, Session& session, const Message& message) {
  const std::string_view given = message.param(0).empty() ? "*" : message.param(0);
  const WhoQuery query{.mask = given == "0" ? "*" : given,
                       .operators_only = message.param(1) == "o"};
  if (given.front() == '#') {
    who_channel(state, session, query);
  } else {
    who_mask(state, session, query);
  }
  state.reply(session, Numeric::rpl_endofwho, {given});
}

}  // namespace handlers
}  // namespace irc
