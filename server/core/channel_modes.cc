// MODE of a channel: the flags i m n s t, key k, limit l, and who is operator or has voice; the
// lists are in mask_lists.cc.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "server/core/handlers.h"
#include "server/core/isupport.h"
#include "server/core/mode_command.h"
#include "server/wire/utf8.h"

namespace irc {
namespace {

void change_flag(ModeCommand& command, const FlagMode& mode, bool on) {
  bool& flag = command.channel.*mode.flag;
  if (flag == on) return;
  flag = on;
  command.changes.add(on, mode.letter);
}

// RFC 2812 2.3.1, key: 7-bit without controls, spaces and, for JOIN's list, commas.
bool is_key(std::string_view key, std::size_t bytes_max) {
  const auto allowed = [](char byte) { return byte > ' ' && byte < '\x7f' && byte != ','; };
  return !key.empty() && key.size() <= bytes_max && key.front() != ':' &&
         std::ranges::all_of(key, allowed);
}

// Any parameter takes the key away, and none does, too.
void change_key(ModeCommand& command, bool on) {
  Channel& channel = command.channel;
  if (!on) {
    command.take_parameter();
    if (!channel.key) return;
    command.changes.add(false, 'k', *channel.key);
    channel.key.reset();
    return;
  }
  const std::string_view key = command.take_parameter();
  if (!is_key(key, command.state.config().limits.key_bytes_max)) {
    return command.state.reply(command.session, Numeric::err_invalidkey, {channel.name});
  }
  if (channel.key == key) return;
  channel.key = key;
  command.changes.add(true, 'k', key);
}

void change_limit(ModeCommand& command, bool on) {
  Channel& channel = command.channel;
  if (!on) {
    if (channel.member_limit) command.changes.add(false, 'l');
    channel.member_limit.reset();
    return;
  }
  const std::string_view text = command.take_parameter();
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (!whole || limit == 0) return command.refuse('l', text);
  if (channel.member_limit == limit) return;
  channel.member_limit = limit;
  command.changes.add(true, 'l', std::to_string(limit));
}

void change_member(ModeCommand& command, char letter, bool Member::*right, bool on) {
  const std::string_view nick = command.take_parameter();
  if (nick.empty()) return command.refuse(letter, nick);
  Session* user = command.state.find_user(nick);
  if (user == nullptr) {
    return command.state.reply(command.session, Numeric::err_nosuchnick, {nick});
  }
  Member* member = command.channel.member(*user);
  if (member == nullptr) {
    return command.state.reply(command.session, Numeric::err_usernotinchannel,
                               {user->nick, command.channel.name});
  }
  if (member->*right == on) return;
  member->*right = on;
  command.changes.add(on, letter, user->nick);
}

bool takes_parameter(char letter, bool on) {
  return kModeLettersWithParameter.find(letter) != std::string_view::npos && (on || letter != 'l');
}

// What is no letter of a mode may be a character of several bytes, which is said again as a whole.
void change(ModeCommand& command, std::string_view character, bool on) {
  const char letter = character.front();
  if (command.over_limit() && takes_parameter(letter, on)) return;
  switch (letter) {
    case 'k':
      return change_key(command, on);
    case 'l':
      return change_limit(command, on);
    case 'o':
      return change_member(command, letter, &Member::op, on);
    case 'v':
      return change_member(command, letter, &Member::voice, on);
    default:
      break;
  }
  if (const ListMode* list = find_list_mode(letter)) return change_masks(command, *list, on);
  const FlagMode* flag = std::ranges::find(kFlagModes, letter, &FlagMode::letter);
  if (flag != kFlagModes.end()) return change_flag(command, *flag, on);
  command.state.reply(command.session, Numeric::err_unknownmode, {character});
}

// The parameters of key and limit are for members only (RFC 2811 4.2.10).
void send_modes(State& state, Session& session, const Channel& channel) {
  const bool inside = channel.member(session) != nullptr;
  std::string modes = "+";
  for (const FlagMode& mode : kFlagModes) {
    if (channel.*mode.flag) modes += mode.letter;
  }
  if (channel.key) modes += 'k';
  if (channel.member_limit) modes += 'l';
  std::string parameters;
  if (inside && channel.key) parameters += ' ' + *channel.key;
  if (inside && channel.member_limit) parameters += ' ' + std::to_string(*channel.member_limit);
  state.send(session, line(state.config().name,
                           code(Numeric::rpl_channelmodeis) + ' ' + session.nick + ' ' +
                               channel.name + ' ' + modes + parameters,
                           {}));
  state.reply_bare(session, Numeric::rpl_creationtime,
                   {channel.name, std::to_string(channel.created_at)});
}

// "MODE #c b" and "MODE #c +b": anybody may ask who is banned. Null if it is something else.
const ListMode* asked_list(const Message& message) {
  std::string_view letters = message.param(1);
  if (letters.starts_with('+')) letters.remove_prefix(1);
  return message.param_count == 2 && letters.size() == 1 ? find_list_mode(letters.front())
                                                         : nullptr;
}

}  // namespace

void channel_mode(State& state, Session& session, const Message& message) {
  Channel* channel = known_channel(state, session, message.param(0));
  if (channel == nullptr) return;
  if (message.param_count == 1) return send_modes(state, session, *channel);
  if (const ListMode* list = asked_list(message)) {
    return send_masks(state, session, *channel, *list);
  }
  const Member* member = channel->member(session);
  if (member == nullptr || !member->op) {
    return state.reply(session, Numeric::err_chanoprivsneeded, {channel->name});
  }
  ModeCommand command{.state = state,
                      .session = session,
                      .channel = *channel,
                      .parameters = message.params().subspan(2),
                      .changes = {},
                      .shown = {}};
  bool on = true;
  for (std::string_view rest = message.param(1); !rest.empty();) {
    const std::string_view character = first_character(rest);
    rest.remove_prefix(character.size());
    if (character == "+" || character == "-") {
      on = character == "+";
    } else {
      change(command, character, on);
    }
  }
  for (const std::string& each : command.changes.lines(session.source(), channel->name)) {
    state.send_to_members(*channel, each);
  }
}

}  // namespace irc
