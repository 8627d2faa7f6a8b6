// Reading text: bare text, words and quoted parts, with the names in braces that they may hold.
// Every reader reports what is wrong and then returns nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "harness/script/lexer.h"
#include "harness/script/model.h"

namespace conform::script {

// "{name}", "{isupport.NICKLEN-1}". Requires: '{' is next.
std::optional<NameRef> read_name_ref(Line& line);

// Where parts stand next to each other: in data with blanks between them, in a parameter without.
enum class Gap : std::uint8_t { blanks, none };

// Whether a part is next: "…", hex"…" or fill(…).
bool at_part(const Line& line);

// One part, added to `text`: "…", "…"*400, hex"de ad", fill(513, "x").
bool read_part(Line& line, Text& text);

// One part or more. Reads no fill, which measures a line that is sent.
std::optional<Text> read_parts(Line& line, Gap gap);

// Everything to the end of the line; knows only {name}.
std::optional<Text> read_bare(Line& line);

// A word up to a blank or one of `stops`; knows only {name}. Requires: there is one.
std::optional<Text> read_word(Line& line, std::string_view stops = "");

// A word or quoted parts.
std::optional<Text> read_word_or_parts(Line& line);

// A quoted part in which no name can stand.
std::optional<std::string> read_plain(Line& line);

// "{name}", "{isupport.NICKLEN-1}". Requires: '{' is next.
std::optional<NameRef> read_name_ref(Line& line);

// A new name, of a client, capture, loop or let; `what` is it for the message.
std::optional<std::string> read_new_name(Line& line, std::string_view what);

// Adds a part and keeps the text canonical: no empty literal, no two literals in a row.
void append(Text& text, TextPart part);

}  // namespace conform::script
