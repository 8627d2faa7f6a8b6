// Reading what follows "<", "<=" and "<!".
#pragma once

#include <optional>

#include "harness/script/lexer.h"
#include "harness/script/model.h"

namespace conform::script {

// Reads to the end of the line. Reports what is wrong and then returns nothing.
std::optional<Pattern> read_pattern(Line& line);

}  // namespace conform::script
