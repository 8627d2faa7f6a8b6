// Readings: the points in which implementations read the wire differently, each with the text that
// it turns on. irc-conform has none of them; an implementation that differs declares which it has,
// and is then held to exactly that, by the same naive framer and parser (reference_framer.h,
// reference_message.h): a difference that is declared hides no other.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fuzz {

enum class Reading : std::uint8_t {
  bare_cr_is_data,
  bare_lf_is_data,
  cr_is_dropped,
  empty_lines_given,
  nul_ends_frame,
  one_limit,
  overlong_at_terminator,
  overlong_is_cut,
  overlong_goes_on,
  overlong_is_silent,
  any_command,
  no_parameter_limit,
  sixteenth_dropped,
  leading_spaces_refused,
  one_space_separates,
  tab_separates,
  final_spaces_dropped,
  empty_source_refused,
  no_source,
  nul_is_data,
  nul_ends_line,
  no_tags,
  tags_ignored,
  first_tag_wins,
  tags_not_unescaped,
};

struct ReadingRow {
  Reading reading;
  std::string_view id;      // What adapters declare.
  std::string_view what;    // How who has this reading takes the wire.
  std::string_view clause;  // What it turns on.
  std::string_view cite;    // The same for the header of a case; empty: none of the citable texts.
};

inline constexpr std::string_view kCompatibility = "modern#compatibility-with-incorrect-software";

