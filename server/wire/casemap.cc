#include "server/wire/casemap.h"

#include <algorithm>
#include <array>
#include <utility>

namespace irc {
namespace {

constexpr auto kNames = std::to_array<std::pair<std::string_view, Casemapping>>({
    {"ascii", Casemapping::ascii},
    {"rfc1459", Casemapping::rfc1459},
    {"rfc1459-strict", Casemapping::rfc1459_strict},
    {"strict-rfc1459", Casemapping::rfc1459_strict},
});

// The upper case letters go in ASCII from A to Z, and on to the ones that Scandinavia had there
// when IRC was young: [ \ ] and, not in the strict mapping, ^. Their lower case is 32 further on.
char last_upper(Casemapping mapping) {
  switch (mapping) {
    case Casemapping::ascii:
      return 'Z';
    case Casemapping::rfc1459:
      return '^';
    case Casemapping::rfc1459_strict:
      return ']';
  }
  return 'Z';
}

}  // namespace

std::optional<Casemapping> casemapping_of(std::string_view isupport_value) {
  const auto* known =
      std::ranges::find(kNames, isupport_value, &decltype(kNames)::value_type::first);
  if (known == kNames.end()) return std::nullopt;
  return known->second;
}

std::string_view isupport_value(Casemapping mapping) {
  return std::ranges::find(kNames, mapping, &decltype(kNames)::value_type::second)->first;
}

char fold(Casemapping mapping, char byte) {
  const bool upper = 'A' <= byte && byte <= last_upper(mapping);
  return upper ? static_cast<char>(byte + ('a' - 'A')) : byte;
}

std::string fold(Casemapping mapping, std::string_view name) {
  std::string folded(name);
  for (char& byte : folded) byte = fold(mapping, byte);
  return folded;
}

bool equal(Casemapping mapping, std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [mapping](char x, char y) { return fold(mapping, x) == fold(mapping, y); });
}

}  // namespace irc
