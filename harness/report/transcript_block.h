// A transcript as a finding shows it: what fits on a screen. --output and --json keep all of it.
#pragma once

#include <string>
#include <string_view>

namespace conform {

// "  transcript:" and the lines below it: where it began and where it ended, and of a client's
// single bytes the first few. Empty for an empty transcript. Safe for a terminal; ends with a
// newline.
std::string transcript_block(std::string_view transcript);

}  // namespace conform
