// One finding as text: a failure or an error in full, in the form of a diagnostic that points into
// the script, with all that is needed to see it again.
#pragma once

#include <string>
#include <vector>

#include "harness/report/style.h"
#include "harness/report/summary.h"

namespace conform {

// What a finding says besides its result.
struct Surroundings {
  std::string replay;      // The command that plays it again.
  std::string last_words;  // Of a target that died of it; or empty.
};

// The group's first result in full, then the names of those with the same cause:
//
//     FAIL framing/bare-cr  may  modern#compatibility
//       --> framing.irct:67:1
//      67 | b < PRIVMSG {b} two
//         | ^ what was seen in its place
//       replay: irc-conform replay out/x.irct
//
// The command is never folded: it is there to be copied. Safe for a terminal; ends with an empty
// line.
std::string finding_text(const Group& group, const Surroundings& around, Style style);

// One line for a group with a common reason, and the names below it:
//
//     SKIP needs a process that is known (12)
//         isolation/a, isolation/b, isolation/c and 9 more
//
// With `all`, every name.
std::string reason_text(const Group& group, bool all, Style style);

}  // namespace conform
