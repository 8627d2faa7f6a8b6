// What has to hold of casemappings, of numerics and of UTF-8, for every sequence of bytes.
#pragma once

#include <string_view>

#include "fuzz/finding.h"

namespace fuzz {

namespace oracles {

inline constexpr Oracle kFold{"PA-FOLD", "names are equal by the pairs of their casemapping",
                              "RFC 2812 2.2; Modern IRC, CASEMAPPING"};
inline constexpr Oracle kNumeric{
    "PA-NUM", "a numeric is its three digits, and its text fits a line", "RFC 2812 2.4"};
inline constexpr Oracle kUtf8{"PA-UTF8", "text is UTF-8 where each of its code points is one",
                              "RFC 3629 3, 4"};

}  // namespace oracles

// Holds fold, equal, casemapping_of and is_utf8 against naive ones on `text`, and code of a numeric
// against what it was read from. It should end where its memory ends, so that reading past it is
// noticed.
Verdict judge_names(std::string_view text);

}  // namespace fuzz
