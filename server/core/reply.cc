#include "server/core/reply.h"

#include <algorithm>

namespace irc {
namespace {

constexpr std::string_view kTerminator = "\r\n";
constexpr std::size_t kBodyBytesMax = kLineBytesMax - kTerminator.size();

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// Without terminator, not yet cut.
std::string head(std::string_view source, std::string_view command, Middles middles) {
  std::string body;
  if (!source.empty()) body.append(":").append(source).append(" ");
  body += command;
  for (const std::string_view middle : middles) {
    const std::string_view word = middle.substr(0, middle.find(' '));
    body.append(" ").append(word.empty() || word.front() == ':' ? "*" : word);
  }
  return body;
}

std::string terminated(std::string_view body) {
  return std::string(cut(body, kBodyBytesMax)).append(kTerminator);
}

}  // namespace

std::string line(std::string_view source, std::string_view command, Middles middles) {
  return terminated(head(source, command, middles));
}

std::string line(std::string_view source, std::string_view command, Middles middles,
                 std::string_view text) {
  return terminated(head(source, command, middles).append(" :").append(text));
}

std::vector<std::string> list_lines(std::string_view source, std::string_view command,
                                    Middles middles, std::span<const std::string> words) {
  const std::string begin = head(source, command, middles).append(" :");
  std::vector<std::string> lines;
  std::string body = begin;
  for (const std::string& word : words) {
    const bool first = body.size() == begin.size();
    if (!first && body.size() + 1 + word.size() > kBodyBytesMax) {
      lines.push_back(terminated(body));
      body = begin;
    }
    if (body.size() > begin.size()) body += ' ';
    body += word;
  }
  if (body.size() > begin.size()) lines.push_back(terminated(body));
  return lines;
}

std::string_view cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  // A character has at most three continuation bytes: more of them are not UTF-8.
  constexpr std::size_t kContinuationsMax = 3;
  std::size_t end = bytes_max;
  const std::size_t least = end - std::min(end, kContinuationsMax);
  while (end > least && is_continuation(text[end])) --end;
  return text.substr(0, is_continuation(text[end]) ? bytes_max : end);
}

std::vector<std::string_view> split_list(std::string_view list, char separator) {
  std::vector<std::string_view> items;
  while (true) {
    const std::size_t end = list.find(separator);
    items.push_back(list.substr(0, end));
    if (end == std::string_view::npos) return items;
    list.remove_prefix(end + 1);
  }
}

bool is_empty_list(std::string_view list) {
  return list.find_first_not_of(',') == std::string_view::npos;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words = split_list(text, ' ');
  std::erase(words, std::string_view{});
  return words;
}

}  // namespace irc
