#include "server/values.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace irc {

std::optional<Address> parse_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!bracketed && host.find(':') != std::string_view::npos) return std::nullopt;
  Address address{.host = std::string(host), .port = 0};
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (error != std::errc{} || end != port.data() + port.size()) return std::nullopt;
  return address;
}

std::string to_string(const Address& address) {
  const bool ipv6 = address.host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", ipv6 ? "[" : "", address.host, ipv6 ? "]" : "", address.port);
}

bool is_server_name(std::string_view name) {
  const bool has_dot = name.find('.') != std::string_view::npos;
  return has_dot && name.front() != ':' && name.size() <= 63 &&
         name.find_first_of(std::string_view(" !@\0\r\n", 6)) == std::string_view::npos;
}

bool is_text(std::string_view text) {
  return text.find_first_of(std::string_view("\0\r\n", 3)) == std::string_view::npos;
}

bool is_shown_text(std::string_view text) {
  return is_text(text) && text.size() <= kShownBytesMax;
}

bool is_network_name(std::string_view name) {
  return is_text(name) && !name.empty() && name.size() <= kNetworkBytesMax &&
         name.find(' ') == std::string_view::npos;
}

std::optional<std::size_t> parse_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::size_t> most_of(std::size_t count) {
  if (count == 0) return std::nullopt;
  return count;
}

std::optional<Duration> duration_of(double seconds) {
  const bool sound = 0.001 <= seconds && seconds <= 1e6;
  if (!sound) return std::nullopt;
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

}  // namespace irc
