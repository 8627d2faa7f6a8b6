// Reading a step: one line, or the line that opens a block.
#pragma once

#include <optional>
#include <vector>

#include "harness/script/lexer.h"
#include "harness/script/model.h"

namespace conform::script {

// Reads a step that is no end, else or grade word. A block comes without its steps. Reports what is
// wrong and then returns nothing; where `clients` is empty, which is reported already, no unknown
// client is.
std::optional<Step> read_step(Line& line, const std::vector<ClientDecl>& clients);

// Reads the rest of an alternative's line, behind its grade: a quoted policy or nothing.
std::optional<Alternative> read_alternative(Line& line, AlternativeGrade grade);

}  // namespace conform::script
