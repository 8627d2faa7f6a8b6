// Reading the headers of a case: each a name, a colon and a value that ends with the line.
#pragma once

#include <optional>

#include "harness/script/lexer.h"
#include "harness/script/model.h"
#include "harness/script/words.h"

namespace conform::script {

// Reads the value of `header` into `item`, to the end of the line. What was understood before a
// fault stays. False if there was one; it is reported.
bool read_header(Line& line, Header header, Case& item);

// "local", "isupport NICKLEN=9", "fresh(nofile=64)": what `requires` lists and `if` asks.
std::optional<Requirement> read_requirement(Line& line);

}  // namespace conform::script
