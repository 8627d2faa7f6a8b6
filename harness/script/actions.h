// Reading what the clients of a step do: what they send, expect, and all else.
#pragma once

#include <optional>

#include "harness/script/lexer.h"
#include "harness/script/model.h"

namespace conform::script {

// Reads from behind the clients to the end of the line. Reports what is wrong and then returns
// nothing.
std::optional<Action> read_action(Line& line);

}  // namespace conform::script
