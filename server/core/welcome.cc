// What a client is told when it comes in: the welcome, RPL_ISUPPORT, LUSERS, MOTD.
#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

#include "server/core/dates.h"
#include "server/core/handlers.h"
#include "server/core/isupport.h"

namespace irc {
namespace {

constexpr std::size_t kTokensPerLineMax = 13;  // Modern IRC, RPL_ISUPPORT.

struct Census {
  std::size_t invisible = 0, operators = 0, unknown = 0;
};

Census census(const State& state) {
  Census count;
  for (const auto& [id, session] : state.sessions()) {
    count.unknown += session.stage == Stage::registering;
    if (session.stage != Stage::registered) continue;
    count.invisible += session.invisible;
    count.operators += session.oper;
  }
  return count;
}

// RFC 2811 4.2.6: secret channels are not counted.
std::size_t channels_shown(const State& state) {
  return static_cast<std::size_t>(std::ranges::count_if(
      state.channels(), [](const auto& entry) { return !entry.second.secret; }));
}

void send_lusers(State& state, Session& session) {
  const Census count = census(state);
  const std::string users = std::to_string(state.users());
  const std::string most = std::to_string(state.users_most());
  state.reply(session, Numeric::rpl_luserclient, {},
              "There are " + std::to_string(state.users() - count.invisible) + " users and " +
                  std::to_string(count.invisible) + " invisible on 1 servers");
  state.reply(session, Numeric::rpl_luserop, {std::to_string(count.operators)});
  state.reply(session, Numeric::rpl_luserunknown, {std::to_string(count.unknown)});
  state.reply(session, Numeric::rpl_luserchannels, {std::to_string(channels_shown(state))});
  state.reply(session, Numeric::rpl_luserme, {}, "I have " + users + " clients and 0 servers");
  state.reply(session, Numeric::rpl_localusers, {users, most},
              "Current local users " + users + ", max " + most);
  state.reply(session, Numeric::rpl_globalusers, {users, most},
              "Current global users " + users + ", max " + most);
}

void send_motd(State& state, Session& session) {
  const ServerConfig& config = state.config();
  if (config.motd.empty()) return state.reply(session, Numeric::err_nomotd);
  state.reply(session, Numeric::rpl_motdstart, {}, "- " + config.name + " Message of the day - ");
  for (const std::string& text : config.motd) {
    state.reply(session, Numeric::rpl_motd, {}, "- " + text);
  }
  state.reply(session, Numeric::rpl_endofmotd);
}

}  // namespace

void send_isupport(State& state, Session& session, std::span<const std::string> tokens) {
  const std::string begin = code(Numeric::rpl_isupport) + ' ' + session.nick;
  const auto line_of = [&](const std::string& joined) {
    return line(state.config().name, begin + joined, {}, text(Numeric::rpl_isupport));
  };
  const std::size_t room = kLineBytesMax - line_of("").size();
  while (!tokens.empty()) {
    std::string joined;
    std::size_t count = 0;
    do {
      joined.append(" ").append(tokens[count++]);
    } while (count < std::min(tokens.size(), kTokensPerLineMax) &&
             joined.size() + 1 + tokens[count].size() <= room);
    state.send(session, line_of(joined));
    tokens = tokens.subspan(count);
  }
}

void welcome(State& state, Session& session) {
  const ServerConfig& config = state.config();
  state.admit(session);
  state.reply(session, Numeric::rpl_welcome, {},
              "Welcome to the " + config.network + " Network, " + session.source());
  state.reply(session, Numeric::rpl_yourhost, {},
              "Your host is " + config.name + ", running version " + config.version);
  state.reply(session, Numeric::rpl_created, {},
              "This server was created " + date_text(state.unix_time(state.started())));
  state.reply_bare(session, Numeric::rpl_myinfo,
                   {config.name, config.version, kUserModeLetters, kChannelModeLetters,
                    kModeLettersWithParameter});
  send_isupport(state, session, isupport_tokens(config));
  send_lusers(state, session);
  send_motd(state, session);
}

namespace handlers {

void motd(State& state, Session& session, const Message& message) {
  if (is_this_server(state, session, message.param(0))) send_motd(state, session);
}

// RFC 2812 3.4.2: the mask and the server to ask are of networks of several.
void lusers(State& state, Session& session, const Message& message) {
  if (is_this_server(state, session, message.param(1))) send_lusers(state, session);
}

}  // namespace handlers
}  // namespace irc
