#include "fuzz/record_oracle.h"

#include <cstddef>
#include <string>

#include "harness/script/decode.h"
#include "harness/script/encode.h"
#include "harness/script/parse.h"
#include "harness/script/print.h"

namespace fuzz {
namespace {

namespace script = conform::script;

constexpr std::size_t kBytesMax = 64U << 10;
constexpr std::string_view kId = "fuzz/records";

// Records in memory of their own, so that reading behind them is noticed.
Verdict judge_as_records(std::string_view bytes) {
  std::string records(bytes.substr(0, kBytesMax));
  records.shrink_to_fit();
  const script::Case item = script::decode(records, std::string(kId));
  const std::string text = script::print(item);
  const auto says = [&records, &text](const Oracle& oracle, std::string actual) {
    return Finding{oracle, "the records \"" + escaped(records) + "\"", text, std::move(actual)};
  };
  const script::Parsed parsed = script::parse("fuzz.irct", text);
  if (!parsed.ok()) {
    return says(oracles::kRecordsLint,
                script::format(*parsed.script.source, parsed.problems.front()));
  }
  if (parsed.script.cases.size() != 1 || !(parsed.script.cases.front() == item)) {
    return says(oracles::kRecordsSame, script::print(parsed.script.cases.front()));
  }
  const script::Case again = script::decode(script::encode(item), std::string(kId));
  if (!(again == item)) return says(oracles::kRecordsStable, script::print(again));
  return {};
}

}  // namespace

Verdict judge_records(std::string_view bytes) {
  if (Verdict verdict = judge_as_records(bytes)) return verdict;
  const script::Parsed parsed = script::parse("area.irct", std::string(bytes), true);
  if (!parsed.ok()) return {};
  for (const script::Case& item : parsed.script.cases) {
    if (Verdict verdict = judge_as_records(script::encode(item))) return verdict;
  }
  return {};
}

}  // namespace fuzz
