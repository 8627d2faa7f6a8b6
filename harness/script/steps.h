// Reading a step: one line, or the line that opens a block.
#pragma once

#include <optional>
#include <vector>

#include "harness/script/lexer.h"
#include "harness/script/model.h"
#include "harness/script/words.h"

namespace conform::script {

// Reads a step that is no end, else or grade word. A block comes without its steps. Reports what is
// wrong and then returns nothing; where `clients` is empty, which is reported already, no unknown
// client is.
std::optional<Step> read_step(Line& line, const std::vector<ClientDecl>& clients);

// The plainest block that `statement` can open, without steps; nothing if it opens none. Stands in
// for one that could not be read.
std::optional<Action> empty_block(Statement statement);

// Reads the rest of an alternative's line, behind its grade: a quoted policy or nothing. Where that
// is wrong, which is reported, the alternative has no policy.
Alternative read_alternative(Line& line, AlternativeGrade grade);

}  // namespace conform::script
