// What the commands do. Each may assume that the session is in the phase that the table of
// commands asks for, and that there are as many parameters as it says. None tells who is ended by
// it: State::sweep does that afterwards.
#pragma once

#include "server/core/state.h"
#include "server/wire/message.h"

namespace irc {

using Handler = void(State& state, Session& session, const Message& message);

// The one way in: everything that a new client is told, 001 to the MOTD.
void welcome(State& state, Session& session);
// Lets it in once nothing is missing: nickname, user, the end of a negotiation, the password.
// Requires: it is registering.
void register_if_complete(State& state, Session& session);
// Who is on it, as far as the session may know: 353 and 366.
void send_names(State& state, Session& session, const Channel& channel);
// MODE of a channel, the other half of handlers::mode (channel_modes.cc).
void channel_mode(State& state, Session& session, const Message& message);
// Whether `server`, a parameter, means this server; tells 402 if not.
bool is_this_server(State& state, Session& session, std::string_view server);

namespace handlers {

// registration.cc
Handler pass, nick, user, quit, ping, ignore, oper;
// capabilities.cc
Handler cap;
// welcome.cc
Handler motd, lusers, version, time, info, admin;
// channels.cc
Handler join, part, topic, kick, invite;
// user_modes.cc
Handler mode;
// messaging.cc
Handler privmsg, notice, tagmsg, away, wallops, kill;
// listings.cc
Handler names, list, who;
// queries.cc
Handler whois, whowas, ison, userhost;

}  // namespace handlers
}  // namespace irc
