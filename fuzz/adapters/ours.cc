// The adapter of irc-conform's own framer and parser. It declares no readings: the others differ
// from it.
#include <algorithm>
#include <string>

#include "fuzz/differential/linked_adapter.h"
#include "server/wire/framer.h"
#include "server/wire/message.h"

namespace fuzz {
namespace {

icx_bytes bytes_of(std::string_view text) {
  return {text.data() == nullptr ? "" : text.data(), text.size()};
}

void* framer_new(icx_limits limits) {
  return new irc::Framer(
      {.body_bytes_max = limits.body_bytes_max, .tags_bytes_max = limits.tags_bytes_max});
}

void framer_feed(void* framer, icx_bytes read, icx_sink* sink) {
  auto& ours = *static_cast<irc::Framer*>(framer);
  std::string_view rest(read.data, read.size);
  while (!rest.empty()) {
    const std::span<char> room = ours.writable();
    const std::size_t taken = rest.copy(room.data(), room.size());
    ours.commit(taken);
    rest.remove_prefix(taken);
    while (const auto frame = ours.next()) {
      if (frame->overlong) {
        sink->overlong(sink);
      } else {
        sink->line(sink, bytes_of(frame->line));
      }
    }
  }
}

void framer_free(void* framer) {
  delete static_cast<irc::Framer*>(framer);
}

// Each key once, as tag_value is asked for it; of what has no key nothing can be asked.
void say_tags(std::string_view tags, icx_sink* sink) {
  std::string value;
  for (std::string_view rest = tags; !rest.empty();) {
    const std::string_view tag = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(tag.size() + 1, rest.size()));
    const std::string_view key = tag.substr(0, tag.find('='));
    if (irc::tag_value(tags, key, value)) sink->tag(sink, bytes_of(key), bytes_of(value));
  }
}

int parse(icx_bytes line, icx_sink* sink) {
  const irc::ParseResult parsed = irc::parse_message({line.data, line.size});
  if (!parsed) return 0;
  const irc::Message& message = parsed.message;
  say_tags(message.tags, sink);
  if (!message.source.empty()) sink->source(sink, bytes_of(message.source));
  sink->command(sink, bytes_of(message.command));
  for (const std::string_view param : message.params()) sink->param(sink, bytes_of(param));
  return 1;
}

}  // namespace

const icx_adapter& our_adapter() {
  static const icx_adapter kTable{.abi = IRC_CONFORM_ABI,
                                  .name = "irc-conform",
                                  .readings = nullptr,
                                  .limits = {0, 0},
                                  .framer_new = framer_new,
                                  .framer_feed = framer_feed,
                                  .framer_free = framer_free,
                                  .parse = parse};
  return kTable;
}

}  // namespace fuzz
