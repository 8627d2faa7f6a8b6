// NAMES LIST WHO: who is where, as far as the one who asks may know.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/handlers.h"

namespace irc {
namespace {

bool share_a_channel(const Session& a, const Session& b) {
  return std::ranges::any_of(
      a.channels, [&b](const Channel* channel) { return channel->member(b) != nullptr; });
}

// RFC 2812 3.1.5, mode i.
bool sees(const Session& session, const Session& other) {
  return !other.invisible || &session == &other || share_a_channel(session, other);
}

void send_who(State& state, Session& session, const Session& found, const Channel* channel) {
  const Member* member = channel != nullptr ? channel->member(found) : nullptr;
  std::string flags = found.away ? "G" : "H";
  if (found.oper) flags += '*';
  if (member != nullptr) flags += member->prefix();
  const std::string& name = state.config().name;
  state.reply(
      session, Numeric::rpl_whoreply,
      {channel != nullptr ? channel->name : "*", found.user, found.host, name, found.nick, flags},
      "0 " + found.realname);
}

void who_channel(State& state, Session& session, const Channel& channel) {
  if (!channel.visible_to(session)) return;
  for (const auto& [id, member] : channel.members) {
    if (sees(session, *member.session)) send_who(state, session, *member.session, &channel);
  }
}

void who_mask(State& state, Session& session, std::string_view mask) {
  const Casemapping mapping = state.config().casemapping;
  for (const auto& [id, found] : state.sessions()) {
    if (found.stage != Stage::registered) continue;
    const bool exact = equal(mapping, mask, found.nick);
    const bool matched =
        matches_mask(mask, found.nick, mapping) || matches_mask(mask, found.host, mapping);
    if (exact || (matched && sees(session, found))) send_who(state, session, found, nullptr);
  }
}

void send_list_item(State& state, Session& session, const Channel& channel) {
  if (!channel.visible_to(session)) return;
  const std::string count = std::to_string(channel.members.size());
  const std::string_view topic = channel.topic ? std::string_view(channel.topic->text) : "";
  state.reply(session, Numeric::rpl_list, {channel.name, count}, topic);
}

}  // namespace

void send_names(State& state, Session& session, const Channel& channel) {
  if (channel.visible_to(session)) {
    const bool inside = channel.member(session) != nullptr;
    std::vector<std::string> names;
    for (const auto& [id, member] : channel.members) {
      if (inside || sees(session, *member.session)) {
        names.push_back(std::string(member.prefix()) + member.session->nick);
      }
    }
    state.reply_list(session, Numeric::rpl_namreply, {channel.secret ? "@" : "=", channel.name},
                     names);
  }
  state.reply(session, Numeric::rpl_endofnames, {channel.name});
}

namespace handlers {

// Modern IRC, NAMES: without a parameter there need not be more than the end.
void names(State& state, Session& session, const Message& message) {
  if (message.param_count == 0) return state.reply(session, Numeric::rpl_endofnames, {"*"});
  for (const std::string_view name : split_list(message.param(0))) {
    if (name.empty()) continue;
    if (const Channel* channel = state.find_channel(name)) {
      send_names(state, session, *channel);
    } else {
      state.reply(session, Numeric::rpl_endofnames, {name});
    }
  }
}

void list(State& state, Session& session, const Message& message) {
  state.reply(session, Numeric::rpl_liststart, {"Channel"});
  if (message.param(0).empty()) {
    for (const auto& [folded, channel] : state.channels()) send_list_item(state, session, channel);
  } else {
    for (const std::string_view name : split_list(message.param(0))) {
      const Channel* channel = state.find_channel(name);
      if (channel != nullptr) send_list_item(state, session, *channel);
    }
  }
  state.reply(session, Numeric::rpl_listend);
}

void who(State& state, Session& session, const Message& message) {
  const std::string_view mask = message.param(0).empty() ? "*" : message.param(0);
  if (mask.front() != '#') {
    who_mask(state, session, mask == "0" ? "*" : mask);
  } else if (const Channel* channel = state.find_channel(mask)) {
    who_channel(state, session, *channel);
  }
  state.reply(session, Numeric::rpl_endofwho, {mask});
}

}  // namespace handlers
}  // namespace irc
