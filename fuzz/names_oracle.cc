#include "fuzz/names_oracle.h"

#include <algorithm>
#include <array>
#include <string>

#include "server/wire/casemap.h"
#include "server/wire/numeric.h"
#include "server/wire/utf8.h"

namespace fuzz {
namespace {

constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^";
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz{|}~";

struct Mapping {
  std::string_view name;
  irc::Casemapping mapping;
  std::size_t pairs;  // Of the letters above.
};
constexpr auto kMappings = std::to_array<Mapping>({
    {"ascii", irc::Casemapping::ascii, 26},
    {"rfc1459", irc::Casemapping::rfc1459, 30},
    {"rfc1459-strict", irc::Casemapping::rfc1459_strict, 29},
    {"strict-rfc1459", irc::Casemapping::rfc1459_strict, 29},
});

std::string reference_fold(std::string_view text, std::size_t pairs) {
  std::string folded(text);
  for (char& byte : folded) {
    const std::size_t place = kUpper.substr(0, pairs).find(byte);
    if (place != std::string_view::npos) byte = kLower[place];
  }
  return folded;
}

Verdict judge_fold(std::string_view text, const Mapping& each) {
  const std::string setting = std::string(each.name) + ", text \"" + escaped(text) + "\"";
  const std::string expected = reference_fold(text, each.pairs);
  const std::string folded = irc::fold(each.mapping, text);
  if (folded != expected) {
    return Finding{oracles::kFold, setting, escaped(expected), escaped(folded)};
  }
  if (!irc::equal(each.mapping, text, folded)) {
    return Finding{oracles::kFold, setting, "equal to its fold", "not equal"};
  }
  if (irc::equal(each.mapping, text, folded + '\0')) {
    return Finding{oracles::kFold, setting, "not equal to what is longer", "equal"};
  }
  const std::string_view one = text.substr(0, text.size() / 2);
  const std::string_view other = text.substr(one.size(), one.size());
  const bool same = reference_fold(one, each.pairs) == reference_fold(other, each.pairs);
  if (irc::equal(each.mapping, one, other) == same) return {};
  return Finding{oracles::kFold, setting, same ? "halves that are equal" : "halves that differ",
                 same ? "not equal" : "equal"};
}

// The name of a casemapping is one, and nothing else is.
Verdict judge_mapping_name(std::string_view text) {
  const auto* const known = std::ranges::find(kMappings, text, &Mapping::name);
  const auto found = irc::casemapping_of(text);
  const bool right =
      known == kMappings.end()
          ? !found
          : found == known->mapping && irc::casemapping_of(irc::isupport_value(*found)) == found;
  if (right) return {};
  return Finding{oracles::kFold, "CASEMAPPING=" + escaped(text),
                 known == kMappings.end() ? "none" : "the one of that name", "another"};
}

// Of what begins with three digits.
Verdict judge_numeric(std::string_view text) {
  const std::string_view digits = text.substr(0, 3);
  const auto is_digit = [](char byte) { return '0' <= byte && byte <= '9'; };
  if (digits.size() < 3 || !std::ranges::all_of(digits, is_digit)) return {};
  unsigned number = 0;
  for (const char digit : digits) number = 10 * number + static_cast<unsigned>(digit - '0');
  const auto numeric = static_cast<irc::Numeric>(number);
  const std::string code = irc::code(numeric);
  if (code != digits) return Finding{oracles::kNumeric, "code", std::string(digits), code};
  const std::string_view said = irc::text(numeric);
  const bool fits = said.size() < 200 && said.find_first_of("\r\n") == std::string_view::npos;
  if (fits) return {};
  return Finding{oracles::kNumeric, "text of " + code, "a part of a line", escaped(said)};
}

unsigned byte_of(char byte) {
  return static_cast<unsigned char>(byte);
}

bool reference_is_utf8(std::string_view text) {
  constexpr auto kLeast = std::to_array<unsigned>({0, 0, 0x80, 0x800, 0x10000});  // By length.
  while (!text.empty()) {
    const unsigned first = byte_of(text.front());
    const std::size_t length = first < 0x80            ? 1
                               : (first >> 5U) == 0x6  ? 2
                               : (first >> 4U) == 0xe  ? 3
                               : (first >> 3U) == 0x1e ? 4
                                                       : 0;
    if (length == 0 || length > text.size()) return false;
    unsigned point = length == 1 ? first : first & (0x7fU >> length);
    for (const char byte : text.substr(1, length - 1)) {
      if ((byte_of(byte) & 0xc0U) != 0x80) return false;
      point = point << 6U | (byte_of(byte) & 0x3fU);
    }
    const bool surrogate = 0xd800 <= point && point <= 0xdfff;
    if (point < kLeast[length] || surrogate || point > 0x10ffff) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace

Verdict judge_names(std::string_view text) {
  for (const Mapping& each : kMappings) {
    if (Verdict verdict = judge_fold(text, each)) return verdict;
  }
  if (Verdict verdict = judge_mapping_name(text)) return verdict;
  if (Verdict verdict = judge_numeric(text)) return verdict;
  const bool expected = reference_is_utf8(text);
  if (irc::is_utf8(text) == expected) return {};
  return Finding{oracles::kUtf8, "text \"" + escaped(text) + "\"", expected ? "UTF-8" : "not UTF-8",
                 expected ? "not UTF-8" : "UTF-8"};
}

}  // namespace fuzz
