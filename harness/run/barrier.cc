#include "harness/run/barrier.h"

#include "server/wire/message.h"

namespace conform {

std::string barrier_line(Barrier barrier, std::string_view token, std::string_view nick) {
  const std::string text(token);
  switch (barrier) {
    case Barrier::refusal:
    case Barrier::ping:
      return "PING " + text + "\r\n";
    case Barrier::join:  // And out again: channels a client may be in are limited.
      return "JOIN " + text + "\r\nPART " + text + "\r\n";
    case Barrier::self_message:
      return "PRIVMSG " + std::string(nick) + " :" + text + "\r\n";
    case Barrier::unknown_command:
      return text + "\r\n";
    case Barrier::silence:
      return "";
  }
  return "";
}

namespace {

// What we sent, come back as it was, is the work of an echo and no answer.
bool is_echo(Barrier barrier, std::string_view token, std::string_view line) {
  const std::string text(token);
  if (barrier == Barrier::self_message) return !line.starts_with(':');
  return line == text || line == "JOIN " + text || line == "PART " + text;
}

}  // namespace

bool barrier_answered(Barrier barrier, std::string_view token, std::string_view line) {
  if (barrier == Barrier::silence) return false;
  if (barrier != Barrier::ping && barrier != Barrier::refusal) {
    return !is_echo(barrier, token, line) && line.find(token) != std::string_view::npos;
  }
  const irc::ParseResult parsed = irc::parse_message(line);
  if (!parsed) return false;
  const irc::Message& message = parsed.message;
  if (barrier == Barrier::refusal) {
    return message.command == "451" || message.command == "421" || message.command == "464";
  }
  // The token has to come back in a PONG: inside a 402 or a 421 it says nothing of the kind.
  return irc::equal_ascii(message.command, "PONG") && message.param_count > 0 &&
         message.param(message.param_count - 1) == token;
}

ServerPing server_ping(std::string_view line) {
  const irc::ParseResult parsed = irc::parse_message(line);
  if (!parsed || !irc::equal_ascii(parsed.message.command, "PING")) return {};
  const irc::Message& message = parsed.message;
  const std::size_t count = message.param_count;
  return {true, count == 0 ? std::string() : std::string(message.param(count - 1))};
}

}  // namespace conform
