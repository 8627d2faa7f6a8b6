// What the commands do. Each may assume that the session is in the phase that the table of
// commands asks for, and that there are as many parameters as it says. None tells who is ended by
// it: State::sweep does that afterwards.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/core/state.h"
#include "server/wire/message.h"

namespace irc {

using Handler = void(State& state, Session& session, const Message& message);

// The one way in: everything that a new client is told, 001 to the MOTD.
void welcome(State& state, Session& session);
// Lets it in once nothing is missing: nickname, user, the end of a negotiation, the password.
// Requires: it is registering.
void register_if_complete(State& state, Session& session);
// 005, as many lines as it takes. Requires: a token fits into one.
void send_isupport(State& state, Session& session, std::span<const std::string> tokens);
// Who is on it, as far as the session may know: 353 and 366, in which it is called `name`.
void send_names(State& state, Session& session, const Channel& channel, std::string_view name);
// MODE of a channel, the other half of handlers::mode (channel_modes.cc).
void channel_mode(State& state, Session& session, const Message& message);
// Whether `server`, a parameter that may be empty, means this server: by its name, a mask of it, or
// the nickname of somebody who is here (RFC 2812 3.4); tells 402 if not.
bool is_this_server(State& state, Session& session, std::string_view server);
// The channel, if the session may know that it is there; tells 403 if not.
Channel* known_channel(State& state, Session& session, std::string_view name);
// The same, if the session is on it; tells 442 if not.
Channel* channel_of_member(State& state, Session& session, std::string_view name);
// 332 and 333. Requires: it has a topic.
void send_topic(State& state, Session& session, const Channel& channel);
// Whether it is an operator of the server; tells 481 if not.
bool is_oper(State& state, Session& session);

namespace handlers {

// registration.cc
Handler pass, nick, user, quit, ping, ignore;
// capabilities.cc
Handler cap;
// welcome.cc
Handler motd, lusers;
// server_info.cc
Handler version, time, info, admin, links, summon, users;
// help.cc
Handler help;
// joining.cc
Handler join, part;
// channels.cc
Handler topic, kick, invite;
// user_modes.cc
Handler mode, away;
// messaging.cc
Handler privmsg, notice, tagmsg;
// names.cc
Handler names;
// list.cc
Handler list;
// who.cc
Handler who;
// queries.cc
Handler whois, whowas, ison, userhost;
// operators.cc
Handler oper, kill, wallops, rehash, die;
// stats.cc
Handler stats;

}  // namespace handlers
}  // namespace irc
