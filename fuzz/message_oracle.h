// What has to hold of the parser and the serializer of messages, for every sequence of bytes.
#pragma once

#include <string_view>

#include "fuzz/finding.h"

namespace fuzz {

namespace oracles {

inline constexpr Oracle kTotal{"PA-TOTAL", "the parts of a message lie inside its line, in order",
                               "parse_message: views point into the line"};
inline constexpr Oracle kMessageReference{"PA-REF", "a line means what the naive parser says",
                                          "RFC 2812 2.3.1; IRCv3 message-tags"};
inline constexpr Oracle kRoundTrip{"PA-ROUND", "what is parsed, printed and parsed is the same",
                                   "serialize: the inverse of parse_message"};
inline constexpr Oracle kSpaces{"PA-SPACE", "more spaces and a ':' without need change nothing",
                                "RFC 2812 2.3.1; Modern IRC: one or more spaces"};
inline constexpr Oracle kCommandCase{"PA-CASE", "a command in small letters has the same parts",
                                     "Modern IRC: commands are case-insensitive"};
inline constexpr Oracle kTags{"PA-TAG", "the value of a tag is the last one, unescaped",
                              "IRCv3 message-tags, Escaping values"};
inline constexpr Oracle kTagRoundTrip{"PA-TAGROUND", "a value that was escaped comes back",
                                      "IRCv3 message-tags, Escaping values"};
inline constexpr Oracle kSource{"PA-SOURCE", "a source is taken apart as the naive parser does",
                                "RFC 2812 2.3.1: prefix"};
inline constexpr Oracle kGenerated{"PA-GEN",
                                   "what can be said on the wire is printed and read back",
                                   "serialize: the inverse of parse_message"};
inline constexpr Oracle kLinear{"PA-LINEAR", "the steps grow with the bytes, not faster",
                                "parse_message: never allocates, reads a line from its front"};

}  // namespace oracles

// Holds `line` against all oracles but PA-GEN; the first that does not hold. It should end where
// its memory ends, so that reading past it is noticed.
Verdict judge_line(std::string_view line);

// Makes a message out of any bytes, prints it and reads it back: PA-GEN, PA-TAGROUND.
Verdict judge_generated(std::string_view bytes);

}  // namespace fuzz
