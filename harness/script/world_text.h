// Bytes of the records' world (records.h) as text of the notation.
#pragma once

#include <cstddef>
#include <string_view>

#include "harness/script/model.h"

namespace conform::script {

// Words that are names of that world become names in braces, which stand for what the target has:
// "PRIVMSG #x :hello" is "PRIVMSG {chan} :hello". 16 bytes or more that are the same become a
// fill(), so that the line is as long as it was whatever the names are. `line_bytes` is how much
// of the line has been said before. evaluate() with world_value() gives the bytes again.
Text world_text(std::string_view bytes, std::size_t line_bytes);

}  // namespace conform::script
