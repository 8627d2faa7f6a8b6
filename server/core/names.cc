// NAMES: who is on a channel, as far as the one who asks may know.
#include <string>
#include <string_view>
#include <vector>

#include "server/core/handlers.h"

namespace irc {
namespace {

// IRCv3 multi-prefix, userhost-in-names.
std::string name_of(const Member& member, const Capabilities& caps) {
  const Session& session = *member.session;
  return std::string(member.prefixes(caps.multi_prefix)) +
         (caps.userhost_in_names ? session.source() : session.nick);
}

}  // namespace

void send_names(State& state, Session& session, const Channel& channel, std::string_view name) {
  if (channel.visible_to(session)) {
    const bool inside = channel.member(session) != nullptr;
    std::vector<std::string> names;
    for (const auto& [id, member] : channel.members) {
      if (inside || sees(session, *member.session)) {
        names.push_back(name_of(member, session.caps));
      }
    }
    state.reply_list(session, Numeric::rpl_namreply, {channel.secret ? "@" : "=", channel.name},
                     names);
  }
  state.reply(session, Numeric::rpl_endofnames, {name});
}

namespace handlers {

// Modern IRC, NAMES: without a channel there need not be more than the end. One that is not to be
// known is called as it was asked for, like one that is not there.
void names(State& state, Session& session, const Message& message) {
  const std::string_view names = message.param(0);
  if (is_empty_list(names)) return state.reply(session, Numeric::rpl_endofnames, {"*"});
  std::size_t count = 0;
  for (const std::string_view name : split_list(names)) {
    if (name.empty()) continue;
    if (count++ == state.config().limits.targets_max) {
      return state.reply(session, Numeric::err_toomanytargets, {name});
    }
    if (const Channel* channel = state.find_channel(name)) {
      send_names(state, session, *channel, name);
    } else {
      state.reply(session, Numeric::rpl_endofnames, {name});
    }
  }
}

}  // namespace handlers
}  // namespace irc
