#include "harness/script/world_text.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "harness/script/records.h"
#include "harness/script/text.h"

namespace conform::script {
namespace {

constexpr std::size_t kRunBytesMin = 16;
constexpr std::size_t kTerminatorBytes = 2;
constexpr std::size_t kChannels = 3;
// Modes are none: the "b" of "+b" is no name.
constexpr std::string_view kBetweenWords = " ,:@!\r\n";

// The name that stands for the first word, if one does.
std::optional<std::string> name_for(std::string_view text) {
  const std::string_view word = text.substr(0, text.find_first_of(kBetweenWords));
  for (std::size_t i = 0; i < Record::kClients; ++i) {
    if (word == nick_of(i)) return nick_of(i);
  }
  for (std::size_t i = 1; i <= kChannels; ++i) {
    if (word == channel_of(i)) return i == 1 ? "chan" : "chan" + std::to_string(i);
  }
  if (word == world_value("server")) return "server";
  return std::nullopt;
}

bool is_between_words(char byte) {
  return kBetweenWords.find(byte) != std::string_view::npos;
}

// How many bytes at the begin are the same.
std::size_t run_of(std::string_view bytes) {
  if (bytes.front() == '\r' || bytes.front() == '\n') return 0;
  return std::min(bytes.find_first_not_of(bytes.front()), bytes.size());
}

}  // namespace

Text world_text(std::string_view bytes, std::size_t line_bytes) {
  Text text;
  bool word_begins = true;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::string_view rest = bytes.substr(at);
    const auto name = word_begins ? name_for(rest) : std::nullopt;
    const std::size_t run = run_of(rest);
    std::size_t taken = 1;
    if (name) {
      taken = std::min(rest.find_first_of(kBetweenWords), rest.size());
      append(text, NameRef{.name = *name});
    } else if (run >= kRunBytesMin) {
      taken = run;
      const auto whole = static_cast<std::uint32_t>(line_bytes + run + kTerminatorBytes);
      append(text, Fill{.line_bytes = whole, .unit = {rest.front()}});
    } else {
      append(text, std::string(rest.substr(0, 1)));
    }
    at += taken;
    line_bytes = bytes[at - 1] == '\n' ? 0 : line_bytes + taken;
    word_begins = is_between_words(bytes[at - 1]);
  }
  return text;
}

}  // namespace conform::script
