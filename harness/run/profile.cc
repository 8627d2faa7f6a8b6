#include "harness/run/profile.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>

#include "harness/run/seconds.h"

namespace conform {
namespace {

// A limit is a positive number; without one, or with 0, there is none.
bool is_limit(std::string_view text) {
  std::uint32_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && stop == text.data() + text.size() && value > 0;
}

// Adds the pairs of "beI:50,q:10". A key is a word, or a set of characters: it is known as both.
void add_pairs(std::map<std::string, std::string>& names, const std::string& token,
               std::string_view value) {
  while (!value.empty()) {
    const std::string_view pair = value.substr(0, value.find(','));
    value.remove_prefix(std::min(pair.size() + 1, value.size()));
    const std::size_t colon = pair.find(':');
    if (colon == pair.npos || !is_limit(pair.substr(colon + 1))) continue;
    const std::string_view key = pair.substr(0, colon);
    const std::string limit(pair.substr(colon + 1));
    names.try_emplace(token + "." + std::string(key), limit);
    for (const char letter : key) names.try_emplace(token + "." + letter, limit);
  }
}

}  // namespace

std::string_view to_string(Barrier barrier) {
  switch (barrier) {
    case Barrier::ping:
      return "PING";
    case Barrier::join:
      return "JOIN of a fresh channel";
    case Barrier::self_message:
      return "a message to oneself";
    case Barrier::unknown_command:
      return "an unknown command";
    case Barrier::refusal:
      return "a refused PING";
    case Barrier::silence:
      return "silence";
  }
  return "";
}

std::string_view to_string(RegistrationOrder order) {
  switch (order) {
    case RegistrationOrder::nick_user:
      return "PASS NICK USER";
    case RegistrationOrder::cap_nick_user:
      return "CAP LS, PASS NICK USER, CAP END";
    case RegistrationOrder::user_nick:
      return "PASS USER NICK";
  }
  return "";
}

std::map<std::string, std::string> Profile::announced() const {
  std::map<std::string, std::string> names = isupport;
  for (const auto& [token, value] : isupport) add_pairs(names, token, value);
  return names;
}

char Profile::chantype() const {
  const auto found = isupport.find("CHANTYPES");
  if (found == isupport.end() || found->second.empty()) return '#';
  return found->second.find('#') != std::string::npos ? '#' : found->second.front();
}

std::size_t Profile::line_bytes_max() const {
  constexpr std::size_t kLineBytes = 512;  // RFC 1459 2.3.
  const auto found = isupport.find("LINELEN");
  if (found == isupport.end()) return kLineBytes;
  std::size_t value = 0;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
  return value < kLineBytes ? kLineBytes : value;
}

std::map<std::string, std::string> texts_of(const Profile& profile) {
  std::map<std::string, std::string> texts = {
      {"registration", std::string(to_string(profile.order))},
      {"welcome", profile.welcomes ? "001" : "none"},
      {"barrier", std::string(to_string(profile.barrier))},
      {"barrier before registration", std::string(to_string(profile.raw_barrier))},
      {"time to welcome", seconds(profile.time_to_welcome)},
      {"round trip", seconds(profile.round_trip)},
      {"time for a line in a burst", seconds(profile.line_delay)},
  };
  std::string& missing = texts["commands it lacks"];
  for (const std::string& command : profile.missing_commands) {
    missing += (missing.empty() ? "" : ", ") + command;
  }
  if (missing.empty()) missing = "none of those asked for";
  return texts;
}

}  // namespace conform
