// OPER KILL WALLOPS REHASH DIE: who runs the server, and what only they may do.
#include <algorithm>
#include <string>
#include <string_view>

#include "server/core/handlers.h"
#include "server/core/network_of.h"

namespace irc {
namespace {

bool is_configured_operator(const ServerConfig& config, std::string_view name,
                            std::string_view password) {
  if (std::ranges::find(config.operators, name, &Operator::name) == config.operators.end()) {
    config.is_oper_password(config.nobodys_password, password);  // Only for the time it takes.
    return false;
  }
  return std::ranges::any_of(config.operators, [&](const Operator& each) {
    return each.name == name && config.is_oper_password(each.password, password);
  });
}

}  // namespace

bool is_oper(State& state, Session& session) {
  if (!session.oper) state.reply(session, Numeric::err_noprivileges);
  return session.oper;
}

namespace handlers {

// One answer for a name and a password that are wrong: which of them is nobody's business. Nobody
// may guess for long, or often: to compare a password may take time, in which nobody is served.
void oper(State& state, Session& session, const Message& message) {
  const ServerConfig& config = state.config();
  const std::string network = network_of(session.host);
  if (state.oper_pauses().holds(network, state.now())) {
    return state.reply(session, Numeric::rpl_tryagain, {"OPER"});
  }
  const bool granted = is_configured_operator(config, message.param(0), message.param(1));
  if (!session.oper) state.oper_attempt() = {.id = session.id, .granted = granted};
  if (!granted) {
    state.reply(session, Numeric::err_passwdmismatch);
    if (config.oper_pause) state.oper_pauses().begin(network, state.now(), *config.oper_pause);
    ++session.failed_opers;
    if (config.failed_opers_max && session.failed_opers >= *config.failed_opers_max) {
      state.dismiss(session, "Too many failed OPERs");
    }
    return;
  }
  session.failed_opers = 0;
  state.reply(session, Numeric::rpl_youreoper);
  if (session.oper) return;
  session.oper = true;
  state.send(session, line(session.source(), "MODE", {session.nick, "+o"}));
}

void kill(State& state, Session& session, const Message& message) {
  if (!is_oper(state, session)) return;
  const std::string_view nick = message.param(0);
  if (equal_ascii(nick, state.config().name)) {
    return state.reply(session, Numeric::err_cantkillserver);
  }
  Session* victim = state.find_user(nick);
  if (victim == nullptr) return state.reply(session, Numeric::err_nosuchnick, {nick});
  const std::string comment(message.param(1));
  state.send(*victim, line(session.source(), "KILL", {victim->nick}, comment));
  state.dismiss(*victim, "Killed (" + session.nick + " (" + comment + "))");
}

void wallops(State& state, Session& session, const Message& message) {
  if (!is_oper(state, session)) return;
  const std::string text = line(session.source(), "WALLOPS", {}, message.param(0));
  for (auto& [id, each] : state.sessions()) {
    if (each.wallops) state.send(each, text);
  }
}

// What has been read, and whether it was sound, is told by whoever reads it.
void rehash(State& state, Session& session, const Message&) {
  if (!is_oper(state, session)) return;
  state.requests().rehash = true;
  state.reply(session, Numeric::rpl_rehashing, {state.config().config_name});
}

void die(State& state, Session& session, const Message&) {
  if (is_oper(state, session)) state.requests().die = true;
}

}  // namespace handlers
}  // namespace irc
