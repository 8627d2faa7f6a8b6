#include "harness/run/client.h"

#include "server/wire/message.h"

namespace conform {

bool was_told_why(const Client& client) {
  for (std::size_t line = 0; line < client.inbox.line_count(); ++line) {
    const irc::ParseResult parsed = irc::parse_message(client.inbox.text(line));
    if (parsed && parsed.message.command == "ERROR") return true;
  }
  return false;
}

}  // namespace conform
