// What parse_message, parse_source and tag_value must give, said as simply as can be: written from
// the grammar, with copies, one character after the other. What implementations with other readings
// must give, too (readings.h).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/readings.h"

namespace fuzz {

// A message, or why there is none, as words: "ok", tags, source, command and the parameters, or one
// word that names the error as ParseError does.
using MessageParts = std::vector<std::string>;

// RFC 1459 2.3.1, RFC 2812 2.3.1, IRCv3 message-tags; several spaces are as one.
MessageParts reference_parts(std::string_view line, const Readings& readings = {});

// Name, user, host.
std::vector<std::string> reference_source(std::string_view source);

// The values of tags by key, unescaped, the last one of each (IRCv3 message-tags). A key that is
// empty, which none is by the grammar, is left out.
using Tags = std::map<std::string, std::string>;
Tags reference_tags(std::string_view tags, const Readings& readings = {});

// IRCv3 message-tags, "Escaping values".
std::string escaped_tag(std::string_view value);

}  // namespace fuzz
