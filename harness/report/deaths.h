// Deaths of the target as text: one as often as it happened, with what the target wrote last.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/report/style.h"
#include "harness/run/result.h"

namespace conform {

// The line of a tail that says most: the one that names the fault, else the last that is not empty;
// without the blanks around it. Empty if there is none. A view into `tail`.
std::string_view last_words(std::string_view tail);

// A block for each way in which it died, with all cases that show it and the last of the tails:
//
//     DEATH target killed by SIGSEGV (4 times); shown by isolation/reset
//       its last words:
//         Segmentation fault
//
// Safe for a terminal; each block ends with an empty line.
std::string deaths_text(const std::vector<Death>& deaths, Style style);

}  // namespace conform
