#include "harness/run/said.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "server/wire/message.h"

namespace conform {

void Said::say(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::span<char> room = framer_.writable();
    const std::size_t count = std::min(room.size(), bytes.size());
    std::memcpy(room.data(), bytes.data(), count);
    framer_.commit(count);
    bytes.remove_prefix(count);
    while (const auto frame = framer_.next()) {
      command_ = irc::parse_message(frame->line).message.command;
      const bool overlong =
          frame->overlong || frame->line.size() > irc::LineLimits{}.body_bytes_max;
      overlong_ |= overlong;
      asked_ = !overlong;
      if (overlong) heard_ = false;
      answered_ = false;
    }
  }
}

}  // namespace conform
