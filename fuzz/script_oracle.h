// What has to hold of the parser and the printer of scripts, for every text.
#pragma once

#include <string_view>

#include "fuzz/finding.h"

namespace fuzz {

namespace oracles {

inline constexpr Oracle kPlace{"SC-PLACE", "every problem has a place in the text, and is shown",
                               "script/parse.h: Problem"};
inline constexpr Oracle kNothing{"SC-NOTHING", "a text gives a case or a problem",
                                 "corpus/README.md: a file holds cases"};
inline constexpr Oracle kPrintReads{
    "SC-READS", "what is printed of a text without problems has none", "script/print.h"};
inline constexpr Oracle kPrintSame{"SC-SAME", "what is printed reads back as the same cases",
                                   "script/print.h: parse(print(x)) is x but for spans"};
inline constexpr Oracle kPrintStable{"SC-STABLE", "printed again it is the same text",
                                     "script/print.h: printing again changes nothing"};

}  // namespace oracles

// The first that does not hold of the text.
Verdict judge_script(std::string_view text);

}  // namespace fuzz
