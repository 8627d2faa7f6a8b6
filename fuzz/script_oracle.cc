#include "fuzz/script_oracle.h"

#include <string>

#include "harness/script/parse.h"
#include "harness/script/print.h"

namespace fuzz {
namespace {

namespace script = conform::script;

// An exact-size copy, so that reading past its end is noticed.
script::Parsed parse_copy(std::string_view text) {
  std::string copy(text);
  copy.shrink_to_fit();
  return script::parse("area.irct", std::move(copy), true);
}

bool has_place(const script::SourceText& source, const script::Span& span) {
  const std::size_t columns = source.line(span.line).size() + 1;
  return span.line >= 1 && span.column >= 1 && span.column - 1 + span.length <= columns;
}

std::string text_of(const script::Problem& problem) {
  return std::to_string(problem.span.line) + ":" + std::to_string(problem.span.column) + " " +
         problem.message;
}

std::string printed(const script::Script& cases) {
  std::string text;
  for (const script::Case& item : cases.cases) text += script::print(item) + "\n";
  return text;
}

}  // namespace

Verdict judge_script(std::string_view text) {
  const auto says = [text](const Oracle& oracle, std::string expected, std::string actual) {
    return Finding{oracle, "the text \"" + escaped(text) + "\"", std::move(expected),
                   std::move(actual)};
  };
  const script::Parsed parsed = parse_copy(text);
  for (const script::Problem& problem : parsed.problems) {
    const bool shown = !script::format(*parsed.script.source, problem).empty();
    if (!shown || !has_place(*parsed.script.source, problem.span)) {
      return says(oracles::kPlace, "a place in the text", text_of(problem));
    }
  }
  if (parsed.ok() && parsed.script.cases.empty()) {
    return says(oracles::kNothing, "a case or a problem", "neither");
  }
  if (!parsed.ok()) return {};
  const std::string once = printed(parsed.script);
  const script::Parsed again = parse_copy(once);
  if (!again.ok()) {
    return says(oracles::kPrintReads, "no problem",
                text_of(again.problems.front()) + " in \"" + escaped(once) + "\"");
  }
  const std::string twice = printed(again.script);
  if (!(again.script.cases == parsed.script.cases)) {
    return says(oracles::kPrintSame, escaped(once), escaped(twice));
  }
  if (twice != once) return says(oracles::kPrintStable, escaped(once), escaped(twice));
  return {};
}

}  // namespace fuzz
