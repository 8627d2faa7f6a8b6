// PASS NICK USER PING QUIT: who a client is, and whether it is there.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "server/core/handlers.h"
#include "server/core/password.h"

namespace irc {
namespace {

// What may stand between '!' and '@' of a source. Modern IRC, USERLEN: cut without a word.
std::string user_name(std::string_view given, std::size_t bytes_max) {
  std::string user;
  std::ranges::copy_if(given, std::back_inserter(user), [](char byte) {
    return static_cast<unsigned char>(byte) > ' ' && byte != '!' && byte != '@' && byte != '\x7f';
  });
  return std::string(cut(user, bytes_max));
}

void change_nick(State& state, Session& session, std::string_view nick) {
  if (nick == session.nick) return;
  if (session.stage == Stage::registered) {
    // As text, as other servers do: ii knows no change without the colon.
    const std::string change = line(session.source(), "NICK", {}, nick);
    state.send(session, change);
    state.send_to_peers(session, change);
  }
  state.rename(session, nick);
}

}  // namespace

void register_if_complete(State& state, Session& session) {
  if (session.nick.empty() || session.user.empty() || session.negotiating) return;
  const auto& password = state.config().password;
  const std::string given = std::exchange(session.password, {});
  if (password && !is_password(*password, given)) {
    state.reply(session, Numeric::err_passwdmismatch);
    state.dismiss(session, "Bad Password");
    return;
  }
  welcome(state, session);
}

namespace handlers {

void pass(State&, Session& session, const Message& message) {
  session.password = message.param(0);
}

void nick(State& state, Session& session, const Message& message) {
  const std::string_view nick = message.param(0);
  if (nick.empty()) return state.reply(session, Numeric::err_nonicknamegiven);
  if (!is_nick(nick, state.config().limits.nick_bytes_max)) {
    return state.reply(session, Numeric::err_erroneusnickname, {nick});
  }
  const Session* holder = state.holder(nick);
  if (holder != nullptr && holder != &session) {
    return state.reply(session, Numeric::err_nicknameinuse, {nick});
  }
  change_nick(state, session, nick);
  if (session.stage == Stage::registering) register_if_complete(state, session);
}

void user(State& state, Session& session, const Message& message) {
  const std::string user = user_name(message.param(0), state.config().limits.user_bytes_max);
  if (user.empty()) return state.reply(session, Numeric::err_needmoreparams, {"USER"});
  session.user = user;
  session.realname = cut(message.param(3), state.config().limits.realname_bytes_max);
  register_if_complete(state, session);
}

// Answered before registration, too: then it is the one way to find out what has been read.
void ping(State& state, Session& session, const Message& message) {
  if (message.param(0).empty()) return state.reply(session, Numeric::err_noorigin);
  const std::string& name = state.config().name;
  state.send(session, line(name, "PONG", {name}, message.param(0)));
}

// Modern IRC, QUIT: the prefix shows that the client made the reason up.
void quit(State& state, Session& session, const Message& message) {
  state.leave(session, "Quit: " + std::string(message.param(0)));
}

// PONG: that it came is all there is to it. ERROR: RFC 2812 3.7.4, not from a client.
void ignore(State&, Session&, const Message&) {}

}  // namespace handlers
}  // namespace irc
