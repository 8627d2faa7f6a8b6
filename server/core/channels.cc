// TOPIC KICK INVITE: what a channel is about, and who has to leave it or may come.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/handlers.h"

namespace irc {
namespace {

bool is_op(const Channel& channel, const Session& session) {
  const Member* member = channel.member(session);
  return member != nullptr && member->op;
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

// An invitation is kept until it is used, as long as there are not too many of them. What an
// operator has said no other member undoes: he neither replaces nor crowds out an invitation of
// his.
void add_invitation(State& state, Channel& channel, const Session& guest, bool by_op) {
  std::vector<Invitation>& invited = channel.invited;
  const Invitation* before = channel.invitation_of(guest);
  const bool ever_by_op = by_op || (before != nullptr && before->by_op);
  std::erase_if(invited, [&guest](const auto& each) { return each.guest == guest.id; });
  invited.push_back({.guest = guest.id, .by_op = ever_by_op});
  if (invited.size() <= state.config().limits.invited_max) return;
  const auto plain = std::ranges::find(invited, false, &Invitation::by_op);
  invited.erase(plain != invited.end() ? plain : invited.begin());
}

// Modern IRC, INVITE: without parameters it lists one's own.
void send_invitations(State& state, Session& session) {
  for (const auto& [folded, channel] : state.channels()) {
    if (channel.invitation_of(session) == nullptr) continue;
    state.reply_bare(session, Numeric::rpl_invitelist, {channel.name});
  }
  state.reply(session, Numeric::rpl_endofinvitelist);
}

}  // namespace

Channel* known_channel(State& state, Session& session, std::string_view name) {
  Channel* channel = state.find_channel(name);
  if (channel != nullptr && channel->visible_to(session)) return channel;
  state.reply(session, Numeric::err_nosuchchannel, {name});
  return nullptr;
}

Channel* channel_of_member(State& state, Session& session, std::string_view name) {
  Channel* channel = known_channel(state, session, name);
  if (channel == nullptr || channel->member(session) != nullptr) return channel;
  state.reply(session, Numeric::err_notonchannel, {channel->name});
  return nullptr;
}

void send_topic(State& state, Session& session, const Channel& channel) {
  const Topic& topic = *channel.topic;
  state.reply(session, Numeric::rpl_topic, {channel.name}, topic.text);
  state.reply_bare(session, Numeric::rpl_topicwhotime,
                   {channel.name, topic.set_by, std::to_string(topic.set_at)});
}

namespace handlers {

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

// RFC 2812 3.2.8: one channel, or as many as there are users.
void kick(State& state, Session& session, const Message& message) {
  const std::string comment(message.param_count > 2
                                ? cut(message.param(2), state.config().limits.kick_bytes_max)
                                : session.nick);
  const auto channels = split_list(message.param(0));
  const auto nicks = split_list(message.param(1));
  const bool uneven = channels.size() > 1 && channels.size() != nicks.size();
  if (uneven || is_empty_list(message.param(1))) {
    return state.reply(session, Numeric::err_needmoreparams, {"KICK"});
  }
  for (std::size_t i = 0; i < nicks.size(); ++i) {
    const std::string_view channel = channels[channels.size() > 1 ? i : 0];
    if (!nicks[i].empty()) kick_one(state, session, channel, nicks[i], comment);
  }
}

void invite(State& state, Session& session, const Message& message) {
  if (message.param_count == 0) return send_invitations(state, session);
  if (message.param_count == 1) {
    return state.reply(session, Numeric::err_needmoreparams, {"INVITE"});
  }
  Session* guest = state.find_user(message.param(0));
  if (guest == nullptr) return state.reply(session, Numeric::err_nosuchnick, {message.param(0)});
  Channel* channel = channel_of_member(state, session, message.param(1));
  if (channel == nullptr) return;
  const bool by_op = is_op(*channel, session);
  if (channel->invite_only && !by_op) {
    return state.reply(session, Numeric::err_chanoprivsneeded, {channel->name});
  }
  if (channel->member(*guest) != nullptr) {
    return state.reply(session, Numeric::err_useronchannel, {guest->nick, channel->name});
  }
  add_invitation(state, *channel, *guest, by_op);
  state.reply_bare(session, Numeric::rpl_inviting, {guest->nick, channel->name});
  if (guest->away) state.reply(session, Numeric::rpl_away, {guest->nick}, *guest->away);
  state.send(*guest, line(session.source(), "INVITE", {guest->nick, channel->name}));
}

}  // namespace handlers
}  // namespace irc
