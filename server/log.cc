#include "server/log.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>

#include "server/wire/casemap.h"
#include "server/wire/message.h"

namespace irc {
namespace {

constexpr auto kSecretCommands = std::to_array<std::string_view>({"AUTHENTICATE", "OPER", "PASS"});

struct Level {
  std::string_view name;
  LogLevel level;
};
constexpr auto kLevels = std::to_array<Level>({
    {"trace", LogLevel::trace},
    {"debug", LogLevel::debug},
    {"info", LogLevel::info},
    {"warning", LogLevel::warn},
    {"error", LogLevel::err},
    {"off", LogLevel::off},
});

bool is_secret(std::string_view command) {
  return std::ranges::any_of(kSecretCommands, [command](std::string_view secret) {
    return equal(Casemapping::ascii, command, secret);
  });
}

}  // namespace

std::unique_ptr<Log> log_to_stderr(LogLevel level) {
  auto log = std::make_unique<Log>("irc-refd", std::make_shared<spdlog::sinks::stderr_sink_st>());
  log->set_level(level);
  log->set_pattern("%Y-%m-%d %H:%M:%S.%e %n %l: %v");
  return log;
}

std::optional<LogLevel> log_level_of(std::string_view name) {
  const auto found = std::ranges::find(kLevels, name, &Level::name);
  if (found == kLevels.end()) return std::nullopt;
  return found->level;
}

std::string escaped(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '\\') {
      text += "\\\\";
    } else if (byte == '\r') {
      text += "\\r";
    } else if (byte == '\n') {
      text += "\\n";
    } else if (code < 0x20 || code > 0x7e) {
      text += fmt::format("\\x{:02x}", code);
    } else {
      text += byte;
    }
  }
  return text;
}

std::string loggable(std::string_view line) {
  const ParseResult parsed = parse_message(line);
  // What is no message might still be a password with a slip of the hand in front.
  if (!parsed) return fmt::format("[no message, {} bytes]", line.size());
  const std::string_view command = parsed.message.command;
  if (!is_secret(command)) return escaped(line);
  const auto end = static_cast<std::size_t>(command.data() - line.data()) + command.size();
  return escaped(line.substr(0, end)) + (end < line.size() ? " [left out]" : "");
}

}  // namespace irc
