// What the server says of itself: VERSION TIME INFO ADMIN LINKS; and what it does not have.
#include <string>
#include <string_view>

#include "server/core/dates.h"
#include "server/core/handlers.h"
#include "server/core/isupport.h"

namespace irc {

bool is_this_server(State& state, Session& session, std::string_view server) {
  const bool named = matches_mask(server, state.config().name, Casemapping::ascii);
  if (server.empty() || named || state.find_user(server) != nullptr) return true;
  state.reply(session, Numeric::err_nosuchserver, {server});
  return false;
}

namespace handlers {

void version(State& state, Session& session, const Message& message) {
  if (!is_this_server(state, session, message.param(0))) return;
  const ServerConfig& config = state.config();
  state.reply(session, Numeric::rpl_version, {config.version, config.name}, "reference server");
  send_isupport(state, session, isupport_tokens(config));
}

void time(State& state, Session& session, const Message& message) {
  if (!is_this_server(state, session, message.param(0))) return;
  state.reply(session, Numeric::rpl_time, {state.config().name}, date_text(state.unix_now()));
}

void info(State& state, Session& session, const Message& message) {
  if (!is_this_server(state, session, message.param(0))) return;
  state.reply(session, Numeric::rpl_info, {}, state.config().version + ", a reference IRC server");
  state.reply(session, Numeric::rpl_info, {},
              "Running since " + date_text(state.unix_time(state.started())));
  state.reply(session, Numeric::rpl_endofinfo);
}

void admin(State& state, Session& session, const Message& message) {
  if (!is_this_server(state, session, message.param(0))) return;
  const std::optional<Admin>& admin = state.config().admin;
  if (!admin) return state.reply(session, Numeric::err_noadmininfo, {state.config().name});
  state.reply(session, Numeric::rpl_adminme, {state.config().name});
  state.reply(session, Numeric::rpl_adminloc1, {}, admin->location);
  state.reply(session, Numeric::rpl_adminloc2, {}, admin->organisation);
  state.reply(session, Numeric::rpl_adminemail, {}, admin->email);
}

// LINKS [[remote server] mask]: there is one server, and it has no links.
void links(State& state, Session& session, const Message& message) {
  const bool remote = message.param_count > 1;
  if (remote && !is_this_server(state, session, message.param(0))) return;
  const std::string_view given = message.param(remote ? 1 : 0);
  const std::string_view mask = given.empty() ? "*" : given;
  const ServerConfig& config = state.config();
  if (matches_mask(mask, config.name, Casemapping::ascii)) {
    state.reply(session, Numeric::rpl_links, {config.name, config.name}, "0 " + config.network);
  }
  state.reply(session, Numeric::rpl_endoflinks, {mask});
}

// RFC 2812 4.5, 4.6: the users of the host are not told of.
void summon(State& state, Session& session, const Message&) {
  state.reply(session, Numeric::err_summondisabled);
}
void users(State& state, Session& session, const Message&) {
  state.reply(session, Numeric::err_usersdisabled);
}

}  // namespace handlers
}  // namespace irc
