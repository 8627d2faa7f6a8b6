#include "harness/report/finding.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/report/display.h"
#include "harness/report/names.h"

namespace conform {
namespace {

constexpr std::size_t kNamesShown = 6;
constexpr std::size_t kColumns = 100;

struct Heading {
  std::string_view word;
  Ink ink;
};

Heading heading_of(Grade grade) {
  switch (grade) {
    case Grade::pass:
      return {"PASS", Ink::green};
    case Grade::lenient:
      return {"LENIENT", Ink::cyan};
    case Grade::info:
      return {"INFO", Ink::cyan};
    case Grade::fail:
      return {"FAIL", Ink::red};
    case Grade::inconclusive:
      return {"INCONCLUSIVE", Ink::yellow};
    case Grade::skip:
      return {"SKIP", Ink::yellow};
    case Grade::error:
      return {"ERROR", Ink::magenta};
  }
  return {"ERROR", Ink::magenta};
}

std::string painted_heading(Grade grade, Style style) {
  const Heading heading = heading_of(grade);
  return style.paint(heading.ink, heading.word);
}

// Joins names into lines of at most kColumns, each behind four blanks.
std::string wrapped(const std::vector<std::string>& names, std::string_view rest) {
  constexpr std::string_view kIndent = "   ";
  std::string text(kIndent);
  std::size_t column = kIndent.size();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string word = displayed(names[i]) + (i + 1 < names.size() ? "," : "");
    if (column > kIndent.size() && column + 1 + word.size() > kColumns) {
      text += fmt::format("\n{}", kIndent);
      column = kIndent.size();
    }
    text += " " + word;
    column += 1 + word.size();
  }
  return fmt::format("{}{}\n", text, rest);
}

std::string name_list(std::vector<std::string> names, bool all) {
  const std::size_t shown = all ? names.size() : std::min(names.size(), kNamesShown);
  const std::size_t hidden = names.size() - shown;
  names.resize(shown);
  return wrapped(names, hidden == 0 ? "" : fmt::format(" and {} more", hidden));
}

// Results of one case with one variant, as --repeat makes them, have one name.
std::vector<std::string> distinct_names(const std::vector<const CaseResult*>& results) {
  std::vector<std::string> names;
  for (const CaseResult* result : results) {
    std::string name = name_of(*result);
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

// "  --> file:line:col", the line, and under its column the sentence.
std::string excerpt(const CaseResult& result, Style style) {
  const std::string& sentence = result.actual.empty() ? result.reason : result.actual;
  if (result.location.file.empty()) return fmt::format("  {}\n", displayed(sentence));
  const auto& [file, span, text] = result.location;
  const DisplayedLine line = displayed_line(text, span.column);
  const std::string number = fmt::format("{}", span.line);
  return fmt::format("  --> {}:{}:{}\n {} | {}\n {:{}} | {:{}}{} {}\n", displayed(file), span.line,
                     span.column, number, line.text, "", number.size(), "", line.column - 1,
                     style.paint(Ink::red, "^"), displayed(sentence));
}

std::string labelled(std::string_view label, std::string_view value) {
  if (value.empty()) return "";
  return fmt::format("  {}: {}\n", label, displayed(value));
}

// "whole pass, each-cut fail", where there is more than one.
std::string variants_text(const std::vector<VariantResult>& variants) {
  std::string text;
  for (const VariantResult& variant : variants) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", variant.name, name_of(variant.grade));
  }
  return variants.size() < 2 ? "" : text;
}

// Where the line behind the first `count` lines begins.
std::size_t after_line(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0; --count) at = text.find('\n', at) + 1;
  return at;
}

// What fits on a screen: where it began and where it ended. --output and --json keep all of it.
std::string transcript_block(std::string_view transcript) {
  constexpr std::size_t kHead = 12, kTail = 24;
  constexpr std::string_view kIndent = "    ";
  if (transcript.empty()) return "";
  const auto lines = static_cast<std::size_t>(std::ranges::count(transcript, '\n'));
  if (lines <= kHead + kTail + 1) {
    return fmt::format("  transcript:\n{}", displayed_lines(transcript, kIndent));
  }
  const std::string_view head = transcript.substr(0, after_line(transcript, kHead));
  const std::string_view tail = transcript.substr(after_line(transcript, lines - kTail));
  return fmt::format("  transcript:\n{}{}# ... {} lines left out; --output keeps them ...\n{}",
                     displayed_lines(head, kIndent), kIndent, lines - kHead - kTail,
                     displayed_lines(tail, kIndent));
}

}  // namespace

std::string finding_text(const Group& group, const std::string& replay, Style style) {
  const CaseResult& first = *group.first;
  std::string text =
      fmt::format("{} {}  {}  {}   replay: {}\n", painted_heading(first.grade, style),
                  style.paint(Ink::bold, displayed(name_of(first))), name_of(first.level),
                  displayed(names_of(first.citations)), displayed(replay));
  text += excerpt(first, style);
  text += labelled("title", first.title);
  text += labelled("expected", first.expected);
  if (first.actual != first.reason && !first.actual.empty())
    text += labelled("reason", first.reason);
  if (first.boundaries == Boundaries::requested) {
    text += labelled("boundaries", "requested: the server may have read segments together");
  }
  text += labelled("cause", first.root_cause);
  text += labelled("variants", variants_text(first.variants));
  const std::vector<std::string> also = distinct_names(group.others);
  if (!also.empty()) text += fmt::format("  also ({}):\n{}", also.size(), name_list(also, true));
  text += transcript_block(first.transcript);
  return text + "\n";
}

std::string reason_text(const Group& group, bool all, Style style) {
  std::vector<const CaseResult*> results = {group.first};
  results.insert(results.end(), group.others.begin(), group.others.end());
  const std::vector<std::string> names = distinct_names(results);
  return fmt::format("{} {} ({})\n{}", painted_heading(group.first->grade, style),
                     displayed(group.first->reason), names.size(), name_list(names, all));
}

}  // namespace conform
