// HELP, also called HELPOP: what the commands do (Modern IRC, HELP).
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/handlers.h"

namespace irc {
namespace {

struct HelpTopic {
  std::string_view command;
  std::string_view parameters;
  std::string_view text;
};

constexpr auto kTopics = std::to_array<HelpTopic>({
    // clang-format off
    {"ADMIN",    "[server|nick]",                 "Says who answers for the server."},
    {"AWAY",     "[text]",                        "Marks you as away, or with no text as back."},
    {"CAP",      "LS|LIST|REQ|END [text]",        "Turns extensions on and off."},
    {"DIE",      "",                              "Ends the server. For IRC operators."},
    {"ERROR",    "[text]",                        "Is sent by servers; a client's is ignored."},
    {"HELP",     "[command]",                     "Says what a command does."},
    {"HELPOP",   "[command]",                     "The same as HELP."},
    {"INFO",     "[server|nick]",                 "Says what the server is."},
    {"INVITE",   "[nick channel]",                "Asks somebody in; alone, lists your own."},
    {"ISON",     "nick...",                       "Says which of them are here."},
    {"JOIN",     "channel[,channel] [key[,key]]", "Joins channels; JOIN 0 leaves all of them."},
    {"KICK",     "channel[,channel] nick[,nick] [text]", "Takes people off a channel you operate."},
    {"KILL",     "nick text",                     "Ends a connection. For IRC operators."},
    {"LINKS",    "[[server] mask]",               "Lists the servers of the network."},
    {"LIST",     "[name|mask|!mask|<n|>n|C<n|C>n|T<n|T>n[,...]]",
                 "Lists channels: by name, members, minutes since creation (C) or topic (T)."},
    {"LUSERS",   "",                              "Counts users and channels."},
    {"MODE",     "nick|channel [modes [parameter...]]", "Shows or changes modes."},
    {"MOTD",     "[server|nick]",                 "Shows the message of the day."},
    {"NAMES",    "[channel[,channel]]",           "Lists who is on a channel."},
    {"NICK",     "nick",                          "Changes your nickname."},
    {"NOTICE",   "target[,target] text",          "Says something that is not to be answered."},
    {"OPER",     "name password",                 "Makes you an IRC operator."},
    {"PART",     "channel[,channel] [text]",      "Leaves channels."},
    {"PASS",     "password",                      "Gives the server's password, before NICK."},
    {"PING",     "token",                         "Is answered with a PONG of the same token."},
    {"PONG",     "token",                         "Answers a PING of the server's."},
    {"PRIVMSG",  "target[,target] text",          "Says something to nicknames and channels."},
    {"QUIT",     "[text]",                        "Ends your connection."},
    {"REHASH",   "",                              "Configures anew. For IRC operators."},
    {"STATS",    "l|m|o|u [server|nick]",         "Counts what is done; tells the uptime."},
    {"SUMMON",   "user",                          "Is turned off."},
    {"TAGMSG",   "target[,target]",               "Sends tags without a text; with message-tags."},
    {"TIME",     "[server|nick]",                 "Tells the server's time."},
    {"TOPIC",    "channel [text]",                "Shows or changes what a channel is about."},
    {"USER",     "name 0 * realname",             "Says who you are, when you connect."},
    {"USERHOST", "nick...",                       "Tells user and host of up to five."},
    {"USERS",    "",                              "Is turned off."},
    {"VERSION",  "[server|nick]",                 "Tells the server's version and its limits."},
    {"WALLOPS",  "text",                          "Tells all who have mode w. For IRC operators."},
    {"WHO",      "[channel|mask] [o]",            "Lists people; with o, IRC operators."},
    {"WHOIS",    "[server|nick] nick",            "Tells what is known of somebody."},
    {"WHOWAS",   "nick [count]",                  "Tells of those who had a nickname before."},
    // clang-format on
});
static_assert(std::ranges::is_sorted(kTopics, {}, &HelpTopic::command));

std::vector<std::string> topic_lines(const HelpTopic& topic) {
  const std::string space = topic.parameters.empty() ? "" : " ";
  return {std::string(topic.command) + space + std::string(topic.parameters), "",
          std::string(topic.text)};
}

std::vector<std::string> index_lines() {
  constexpr std::size_t kPerLine = 8;
  std::vector<std::string> lines = {"Commands", ""};
  for (std::size_t i = 0; i < kTopics.size(); ++i) {
    if (i % kPerLine == 0) lines.emplace_back();
    lines.back().append(lines.back().empty() ? "" : " ").append(kTopics[i].command);
  }
  lines.emplace_back("HELP with one of them says what it does.");
  return lines;
}

// The first line is a title, the last one ends it.
void send_help(State& state, Session& session, std::string_view subject,
               const std::vector<std::string>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Numeric numeric = i == 0                  ? Numeric::rpl_helpstart
                            : i + 1 == lines.size() ? Numeric::rpl_endofhelp
                                                    : Numeric::rpl_helptxt;
    state.reply(session, numeric, {subject}, lines[i]);
  }
}

}  // namespace

namespace handlers {

void help(State& state, Session& session, const Message& message) {
  const std::string_view subject = message.param(0);
  if (subject.empty()) return send_help(state, session, "*", index_lines());
  const auto* topic = std::ranges::find_if(
      kTopics, [=](const HelpTopic& each) { return equal_ascii(each.command, subject); });
  if (topic == kTopics.end()) return state.reply(session, Numeric::err_helpnotfound, {subject});
  send_help(state, session, topic->command, topic_lines(*topic));
}

}  // namespace handlers
}  // namespace irc
