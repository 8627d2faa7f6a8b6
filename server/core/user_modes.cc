// MODE, and what a user says of himself: the modes B, i, o, w, and AWAY.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "server/core/handlers.h"

namespace irc {
namespace {

struct UserMode {
  char letter;
  bool Session::*flag;
};
constexpr auto kUserModes = std::to_array<UserMode>({
    {'B', &Session::bot},
    {'i', &Session::invisible},
    {'o', &Session::oper},
    {'w', &Session::wallops},
});

std::string modes_of(const Session& session) {
  std::string modes = "+";
  for (const UserMode& mode : kUserModes) {
    if (session.*mode.flag) modes += mode.letter;
  }
  return modes;
}

// Sets what is known; what has changed is the result ("+i-w"). RFC 2812 3.1.5: nobody makes
// himself an operator so.
std::string change_modes(Session& session, std::string_view letters, bool& unknown) {
  std::string changes;
  char sign = '+';
  char written = ' ';
  for (const char letter : letters) {
    if (letter == '+' || letter == '-') {
      sign = letter;
      continue;
    }
    const UserMode* mode = std::ranges::find(kUserModes, letter, &UserMode::letter);
    if (mode == kUserModes.end()) {
      unknown = true;
      continue;
    }
    const bool on = sign == '+';
    if (session.*mode->flag == on || (letter == 'o' && on)) continue;
    session.*mode->flag = on;
    if (written != sign) changes += sign;
    written = sign;
    changes += letter;
  }
  return changes;
}

void user_mode(State& state, Session& session, const Message& message) {
  const std::string_view nick = message.param(0);
  if (!equal(state.config().casemapping, nick, session.nick)) {
    const bool exists = state.find_user(nick) != nullptr;
    if (exists) return state.reply(session, Numeric::err_usersdontmatch);
    return state.reply(session, Numeric::err_nosuchnick, {nick});
  }
  if (message.param_count == 1) {
    return state.reply_bare(session, Numeric::rpl_umodeis, {modes_of(session)});
  }
  bool unknown = false;
  const std::string changes = change_modes(session, message.param(1), unknown);
  if (!changes.empty()) {
    state.send(session, line(session.source(), "MODE", {session.nick, changes}));
  }
  if (unknown) state.reply(session, Numeric::err_umodeunknownflag);
}

}  // namespace

namespace handlers {

void mode(State& state, Session& session, const Message& message) {
  if (message.param(0).starts_with('#')) return channel_mode(state, session, message);
  user_mode(state, session, message);
}

// IRCv3 away-notify: to peers, not to oneself.
void away(State& state, Session& session, const Message& message) {
  const std::string text(cut(message.param(0), state.config().limits.away_bytes_max));
  const bool was_away = session.away.has_value();
  session.away = text.empty() ? std::nullopt : std::optional(text);
  state.reply(session, text.empty() ? Numeric::rpl_unaway : Numeric::rpl_nowaway);
  if (text.empty() && !was_away) return;
  const std::string source = session.source();
  const std::string told = text.empty() ? line(source, "AWAY", {}) : line(source, "AWAY", {}, text);
  for (Session* peer : state.peers_of(session)) {
    if (peer->caps.away_notify) state.send(*peer, told);
  }
}

}  // namespace handlers
}  // namespace irc
