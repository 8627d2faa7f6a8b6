// What the server says of itself: the welcome, LUSERS MOTD VERSION TIME INFO ADMIN.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>

#include "server/core/handlers.h"
#include "server/core/isupport.h"

namespace irc {
namespace {

constexpr std::size_t kTokensPerLineMax = 13;  // Modern IRC, RPL_ISUPPORT.

// "2026-01-31 12:59:59 UTC"
std::string date_text(std::int64_t unix_time) {
  using namespace std::chrono;
  const sys_seconds time{seconds(unix_time)};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  const auto two = [](auto number) {
    const std::string digits = std::to_string(number);
    return digits.size() < 2 ? "0" + digits : digits;
  };
  return std::to_string(static_cast<int>(date.year())) + '-' +
         two(static_cast<unsigned>(date.month())) + '-' + two(static_cast<unsigned>(date.day())) +
         ' ' + two(clock.hours().count()) + ':' + two(clock.minutes().count()) + ':' +
         two(clock.seconds().count()) + " UTC";
}

void send_isupport(State& state, Session& session) {
  const std::vector<std::string> tokens = isupport_tokens(state.config());
  std::span<const std::string> rest = tokens;
  while (!rest.empty()) {
    std::string joined = code(Numeric::rpl_isupport) + ' ' + session.nick;
    for (const std::string& token : rest.first(std::min(rest.size(), kTokensPerLineMax))) {
      joined.append(" ").append(token);
    }
    state.send(session, line(state.config().name, joined, {}, text(Numeric::rpl_isupport)));
    rest = rest.subspan(std::min(rest.size(), kTokensPerLineMax));
  }
}

struct Census {
  std::size_t users = 0, invisible = 0, operators = 0, unknown = 0;
};

Census census(const State& state) {
  Census count;
  for (const auto& [id, session] : state.sessions()) {
    count.unknown += session.stage == Stage::registering;
    if (session.stage != Stage::registered) continue;
    ++count.users;
    count.invisible += session.invisible;
    count.operators += session.oper;
  }
  return count;
}

void send_lusers(State& state, Session& session) {
  const Census count = census(state);
  const std::string users = std::to_string(count.users);
  state.reply(session, Numeric::rpl_luserclient, {},
              "There are " + std::to_string(count.users - count.invisible) + " users and " +
                  std::to_string(count.invisible) + " invisible on 1 servers");
  state.reply(session, Numeric::rpl_luserop, {std::to_string(count.operators)});
  state.reply(session, Numeric::rpl_luserunknown, {std::to_string(count.unknown)});
  state.reply(session, Numeric::rpl_luserchannels, {std::to_string(state.channels().size())});
  state.reply(session, Numeric::rpl_luserme, {}, "I have " + users + " clients and 0 servers");
  state.reply(session, Numeric::rpl_localusers, {}, "Current local users: " + users);
  state.reply(session, Numeric::rpl_globalusers, {}, "Current global users: " + users);
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

void welcome(State& state, Session& session) {
  const ServerConfig& config = state.config();
  session.stage = Stage::registered;
  session.signed_on = session.active = state.now();
  state.reply(session, Numeric::rpl_welcome, {},
              "Welcome to the " + config.network + " Network, " + session.source());
  state.reply(session, Numeric::rpl_yourhost, {},
              "Your host is " + config.name + ", running version " + config.version);
  state.reply(session, Numeric::rpl_created, {},
              "This server was created " + date_text(state.unix_time(state.started())));
  state.reply_bare(session, Numeric::rpl_myinfo,
                   {config.name, config.version, "iow", "biklmnostv", "bklov"});
  send_isupport(state, session);
  send_lusers(state, session);
  send_motd(state, session);
}

bool is_this_server(State& state, Session& session, std::string_view server) {
  if (equal_ascii(server, state.config().name)) return true;
  state.reply(session, Numeric::err_nosuchserver, {server});
  return false;
}

namespace handlers {

void motd(State& state, Session& session, const Message& message) {
  if (message.param_count > 0 && !is_this_server(state, session, message.param(0))) return;
  send_motd(state, session);
}

void lusers(State& state, Session& session, const Message&) {
  send_lusers(state, session);
}

void version(State& state, Session& session, const Message& message) {
  if (message.param_count > 0 && !is_this_server(state, session, message.param(0))) return;
  const ServerConfig& config = state.config();
  state.reply(session, Numeric::rpl_version, {config.version, config.name}, "reference server");
  send_isupport(state, session);
}

void time(State& state, Session& session, const Message& message) {
  if (message.param_count > 0 && !is_this_server(state, session, message.param(0))) return;
  state.reply(session, Numeric::rpl_time, {state.config().name}, date_text(state.unix_now()));
}

void info(State& state, Session& session, const Message& message) {
  if (message.param_count > 0 && !is_this_server(state, session, message.param(0))) return;
  state.reply(session, Numeric::rpl_info, {}, state.config().version + ", a reference IRC server");
  state.reply(session, Numeric::rpl_endofinfo);
}

void admin(State& state, Session& session, const Message& message) {
  if (message.param_count > 0 && !is_this_server(state, session, message.param(0))) return;
  state.reply(session, Numeric::err_noadmininfo, {state.config().name});
}

}  // namespace handlers
}  // namespace irc
