// STATS: l, m, o, u (RFC 2812 3.4.4).
#include <chrono>
#include <string>
#include <string_view>

#include "server/core/handlers.h"
#include "server/wire/utf8.h"

namespace irc {
namespace {

std::string kilobytes(std::uint64_t bytes) {
  return std::to_string(bytes / 1024);
}

// Whose queue is how long, and who says how much, is for operators; others see their own.
void send_links(State& state, Session& session) {
  for (const auto& [id, each] : state.sessions()) {
    if (!each.present() || (&each != &session && !session.oper)) continue;
    const auto open = std::chrono::floor<std::chrono::seconds>(state.now() - each.connected);
    const std::string name = std::string(each.target()) + '[' + each.host + ']';
    state.reply_bare(session, Numeric::rpl_statslinkinfo,
                     {name, std::to_string(each.output.size()), std::to_string(each.sent.lines),
                      kilobytes(each.sent.bytes), std::to_string(each.received.lines),
                      kilobytes(each.received.bytes), std::to_string(open.count())});
  }
}

void send_commands(State& state, Session& session) {
  for (const auto& [name, use] : state.uses()) {
    state.reply_bare(session, Numeric::rpl_statscommands,
                     {name, std::to_string(use.lines), std::to_string(use.bytes), "0"});
  }
}

// Any host may; names only, no passwords.
void send_operators(State& state, Session& session) {
  if (!is_oper(state, session)) return;
  for (const Operator& each : state.config().operators) {
    state.reply_bare(session, Numeric::rpl_statsoline, {"O", "*", "*", each.name});
  }
}

void send_uptime(State& state, Session& session) {
  using namespace std::chrono;
  const hh_mm_ss up(floor<seconds>(state.now() - state.started()));
  const auto two = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  state.reply(session, Numeric::rpl_statsuptime, {},
              "Server Up " + std::to_string(up.hours().count() / 24) + " days " +
                  std::to_string(up.hours().count() % 24) + ':' + two(up.minutes().count()) + ':' +
                  two(up.seconds().count()));
}

}  // namespace

namespace handlers {

void stats(State& state, Session& session, const Message& message) {
  if (!is_this_server(state, session, message.param(1))) return;
  const std::string_view query = first_character(message.param(0));
  switch (query.empty() ? '*' : query.front()) {
    case 'l':
      send_links(state, session);
      break;
    case 'm':
      send_commands(state, session);
      break;
    case 'o':
      send_operators(state, session);
      break;
    case 'u':
      send_uptime(state, session);
      break;
    default:
      break;
  }
  state.reply(session, Numeric::rpl_endofstats, {query});
}

}  // namespace handlers
}  // namespace irc
