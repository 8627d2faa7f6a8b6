// WHOIS WHOWAS ISON USERHOST: what is known of users.
#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/dates.h"
#include "server/core/handlers.h"

namespace irc {
namespace {

constexpr std::size_t kUserhostNicksMax = 5;  // RFC 2812 4.8

// Those on which NAMES would show it.
std::vector<std::string> visible_channels(const Session& session, const Session& of) {
  std::vector<std::string> names;
  if (!sees(session, of)) return names;
  for (const Channel* channel : of.channels) {
    if (!channel->visible_to(session)) continue;
    const Member& member = *channel->member(of);
    names.push_back(std::string(member.prefixes(session.caps.multi_prefix)) + channel->name);
  }
  return names;
}

void send_whois(State& state, Session& session, const Session& user) {
  const ServerConfig& config = state.config();
  const std::string& nick = user.nick;
  state.reply(session, Numeric::rpl_whoisuser, {nick, user.user, user.host, "*"}, user.realname);
  state.reply_list(session, Numeric::rpl_whoischannels, {nick}, visible_channels(session, user));
  state.reply(session, Numeric::rpl_whoisserver, {nick, config.name}, config.network);
  if (user.away) state.reply(session, Numeric::rpl_away, {nick}, *user.away);
  if (user.oper) state.reply(session, Numeric::rpl_whoisoperator, {nick});
  if (user.bot) state.reply(session, Numeric::rpl_whoisbot, {nick});
  if (user.secure) state.reply(session, Numeric::rpl_whoissecure, {nick});
  const auto idle = std::chrono::duration_cast<std::chrono::seconds>(state.now() - user.active);
  state.reply(
      session, Numeric::rpl_whoisidle,
      {nick, std::to_string(idle.count()), std::to_string(state.unix_time(user.signed_on))});
}

// How many entries WHOWAS asks for; all for none, for what is no number, and from 0 down.
std::size_t wanted_entries(std::string_view count, std::size_t all) {
  std::size_t wanted = 0;
  std::from_chars(count.data(), count.data() + count.size(), wanted);
  return wanted == 0 ? all : std::min(wanted, all);
}

// The nicknames of ISON and USERHOST, one a parameter or several in one with spaces between them.
std::vector<std::string_view> nicks_of(const Message& message) {
  std::vector<std::string_view> nicks;
  for (const std::string_view parameter : message.params()) {
    std::ranges::copy(words_of(parameter), std::back_inserter(nicks));
  }
  return nicks;
}

// One line, even if there is nothing to say (RFC 2812 4.8, 4.9).
void send_found(State& state, Session& session, Numeric numeric,
                const std::vector<std::string>& found) {
  if (found.empty()) return state.reply(session, numeric, {}, "");
  state.reply_list(session, numeric, {}, found);
}

}  // namespace

namespace handlers {

// WHOIS [server or nick] nick: the first of two says which server is to answer. Twice the same
// nickname is the server that he is on, and nobody's if he is not there.
void whois(State& state, Session& session, const Message& message) {
  const bool with_server = message.param_count > 1 && !message.param(1).empty();
  const std::string_view nick = message.param(with_server ? 1 : 0);
  if (nick.empty()) return state.reply(session, Numeric::err_nonicknamegiven);
  const std::string_view server = message.param(0);
  const bool his = equal(state.config().casemapping, server, nick);
  if (!with_server || his || is_this_server(state, session, server)) {
    if (const Session* user = state.find_user(nick)) {
      send_whois(state, session, *user);
    } else {
      state.reply(session, Numeric::err_nosuchnick, {nick});
    }
  }
  state.reply(session, Numeric::rpl_endofwhois, {nick});
}

void whowas(State& state, Session& session, const Message& message) {
  const std::string_view nick = message.param(0);
  if (nick.empty()) return state.reply(session, Numeric::err_nonicknamegiven);
  std::size_t left = wanted_entries(message.param(1), state.formers().size());
  bool found = false;
  for (const Former& former : state.formers()) {
    if (left == 0) break;
    if (!equal(state.config().casemapping, former.nick, nick)) continue;
    found = true;
    --left;
    state.reply(session, Numeric::rpl_whowasuser, {former.nick, former.user, former.host, "*"},
                former.realname);
    state.reply(session, Numeric::rpl_whoisserver, {former.nick, state.config().name},
                date_text(former.left_at));
  }
  if (!found) state.reply(session, Numeric::err_wasnosuchnick, {nick});
  state.reply(session, Numeric::rpl_endofwhowas, {nick});
}

void ison(State& state, Session& session, const Message& message) {
  std::vector<std::string> online;
  for (const std::string_view nick : nicks_of(message)) {
    if (const Session* user = state.find_user(nick)) online.push_back(user->nick);
  }
  send_found(state, session, Numeric::rpl_ison, online);
}

void userhost(State& state, Session& session, const Message& message) {
  std::vector<std::string> found;
  std::vector<std::string_view> nicks = nicks_of(message);
  nicks.resize(std::min(nicks.size(), kUserhostNicksMax));
  for (const std::string_view nick : nicks) {
    const Session* user = state.find_user(nick);
    if (user == nullptr) continue;
    found.push_back(user->nick + (user->oper ? "*=" : "=") + (user->away ? "-" : "+") + user->user +
                    '@' + user->host);
  }
  send_found(state, session, Numeric::rpl_userhost, found);
}

}  // namespace handlers
}  // namespace irc
