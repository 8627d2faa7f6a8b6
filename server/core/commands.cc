#include "server/core/commands.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/core/handlers.h"
#include "server/wire/casemap.h"
#include "server/wire/utf8.h"

namespace irc {
namespace {

enum class Phase : std::uint8_t { any, before_registration, registered };

struct Command {
  std::string_view name;
  Phase phase;
  std::size_t params_min;  // 0 where a numeric of its own says what is missing.
  Handler* handler;
};

constexpr auto kCommands = std::to_array<Command>({
    // clang-format off
    {"ADMIN",    Phase::registered,          0, handlers::admin},
    {"AWAY",     Phase::registered,          0, handlers::away},
    {"CAP",      Phase::any,                 1, handlers::cap},
    {"DIE",      Phase::registered,          0, handlers::die},
    {"ERROR",    Phase::any,                 0, handlers::ignore},
    {"HELP",     Phase::registered,          0, handlers::help},
    {"HELPOP",   Phase::registered,          0, handlers::help},
    {"INFO",     Phase::registered,          0, handlers::info},
    {"INVITE",   Phase::registered,          0, handlers::invite},
    {"ISON",     Phase::registered,          1, handlers::ison},
    {"JOIN",     Phase::registered,          1, handlers::join},
    {"KICK",     Phase::registered,          2, handlers::kick},
    {"KILL",     Phase::registered,          2, handlers::kill},
    {"LINKS",    Phase::registered,          0, handlers::links},
    {"LIST",     Phase::registered,          0, handlers::list},
    {"LUSERS",   Phase::registered,          0, handlers::lusers},
    {"MODE",     Phase::registered,          1, handlers::mode},
    {"MOTD",     Phase::registered,          0, handlers::motd},
    {"NAMES",    Phase::registered,          0, handlers::names},
    {"NICK",     Phase::any,                 0, handlers::nick},
    {"NOTICE",   Phase::registered,          0, handlers::notice},
    {"OPER",     Phase::registered,          2, handlers::oper},
    {"PART",     Phase::registered,          1, handlers::part},
    {"PASS",     Phase::before_registration, 1, handlers::pass},
    {"PING",     Phase::any,                 0, handlers::ping},
    {"PONG",     Phase::any,                 0, handlers::ignore},
    {"PRIVMSG",  Phase::registered,          0, handlers::privmsg},
    {"QUIT",     Phase::any,                 0, handlers::quit},
    {"REHASH",   Phase::registered,          0, handlers::rehash},
    {"STATS",    Phase::registered,          1, handlers::stats},
    {"SUMMON",   Phase::registered,          0, handlers::summon},
    {"TAGMSG",   Phase::registered,          0, handlers::tagmsg},
    {"TIME",     Phase::registered,          0, handlers::time},
    {"TOPIC",    Phase::registered,          1, handlers::topic},
    {"USER",     Phase::before_registration, 4, handlers::user},
    {"USERHOST", Phase::registered,          1, handlers::userhost},
    {"USERS",    Phase::registered,          0, handlers::users},
    {"VERSION",  Phase::registered,          0, handlers::version},
    {"WALLOPS",  Phase::registered,          1, handlers::wallops},
    {"WHO",      Phase::registered,          0, handlers::who},
    {"WHOIS",    Phase::registered,          0, handlers::whois},
    {"WHOWAS",   Phase::registered,          0, handlers::whowas},
    // clang-format on
});
static_assert(std::ranges::is_sorted(kCommands, {}, &Command::name));

// Null if there is none of that name.
const Command* find_command(std::string_view name) {
  std::string upper(name);
  for (char& byte : upper) {
    if ('a' <= byte && byte <= 'z') byte = static_cast<char>(byte - ('a' - 'A'));
  }
  const Command* found = std::ranges::lower_bound(kCommands, upper, {}, &Command::name);
  return found != kCommands.end() && found->name == upper ? found : nullptr;
}

bool is_numeric(std::string_view command) {
  return std::ranges::all_of(command, [](char byte) { return '0' <= byte && byte <= '9'; });
}

// The word that stands where a command should, behind tags and source. Requires: there is one.
std::string_view command_word(std::string_view line) {
  while (true) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const std::string_view word = line.substr(0, line.find(' '));
    if (!word.starts_with('@') && !word.starts_with(':')) return word;
    line.remove_prefix(word.size());
  }
}

void execute(State& state, Session& session, const Message& message, std::size_t line_bytes) {
  const Command* command = find_command(message.command);
  const bool registered = session.stage == Stage::registered;
  if (command == nullptr) {
    if (is_numeric(message.command)) return;
    state.reply(session, Numeric::err_unknowncommand, {message.command});
  } else if (command->phase == Phase::registered && !registered) {
    state.reply(session, Numeric::err_notregistered);
  } else if (command->phase == Phase::before_registration && registered) {
    state.reply(session, Numeric::err_alreadyregistered);
  } else if (message.param_count < command->params_min) {
    state.reply(session, Numeric::err_needmoreparams, {command->name});
  } else {
    state.count_command(command->name, line_bytes);
    command->handler(state, session, message);
  }
}

// IRCv3 utf8-only; nothing of the line is said again.
void refuse_encoding(State& state, Session& session, const Message& message) {
  const Command* command = find_command(message.command);
  const std::string_view name = command != nullptr ? command->name : "*";
  state.send(session, line(state.config().name, "FAIL", {name, "INVALID_UTF8"},
                           "Message rejected, it is not UTF-8"));
}

}  // namespace

void execute(State& state, Session& session, const Frame& frame) {
  constexpr std::size_t kTerminatorBytes = 2;
  const std::size_t line_bytes = frame.line.size() + kTerminatorBytes;
  session.received.count(line_bytes);
  if (frame.overlong) return state.reply(session, Numeric::err_inputtoolong);
  const ParseResult parsed = parse_message(frame.line);
  if (state.config().utf8_only && !is_utf8(frame.line)) {
    return refuse_encoding(state, session, parsed.message);
  }
  switch (parsed.error) {
    case ParseError::none:
      return execute(state, session, parsed.message, line_bytes);
    case ParseError::empty:
    case ParseError::no_command:
      return;
    case ParseError::bad_command:
      return state.reply(session, Numeric::err_unknowncommand, {command_word(frame.line)});
    case ParseError::forbidden_byte:
      return state.reply(session, Numeric::err_unknownerror, {"*"}, "A line may not hold NUL");
  }
}

}  // namespace irc
