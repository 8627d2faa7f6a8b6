#include "harness/report/finding.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/report/display.h"
#include "harness/report/names.h"
#include "harness/report/transcript_block.h"

namespace conform {
namespace {

constexpr std::size_t kNamesShown = 6;
constexpr std::size_t kIndent = 4;  // Of what is folded.

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

std::string name_list(std::vector<std::string> names, bool all, Style style) {
  const std::size_t shown = all ? names.size() : std::min(names.size(), kNamesShown);
  const std::size_t hidden = names.size() - shown;
  names.resize(shown);
  std::string line =
      fmt::format("{:{}}{}", "", kIndent, displayed(fmt::format("{}", fmt::join(names, ", "))));
  if (hidden > 0) line += fmt::format(" and {} more", hidden);
  return style.fold(line, kIndent) + "\n";
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

const std::string& sentence_of(const CaseResult& result) {
  return result.actual.empty() ? result.reason : result.actual;
}

// "  --> file:line:col", the line, and under its column the sentence.
std::string excerpt(const CaseResult& result, Style style) {
  const std::string sentence = displayed(sentence_of(result));
  if (result.location.file.empty()) return style.fold("  " + sentence, kIndent) + "\n";
  const auto& [file, span, text] = result.location;
  const DisplayedLine line = displayed_line(text, span.column);
  const std::string number = fmt::format("{}", span.line);
  const std::string before = fmt::format(" {:{}} | {:{}}", "", number.size(), "", line.column - 1);
  // Under the caret, if enough of the terminal is left there.
  const std::size_t under = before.size() + 2;
  return fmt::format("  --> {}:{}:{}\n {} | {}\n{}\n", displayed(file), span.line, span.column,
                     number, line.text,
                     style.fold(before + style.paint(Ink::red, "^") + " " + sentence,
                                under < style.columns / 2 ? under : kIndent));
}

std::string labelled(std::string_view label, std::string_view value, Style style) {
  if (value.empty()) return "";
  return style.fold(fmt::format("  {}: {}", label, displayed(value)), kIndent) + "\n";
}

// "whole pass, each-cut fail", where there is more than one.
std::string variants_text(const std::vector<VariantResult>& variants) {
  std::string text;
  for (const VariantResult& variant : variants) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", variant.name, name_of(variant.grade));
  }
  return variants.size() < 2 ? "" : text;
}

}  // namespace

std::string finding_text(const Group& group, const Surroundings& around, Style style) {
  const CaseResult& first = *group.first;
  std::string text =
      style.fold(fmt::format("{} {}  {}  {}", painted_heading(first.grade, style),
                             style.paint(Ink::bold, displayed(name_of(first))),
                             name_of(first.level), displayed(names_of(first.citations))),
                 kIndent);
  text += "\n" + excerpt(first, style);
  text += labelled("its last words", around.last_words, style);
  text += labelled("title", first.title, style);
  text += labelled("expected", first.expected, style);
  if (first.actual != first.reason && !first.actual.empty()) {
    text += labelled("reason", first.reason, style);
  }
  if (first.boundaries == Boundaries::requested) {
    text += labelled("boundaries", "requested: the server may have read segments together", style);
  }
  text += labelled("variants", variants_text(first.variants), style);
  const std::vector<std::string> also = distinct_names(group.others);
  if (!also.empty()) {
    if (first.root_cause != sentence_of(first)) text += labelled("cause", first.root_cause, style);
    text += fmt::format("  also ({}):\n{}", also.size(), name_list(also, true, style));
  }
  text += transcript_block(first.transcript);
  return text + fmt::format("  replay: {}\n\n", displayed(around.replay));
}

std::string reason_text(const Group& group, bool all, Style style) {
  std::vector<const CaseResult*> results = {group.first};
  results.insert(results.end(), group.others.begin(), group.others.end());
  const std::vector<std::string> names = distinct_names(results);
  const std::string line = fmt::format("{} {} ({})", painted_heading(group.first->grade, style),
                                       displayed(group.first->reason), names.size());
  return fmt::format("{}\n{}", style.fold(line, kIndent), name_list(names, all, style));
}

}  // namespace conform
