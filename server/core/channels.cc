// JOIN PART TOPIC KICK INVITE: who is on a channel, and what it is about.
#include <optional>
#include <string>
#include <string_view>

#include "server/core/handlers.h"

namespace irc {
namespace {

// The channel if it exists and the session is on it, else an answer that says why not.
Channel* channel_of_member(State& state, Session& session, std::string_view name) {
  Channel* channel = state.find_channel(name);
  if (channel == nullptr) {
    state.reply(session, Numeric::err_nosuchchannel, {name});
    return nullptr;
  }
  if (channel->member(session) == nullptr) {
    state.reply(session, Numeric::err_notonchannel, {channel->name});
    return nullptr;
  }
  return channel;
}

bool is_op(const Channel& channel, const Session& session) {
  const Member* member = channel.member(session);
  return member != nullptr && member->op;
}

void send_topic(State& state, Session& session, const Channel& channel) {
  const Topic& topic = *channel.topic;
  state.reply(session, Numeric::rpl_topic, {channel.name}, topic.text);
  state.reply_bare(session, Numeric::rpl_topicwhotime,
                   {channel.name, topic.set_by, std::to_string(topic.set_at)});
}

// Why the session may not join; nothing if it may. An invitation opens +i, no other mode.
std::optional<Numeric> refusal(const State& state, const Channel& channel, const Session& session,
                               std::string_view key) {
  if (channel.invite_only && !channel.invited.contains(session.id)) {
    return Numeric::err_inviteonlychan;
  }
  if (channel.bans_source(session.source(), state.config().casemapping)) {
    return Numeric::err_bannedfromchan;
  }
  if (channel.key && *channel.key != key) return Numeric::err_badchannelkey;
  if (channel.member_limit && channel.members.size() >= *channel.member_limit) {
    return Numeric::err_channelisfull;
  }
  return std::nullopt;
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
    return state.reply(session, *why, {channel->name});
  }
  state.enter(session, *channel, created);
  state.send_to_members(*channel, line(session.source(), "JOIN", {channel->name}));
  if (channel->topic) send_topic(state, session, *channel);
  send_names(state, session, *channel);
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

// All is looked up anew for each nickname: the kick before may have been of oneself, and the last.
void kick_one(State& state, Session& session, std::string_view channel_name, std::string_view nick,
              std::string_view comment) {
  Channel* channel = channel_of_member(state, session, channel_name);
  if (channel == nullptr) return;
  if (!is_op(*channel, session)) {
    return state.reply(session, Numeric::err_chanoprivsneeded, {channel->name});
  }
  Session* kicked = state.find_user(nick);
  if (kicked == nullptr) return state.reply(session, Numeric::err_nosuchnick, {nick});
  if (channel->member(*kicked) == nullptr) {
    return state.reply(session, Numeric::err_usernotinchannel, {kicked->nick, channel->name});
  }
  state.send_to_members(*channel,
                        line(session.source(), "KICK", {channel->name, kicked->nick}, comment));
  state.depart(*kicked, *channel);
}

}  // namespace

namespace handlers {

void join(State& state, Session& session, const Message& message) {
  if (message.param(0) == "0") return part_all(state, session);
  const auto names = split_list(message.param(0));
  const auto keys = split_list(message.param(1));
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) continue;
    join_channel(state, session, names[i], i < keys.size() ? keys[i] : std::string_view{});
  }
}

void part(State& state, Session& session, const Message& message) {
  const auto reason = message.param_count > 1 ? std::optional(message.param(1)) : std::nullopt;
  for (const std::string_view name : split_list(message.param(0))) {
    if (name.empty()) continue;
    if (Channel* channel = channel_of_member(state, session, name)) {
      part_channel(state, session, *channel, reason);
    }
  }
}

void topic(State& state, Session& session, const Message& message) {
  Channel* channel = channel_of_member(state, session, message.param(0));
  if (channel == nullptr) return;
  if (message.param_count == 1) {
    if (channel->topic) return send_topic(state, session, *channel);
    return state.reply(session, Numeric::rpl_notopic, {channel->name});
  }
  if (channel->topic_protected && !is_op(*channel, session)) {
    return state.reply(session, Numeric::err_chanoprivsneeded, {channel->name});
  }
  const std::string text(cut(message.param(1), state.config().limits.topic_bytes_max));
  channel->topic.reset();
  if (!text.empty()) {
    channel->topic = {.text = text, .set_by = session.source(), .set_at = state.unix_now()};
  }
  state.send_to_members(*channel, line(session.source(), "TOPIC", {channel->name}, text));
}

void kick(State& state, Session& session, const Message& message) {
  const std::string comment(message.param_count > 2
                                ? cut(message.param(2), state.config().limits.kick_bytes_max)
                                : session.nick);
  for (const std::string_view nick : split_list(message.param(1))) {
    if (!nick.empty()) kick_one(state, session, message.param(0), nick, comment);
  }
}

void invite(State& state, Session& session, const Message& message) {
  Session* guest = state.find_user(message.param(0));
  if (guest == nullptr) return state.reply(session, Numeric::err_nosuchnick, {message.param(0)});
  Channel* channel = channel_of_member(state, session, message.param(1));
  if (channel == nullptr) return;
  if (channel->invite_only && !is_op(*channel, session)) {
    return state.reply(session, Numeric::err_chanoprivsneeded, {channel->name});
  }
  if (channel->member(*guest) != nullptr) {
    return state.reply(session, Numeric::err_useronchannel, {guest->nick, channel->name});
  }
  channel->invited.insert(guest->id);
  state.reply_bare(session, Numeric::rpl_inviting, {guest->nick, channel->name});
  if (guest->away) state.reply(session, Numeric::rpl_away, {guest->nick}, *guest->away);
  state.send(*guest, line(session.source(), "INVITE", {guest->nick, channel->name}));
}

}  // namespace handlers
}  // namespace irc
