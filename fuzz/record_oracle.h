// What has to hold of the byte form of a case, for every sequence of bytes.
#pragma once

#include <string_view>

#include "fuzz/finding.h"

namespace fuzz {

namespace oracles {

inline constexpr Oracle kRecordsLint{"RE-LINT", "records give a case without problems",
                                     "script/decode.h: lint has nothing to say about it"};
inline constexpr Oracle kRecordsSame{"RE-SAME", "that case, printed, reads back as the same",
                                     "script/print.h: parse(print(x)) is x but for spans"};
inline constexpr Oracle kRecordsStable{"RE-STABLE", "its records give the same case",
                                       "script/decode.h: decode(encode(c)) is c"};

}  // namespace oracles

// The first that does not hold of the bytes, of which at most 64 KiB are looked at: what they are
// as records; and, where they are a script, what its cases are as records.
Verdict judge_records(std::string_view bytes);

}  // namespace fuzz