// In the order of the enumeration.
inline constexpr auto kReadings = std::to_array<ReadingRow>({
    // clang-format off
    {Reading::bare_cr_is_data, "framing/bare-cr-is-data",
     "a CR without LF does not end a line; before a LF it belongs to the terminator",
     "RFC 1459 2.3.1, 8; Modern IRC, Compatibility: CR MAY be accepted", kCompatibility},
    {Reading::bare_lf_is_data, "framing/bare-lf-is-data",
     "a LF without CR in front does not end a line",
     "RFC 2812 2.3.1; Modern IRC, Compatibility: LF SHOULD be accepted", kCompatibility},
    {Reading::cr_is_dropped, "framing/cr-is-dropped",
     "only a LF ends a line, and every CR is dropped, wherever it stands",
     "RFC 2812 2.3.1: CR stands in a terminator only", "rfc2812#2.3.1"},
    {Reading::empty_lines_given, "framing/empty-lines-given",
     "the framer gives empty lines, for others to ignore",
     "RFC 2812 2.3.1: empty messages are silently ignored", "rfc2812#2.3.1"},
    {Reading::nul_ends_frame, "framing/nul-ends-line",
     "a line is a C string: from a NUL to the terminator nothing is seen",
     "RFC 2812 2.3.1: NUL is not allowed within messages", "rfc2812#2.3.1"},
    {Reading::one_limit, "framing/one-limit",
     "tags count as a part of the line, which has one limit, that of the body",
     "IRCv3 message-tags, Size limit", "ircv3/message-tags#size-limit"},
    {Reading::overlong_at_terminator, "framing/overlong-at-terminator",
     "an overlong line is told when its terminator comes, not when it is too long",
     "RFC 1459 2.3: 512 bytes; when it shows, no text says", "rfc1459#2.3"},
    {Reading::overlong_is_cut, "framing/overlong-is-cut",
     "an overlong line is given up to its limit, and its rest dropped",
     "RFC 1459 2.3; Modern IRC, Message format: truncation or an error", "modern#message-format"},
    {Reading::overlong_goes_on, "framing/overlong-goes-on",
     "an overlong line is given in pieces, each as long as its limit, as if they were lines",
     "RFC 1459 2.3: there is no provision for continuation message lines", "rfc1459#2.3"},
    {Reading::overlong_is_silent, "framing/overlong-is-silent",
     "nothing tells that an overlong line was dropped",
     "RFC 1459 2.3; Modern IRC, ERR_INPUTTOOLONG (417)", "modern#message-format"},
    {Reading::any_command, "parsing/any-command",
     "a command may be any word",
     "RFC 2812 2.3.1: command = 1*letter / 3digit", "rfc2812#2.3.1"},
    {Reading::no_parameter_limit, "parsing/no-parameter-limit",
     "there may be more than fifteen parameters",
     "RFC 2812 2.3: 15; Modern IRC, Parameters: any number", "modern#parameters"},
    {Reading::sixteenth_dropped, "parsing/sixteenth-dropped",
     "the fifteenth parameter ends at a space too, and what follows is dropped",
     "RFC 2812 2.3.1: 14( SPACE middle ) [ SPACE [ \":\" ] trailing ]", "rfc2812#2.3.1"},
    {Reading::leading_spaces_refused, "parsing/leading-spaces-refused",
     "a line that begins with a space is no message",
     "RFC 2812 2.3.1: message = [ \":\" prefix SPACE ] command", "rfc2812#2.3.1"},
    {Reading::one_space_separates, "parsing/one-space-separates",
     "exactly one space separates, and between two there is something empty",
     "RFC 2812 2.3.1: SPACE; RFC 1459 2.3.1, Modern IRC: one or more", "modern#message-format"},
    {Reading::tab_separates, "parsing/tab-separates",
     "a TAB separates parameters as a space does",
     "RFC 1459 2.3.1, note 1: only SPACE does", "rfc1459#2.3.1"},
    {Reading::final_spaces_dropped, "parsing/final-spaces-dropped",
     "spaces at the end of the line do not belong to the last parameter",
     "RFC 2812 2.3.1: trailing", "rfc2812#2.3.1"},
    {Reading::empty_source_refused, "parsing/empty-source-refused",
     "a line with a ':' that no source follows is no message",
     "RFC 2812 2.3.1: prefix", "rfc2812#2.3.1"},
    {Reading::no_source, "parsing/no-source",
     "there is no source: a word that begins with ':' is the command",
     "RFC 2812 2.3: clients should not use a prefix", "rfc2812#2.3"},
    {Reading::nul_is_data, "parsing/nul-is-data",
     "a NUL is a byte like others",
     "RFC 2812 2.3.1: NUL is not allowed within messages", "rfc2812#2.3.1"},
    {Reading::nul_ends_line, "parsing/nul-ends-line",
     "a line is a C string: from a NUL on nothing is seen",
     "RFC 2812 2.3.1: NUL is not allowed within messages", "rfc2812#2.3.1"},
    {Reading::no_tags, "parsing/no-tags",
     "there are no tags: a word that begins with '@' is the command",
     "IRCv3 message-tags: only where it was negotiated", "ircv3/message-tags#format"},
    {Reading::tags_ignored, "parsing/tags-ignored",
     "tags are read over",
     "IRCv3 message-tags: only where it was negotiated", "ircv3/message-tags#format"},
    {Reading::first_tag_wins, "parsing/first-tag-wins",
     "of a tag that stands twice, the first value counts",
     "IRCv3 message-tags: the last one SHOULD be used", "ircv3/message-tags#format"},
    {Reading::tags_not_unescaped, "parsing/tags-not-unescaped",
     "the values of tags are given as they stand on the wire",
     "IRCv3 message-tags, Escaping values", "ircv3/message-tags#escaping-values"},
    // clang-format on
});

// A set of them.
class Readings {
 public:
  bool has(Reading reading) const { return set_[index_of(reading)]; }
  bool any() const { return set_.any(); }
  void add(Reading reading) { set_[index_of(reading)] = true; }
  // The set with this one, if it was without, or else without.
  Readings toggled(Reading reading) const {
    Readings other = *this;
    other.set_.flip(index_of(reading));
    return other;
  }
  bool operator==(const Readings&) const = default;

 private:
  static std::size_t index_of(Reading reading) { return static_cast<std::size_t>(reading); }

  std::bitset<kReadings.size()> set_;
};

// The row of an id; nothing if there is none.
inline const ReadingRow* find_reading(std::string_view id) {
  for (const ReadingRow& row : kReadings) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

}  // namespace fuzz
