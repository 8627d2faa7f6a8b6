// fuzz_script: every text gives cases, or problems that have a place in it; what is printed of it
// reads back as the same cases, and prints as the same text. Records, which any bytes are, give a
// case without problems, which gives the same records.
//
// Input: the text of a file of cases; the same bytes are also records. Oracles: SC-PLACE,
// SC-NOTHING, SC-READS, SC-SAME, SC-STABLE (script_oracle.h), RE-LINT, RE-SAME, RE-STABLE
// (record_oracle.h).
#include "fuzz/record_oracle.h"
#include "fuzz/script_oracle.h"
#include "fuzz/target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  fuzz::stop_on(fuzz::judge_script(bytes));
  fuzz::stop_on(fuzz::judge_records(bytes));
  return 0;
}
