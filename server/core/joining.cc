// JOIN PART: how one comes to be on a channel, and leaves it.
#include <optional>
#include <string>
#include <string_view>

#include "server/core/handlers.h"

namespace irc {
namespace {

// RFC 2811 4.2.2, 4.3.1: an invitation of an operator's opens +i and passes a ban, one of another
// member's does neither; a mask of +I opens +i, too (4.3.2).
std::optional<Numeric> refusal(const State& state, const Channel& channel, const Session& session,
                               std::string_view key) {
  const Casemapping mapping = state.config().casemapping;
  const std::string source = session.source();
  const Invitation* invitation = channel.invitation_of(session);
  const bool asked_in = invitation != nullptr && invitation->by_op;
  if (channel.invite_only && !asked_in && !any_matches(channel.invitations, source, mapping)) {
    return Numeric::err_inviteonlychan;
  }
  if (!asked_in && channel.bans_source(source, mapping)) return Numeric::err_bannedfromchan;
  if (channel.key && *channel.key != key) return Numeric::err_badchannelkey;
  if (channel.member_limit && channel.members.size() >= *channel.member_limit) {
    return Numeric::err_channelisfull;
  }
  return std::nullopt;
}

// IRCv3 extended-join (there are no accounts, so it is "*") and away-notify.
void announce(State& state, const Session& session, const Channel& channel) {
  const std::string source = session.source();
  const std::string plain = line(source, "JOIN", {channel.name});
  const std::string extended = line(source, "JOIN", {channel.name, "*"}, session.realname);
  for (const auto& [id, member] : channel.members) {
    const Capabilities& caps = member.session->caps;
    state.send(*member.session, caps.extended_join ? extended : plain);
    if (session.away && caps.away_notify && member.session != &session) {
      state.send(*member.session, line(source, "AWAY", {}, *session.away));
    }
  }
}

void join_channel(State& state, Session& session, std::string_view name, std::string_view key) {
  const Limits& limits = state.config().limits;
  if (!is_channel_name(name, limits.channel_bytes_max)) {
    return state.reply(session, Numeric::err_badchanmask, {name});
  }
  Channel* channel = state.find_channel(name);
  if (channel != nullptr && channel->member(session) != nullptr) return;
  if (session.channels.size() >= limits.channels_max) {
    return state.reply(session, Numeric::err_toomanychannels, {name});
  }
  const bool created = channel == nullptr;
  if (created) {
    channel = &state.create_channel(name);
  } else if (const std::optional<Numeric> why = refusal(state, *channel, session, key)) {
    return state.reply(session, *why, {name});
  }
  state.enter(session, *channel, created);
  announce(state, session, *channel);
  if (channel->topic) send_topic(state, session, *channel);
  send_names(state, session, *channel, channel->name);
}

void part_channel(State& state, Session& session, Channel& channel,
                  std::optional<std::string_view> reason) {
  const std::string source = session.source();
  state.send_to_members(channel, reason ? line(source, "PART", {channel.name}, *reason)
                                        : line(source, "PART", {channel.name}));
  state.depart(session, channel);
}

// RFC 2812 3.2.1: JOIN 0.
void part_all(State& state, Session& session) {
  while (!session.channels.empty()) {
    part_channel(state, session, *session.channels.front(), std::nullopt);
  }
}

}  // namespace

namespace handlers {

void join(State& state, Session& session, const Message& message) {
  if (message.param(0) == "0") return part_all(state, session);
  if (is_empty_list(message.param(0))) {
    return state.reply(session, Numeric::err_needmoreparams, {"JOIN"});
  }
  const auto names = split_list(message.param(0));
  const auto keys = split_list(message.param(1));
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) continue;
    join_channel(state, session, names[i], i < keys.size() ? keys[i] : std::string_view{});
  }
}

void part(State& state, Session& session, const Message& message) {
  if (is_empty_list(message.param(0))) {
    return state.reply(session, Numeric::err_needmoreparams, {"PART"});
  }
  const auto reason = message.param_count > 1 ? std::optional(message.param(1)) : std::nullopt;
  for (const std::string_view name : split_list(message.param(0))) {
    if (name.empty()) continue;
    if (Channel* channel = channel_of_member(state, session, name)) {
      part_channel(state, session, *channel, reason);
    }
  }
}

}  // namespace handlers
}  // namespace irc
