#include "harness/run/client.h"

#include <algorithm>

#include "server/wire/message.h"

namespace conform {

std::optional<std::string_view> line_with(const Client& client,
                                          std::initializer_list<std::string_view> commands) {
  for (std::size_t line = 0; line < client.inbox.line_count(); ++line) {
    const std::string_view text = client.inbox.text(line);
    const irc::ParseResult parsed = irc::parse_message(text);
    if (parsed && std::ranges::count(commands, parsed.message.command) > 0) return text;
  }
  return std::nullopt;
}

bool was_told_why(const Client& client) {
  return line_with(client, {"ERROR"}).has_value();
}

}  // namespace conform
