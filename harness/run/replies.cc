#include "harness/run/replies.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <sstream>
#include <string_view>

#include "server/wire/message.h"

namespace conform {
namespace {

constexpr std::string_view kServer = "server";

// Who else is there, and whether that is said at all (RPL_LUSERCLIENT and the like).
constexpr auto kCounts =
    std::to_array<std::string_view>({"251", "252", "253", "254", "255", "265", "266"});

// Lists, whose order is the server's own affair: line by line, and within RPL_NAMREPLY.
constexpr auto kLists =
    std::to_array<std::string_view>({"319", "322", "348", "346", "352", "354", "367"});
constexpr std::string_view kNames = "353";

bool is_letter(char byte) {
  return byte >= 'a' && byte <= 'z';
}

// Each run of digits becomes one '#'.
std::string without_numbers(std::string_view text) {
  std::string kept;
  for (const char byte : text) {
    const bool digit = byte >= '0' && byte <= '9';
    if (!digit) kept += byte;
    if (digit && !kept.ends_with('#')) kept += '#';
  }
  return kept;
}

// Whether it speaks of a name that another case has been given.
bool is_about_others(std::string_view text, const FreshNames& names) {
  for (std::size_t begin = 0; begin < text.size();) {
    const auto* const first = text.data() + begin;
    const auto* const end = std::find_if_not(first, text.data() + text.size(), is_letter);
    const auto bytes = static_cast<std::size_t>(end - first);
    if (names.made(text.substr(begin, bytes))) return true;
    begin += bytes + 1;
  }
  return false;
}

std::string sorted_words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
  std::ranges::sort(words);
  std::string sorted;
  for (const std::string& word : words) sorted += " " + word;
  return sorted;
}

struct Reply {
  std::string source;
  std::string line;
};

// Nothing for a line that is not compared.
std::optional<Reply> reply_of(std::string_view text, const Bindings& bindings,
                              const FreshNames& names) {
  const irc::ParseResult parsed = irc::parse_message(text);
  if (!parsed)
    return Reply{.source = std::string(kServer), .line = bindings.unbound(std::string(text))};
  const std::string_view source = parsed.message.source;
  const std::string nick = bindings.unbound(std::string(source.substr(0, source.find('!'))));
  const bool by_server = nick.find('{') == std::string::npos;
  std::string line(parsed.message.command);
  const bool counts = std::ranges::find(kCounts, line) != kCounts.end();
  if (by_server && (counts || line == "NOTICE")) return std::nullopt;
  // Why a connection ends is told in many ways, and often only to who has been there for a while.
  if (line == "ERROR" || line == "QUIT") {
    return Reply{.source = by_server ? std::string(kServer) : nick, .line = line};
  }
  std::string params;
  for (const std::string_view param : parsed.message.params()) params += " " + std::string(param);
  params = bindings.unbound(std::move(params));
  if (is_about_others(nick + " " + params, names)) return std::nullopt;
  if (!by_server) return Reply{.source = nick, .line = line + params};
  const bool in_any_order = std::ranges::find(kLists, line) != kLists.end();
  if (line == kNames) params = sorted_words(params);
  line += without_numbers(params);
  return Reply{.source = in_any_order ? line : std::string(kServer), .line = line};
}

// Behind the last line of each source that is sure to have come, everything is a matter of time.
bool is_sure(const Client& client, std::size_t index) {
  const bool in_order = !client.ordered_end || index < *client.ordered_end;
  return in_order && (index < client.barrier || client.inbox.line(index).matched);
}

}  // namespace

Replies replies_of(const std::vector<Client>& clients, const Bindings& bindings,
                   const FreshNames& names) {
  Replies replies;
  for (const Client& client : clients) {
    // Who ends a connection, for what it takes for a flood, chooses when.
    if (client.cut_off()) {
      replies.ended.insert(client.name);
      continue;
    }
    for (std::size_t i = client.welcome_end; i < client.inbox.line_count(); ++i) {
      const Inbox::Line& line = client.inbox.line(i);
      if (line.housekeeping || line.echo) continue;
      std::optional<Reply> reply = reply_of(client.inbox.text(i), bindings, names);
      if (!reply) continue;
      Stream& stream = replies.streams[{client.name, reply->source}];
      stream.lines.push_back(std::move(reply->line));
      if (is_sure(client, i)) stream.sure = stream.lines.size();
    }
  }
  return replies;
}

}  // namespace conform
