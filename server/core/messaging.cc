// PRIVMSG NOTICE TAGMSG WALLOPS AWAY KILL: what reaches others.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/handlers.h"

namespace irc {
namespace {

// A PRIVMSG; a NOTICE, to which no answer may be given (RFC 2812 3.3.2); or a TAGMSG, which has no
// text (IRCv3 message-tags).
struct Speech {
  std::string_view command;
  bool answers;
  std::string tags;  // As relayed, "@+a=b;+c "; empty if there are none.
  std::optional<std::string_view> text;
};

// What others may see of a client's tags: those with a '+', of each key the last one. They are no
// longer than they came, so with the limit of the framer they fit.
std::string relayed_tags(const Session& session, const Message& message) {
  if (!session.message_tags) return {};
  std::map<std::string_view, std::string_view> by_key;
  for (const std::string_view tag : split_list(message.tags, ';')) {
    if (tag.starts_with('+')) by_key[tag.substr(0, tag.find('='))] = tag;
  }
  std::string tags;
  for (const auto& [key, tag] : by_key) tags.append(tags.empty() ? "@" : ";").append(tag);
  return tags.empty() ? tags : tags.append(" ");
}

std::string untagged_line(const Session& session, const Speech& speech, std::string_view target) {
  return speech.text ? line(session.source(), speech.command, {target}, *speech.text)
                     : line(session.source(), speech.command, {target});
}

// Who did not ask for tags gets none, and no TAGMSG either.
void deliver(State& state, Session& to, const Speech& speech, const std::string& untagged) {
  if (to.message_tags) return state.send(to, speech.tags + untagged);
  if (speech.text) state.send(to, untagged);
}

bool may_speak(const State& state, const Channel& channel, const Session& session) {
  const Member* member = channel.member(session);
  if (member != nullptr && member->may_speak()) return true;
  if (member == nullptr && channel.no_external) return false;
  return !channel.moderated && !channel.bans_source(session.source(), state.config().casemapping);
}

// Why it cannot be delivered; nothing if it was.
std::optional<Numeric> say_to_channel(State& state, Session& session, const Speech& speech,
                                      std::string_view name) {
  const Channel* channel = state.find_channel(name);
  if (channel == nullptr) return Numeric::err_nosuchchannel;
  if (!may_speak(state, *channel, session)) return Numeric::err_cannotsendtochan;
  const std::string untagged = untagged_line(session, speech, channel->name);
  for (const auto& [id, member] : channel->members) {
    if (member.session != &session) deliver(state, *member.session, speech, untagged);
  }
  return std::nullopt;
}

std::optional<Numeric> say_to_user(State& state, Session& session, const Speech& speech,
                                   std::string_view nick) {
  Session* user = state.find_user(nick);
  if (user == nullptr) return Numeric::err_nosuchnick;
  deliver(state, *user, speech, untagged_line(session, speech, user->nick));
  if (user->away && speech.answers) {
    state.reply(session, Numeric::rpl_away, {user->nick}, *user->away);
  }
  return std::nullopt;
}

// Without empty items and, by casemapping, without those that came before.
std::vector<std::string_view> distinct(const std::vector<std::string_view>& targets,
                                       Casemapping mapping) {
  std::vector<std::string_view> kept;
  for (const std::string_view target : targets) {
    const auto same = [=](std::string_view other) { return equal(mapping, target, other); };
    if (!target.empty() && std::ranges::none_of(kept, same)) kept.push_back(target);
  }
  return kept;
}

void say(State& state, Session& session, const Speech& speech, std::string_view targets) {
  const auto answer = [&](Numeric numeric, Middles middles) {
    if (speech.answers) state.reply(session, numeric, middles);
  };
  const std::vector<std::string_view> to =
      distinct(split_list(targets), state.config().casemapping);
  if (to.empty()) return answer(Numeric::err_norecipient, {});
  if (speech.text && speech.text->empty()) return answer(Numeric::err_notexttosend, {});
  session.active = state.now();
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (i == state.config().limits.targets_max) {
      return answer(Numeric::err_toomanytargets, {to[i]});
    }
    const auto why = to[i].front() == '#' ? say_to_channel(state, session, speech, to[i])
                                          : say_to_user(state, session, speech, to[i]);
    if (why) answer(*why, {to[i]});
  }
}

}  // namespace

namespace handlers {

void privmsg(State& state, Session& session, const Message& message) {
  const Speech speech{.command = "PRIVMSG",
                      .answers = true,
                      .tags = relayed_tags(session, message),
                      .text = message.param(1)};
  say(state, session, speech, message.param(0));
}

void notice(State& state, Session& session, const Message& message) {
  const Speech speech{.command = "NOTICE",
                      .answers = false,
                      .tags = relayed_tags(session, message),
                      .text = message.param(1)};
  say(state, session, speech, message.param(0));
}

// A command that comes with the capability.
void tagmsg(State& state, Session& session, const Message& message) {
  if (!session.message_tags) {
    return state.reply(session, Numeric::err_unknowncommand, {message.command});
  }
  const Speech speech{.command = "TAGMSG",
                      .answers = true,
                      .tags = relayed_tags(session, message),
                      .text = std::nullopt};
  say(state, session, speech, message.param(0));
}

void wallops(State& state, Session& session, const Message& message) {
  if (!session.oper) return state.reply(session, Numeric::err_noprivileges);
  const std::string text = line(session.source(), "WALLOPS", {}, message.param(0));
  for (auto& [id, each] : state.sessions()) {
    if (each.wallops) state.send(each, text);
  }
}

void away(State& state, Session& session, const Message& message) {
  if (message.param(0).empty()) {
    session.away.reset();
    return state.reply(session, Numeric::rpl_unaway);
  }
  session.away = cut(message.param(0), state.config().limits.away_bytes_max);
  state.reply(session, Numeric::rpl_nowaway);
}

void kill(State& state, Session& session, const Message& message) {
  const std::string_view nick = message.param(0);
  if (!session.oper) return state.reply(session, Numeric::err_noprivileges);
  if (equal_ascii(nick, state.config().name)) {
    return state.reply(session, Numeric::err_cantkillserver);
  }
  Session* victim = state.find_user(nick);
  if (victim == nullptr) return state.reply(session, Numeric::err_nosuchnick, {nick});
  const std::string comment(message.param_count > 1 ? message.param(1) : "No reason");
  state.send(*victim, line(session.source(), "KILL", {victim->nick}, comment));
  state.leave(*victim, "Killed (" + session.nick + " (" + comment + "))");
}

}  // namespace handlers
}  // namespace irc
