// PRIVMSG NOTICE TAGMSG: what clients say to each other.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/handlers.h"
#include "server/wire/utf8.h"

namespace irc {
namespace {

// A PRIVMSG; a NOTICE, to which no answer may be given (RFC 2812 3.3.2); or a TAGMSG, which has no
// text (IRCv3 message-tags).
struct Speech {
  std::string_view command;
  bool answers;
  std::string tags;  // As relayed, "+a=b;+c".
  std::optional<std::string_view> text;
};

// IRCv3 message-tags, format: "+", a vendor perhaps, and letters, digits and hyphens; the value is
// UTF-8. A tag that is none is not passed on, and no reason to refuse the message.
bool is_client_tag(std::string_view tag) {
  const std::string_view key = tag.substr(0, tag.find('='));
  const auto allowed = [](char byte) {
    return ('a' <= byte && byte <= 'z') || ('A' <= byte && byte <= 'Z') ||
           ('0' <= byte && byte <= '9') || byte == '-' || byte == '.' || byte == '/';
  };
  return key.size() > 1 && key.front() == '+' && std::ranges::all_of(key.substr(1), allowed) &&
         is_utf8(tag);
}

// What others may see of a client's tags: those with a '+', of each key the last one. They are no
// longer than they came, so with the limit of the framer they fit.
std::string relayed_tags(const Session& session, const Message& message) {
  if (!session.caps.message_tags) return {};
  std::map<std::string_view, std::string_view> by_key;
  for (const std::string_view tag : split_list(message.tags, ';')) {
    if (is_client_tag(tag)) by_key[tag.substr(0, tag.find('='))] = tag;
  }
  std::string tags;
  for (const auto& [key, tag] : by_key) tags.append(tags.empty() ? "" : ";").append(tag);
  return tags;
}

std::string line_of(const Session& session, const Speech& speech, std::string_view target) {
  return speech.text ? line(session.source(), speech.command, {target}, *speech.text)
                     : line(session.source(), speech.command, {target});
}

// Who did not ask for tags gets no TAGMSG.
void deliver(State& state, Session& to, const Speech& speech, const std::string& line) {
  if (speech.text || to.caps.message_tags) state.send(to, line, speech.tags);
}

// IRCv3 echo-message: what has been delivered to others, as it was.
void echo(State& state, Session& session, const Speech& speech, const std::string& line) {
  if (session.caps.echo_message) deliver(state, session, speech, line);
}

// "#c", or "@#c" and "+#c": of its members those who are that, or more (Modern IRC, STATUSMSG).
struct ChannelTarget {
  std::string_view status;
  std::string_view name;

  bool reaches(const Member& member) const {
    return status.empty() || member.op || (status == "+" && member.voice);
  }
};

// Nothing if it is no channel's.
std::optional<ChannelTarget> channel_target(std::string_view target) {
  const std::size_t status = target.starts_with('@') || target.starts_with('+') ? 1 : 0;
  const std::string_view name = target.substr(status);
  if (!name.starts_with('#')) return std::nullopt;
  return ChannelTarget{.status = target.substr(0, status), .name = name};
}

bool may_speak(const State& state, const Channel& channel, const Session& session) {
  const Member* member = channel.member(session);
  if (member != nullptr && member->may_speak()) return true;
  if (member == nullptr && channel.no_external) return false;
  return !channel.moderated && !channel.bans_source(session.source(), state.config().casemapping);
}

// Why it cannot be delivered; nothing if it was. That a channel is secret must not show: to one who
// may not speak there it is not there.
std::optional<Numeric> say_to_channel(State& state, Session& session, const Speech& speech,
                                      const ChannelTarget& target) {
  const Channel* channel = state.find_channel(target.name);
  if (channel == nullptr) return Numeric::err_nosuchchannel;
  if (!may_speak(state, *channel, session)) {
    return channel->visible_to(session) ? Numeric::err_cannotsendtochan
                                        : Numeric::err_nosuchchannel;
  }
  const std::string said = line_of(session, speech, std::string(target.status) + channel->name);
  for (const auto& [id, member] : channel->members) {
    if (member.session != &session && target.reaches(member)) {
      deliver(state, *member.session, speech, said);
    }
  }
  echo(state, session, speech, said);
  return std::nullopt;
}

std::optional<Numeric> say_to_user(State& state, Session& session, const Speech& speech,
                                   std::string_view nick) {
  Session* user = state.find_user(nick);
  if (user == nullptr) return Numeric::err_nosuchnick;
  const std::string said = line_of(session, speech, user->nick);
  deliver(state, *user, speech, said);
  if (user != &session) echo(state, session, speech, said);
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
    const auto channel = channel_target(to[i]);
    const auto why = channel ? say_to_channel(state, session, speech, *channel)
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
  if (!session.caps.message_tags) {
    return state.reply(session, Numeric::err_unknowncommand, {message.command});
  }
  const Speech speech{.command = "TAGMSG",
                      .answers = true,
                      .tags = relayed_tags(session, message),
                      .text = std::nullopt};
  say(state, session, speech, message.param(0));
}

}  // namespace handlers
}  // namespace irc
