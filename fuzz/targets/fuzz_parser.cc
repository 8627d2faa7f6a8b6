// fuzz_parser: every line gives the message that a naive parser finds, or an error, in steps that
// grow with its bytes; a message that is printed and read again is the same, in whatever spaces,
// colons and letters it is said; tags and sources come apart as they were put together; names are
// equal, and text is UTF-8, where naive functions say so.
//
// Input: a line without terminator; the same bytes are also choices out of which a message is made.
// Oracles: PA-TOTAL, PA-REF, PA-ROUND, PA-SPACE, PA-CASE, PA-TAG, PA-TAGROUND, PA-SOURCE, PA-GEN,
// PA-LINEAR (message_oracle.h), PA-FOLD, PA-NUM, PA-UTF8 (names_oracle.h).
#include <vector>

#include "fuzz/message_oracle.h"
#include "fuzz/names_oracle.h"
#include "fuzz/target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  const std::vector<char> line(bytes.begin(), bytes.end());
  fuzz::stop_on(fuzz::judge_line({line.data(), line.size()}));
  fuzz::stop_on(fuzz::judge_names({line.data(), line.size()}));
  fuzz::stop_on(fuzz::judge_generated(bytes));
  return 0;
}
