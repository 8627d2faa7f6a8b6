// A finding: an oracle that does not hold for an input, with what is needed to see why.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fuzz {

// A rule that a fuzz target holds every input against.
struct Oracle {
  std::string_view id;        // "FR-SEG": what names it in reports, seeds and commits.
  std::string_view property;  // A sentence: what must hold.
  std::string_view clause;    // The text that asks for it: "RFC 2812 2.3.1".
};

struct Finding {
  Oracle oracle;
  std::string setting;   // What else the outcome depends on: limits, cuts, configuration.
  std::string expected;  // One side, escaped.
  std::string actual;    // The other.
  std::string more;      // What else helps, in lines of its own; mostly nothing.
};

// What an oracle says of an input: nothing if all is well.
using Verdict = std::optional<Finding>;

// Bytes as they can be read and pasted: printable ASCII as it is, the rest as \r, \n, \xff; what is
// longer than 2000 bytes with its length instead of its middle.
std::string escaped(std::string_view bytes);

// The finding in five lines, the oracle first, and what else helps behind them.
std::string text_of(const Finding& finding);

// Prints the finding to stderr and aborts, which is how a fuzz target says that it has one.
void stop_on(const Verdict& verdict);

}  // namespace fuzz
