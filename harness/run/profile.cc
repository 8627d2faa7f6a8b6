#include "harness/run/profile.h"

#include <charconv>

namespace conform {

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

}  // namespace conform
