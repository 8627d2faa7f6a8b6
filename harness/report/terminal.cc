#include "harness/report/terminal.h"

#include <fmt/format.h>

#include <ostream>
#include <utility>

#include "harness/report/closing.h"
#include "harness/report/display.h"
#include "harness/report/names.h"

namespace conform {
namespace {

// ECMA-48: to the first column, erase to the end of the line.
constexpr std::string_view kClearLine = "\r\x1b[K";

constexpr std::size_t kIndent = 14;  // Of what is folded: behind the grade.

Ink ink_of(Grade grade) {
  switch (grade) {
    case Grade::pass:
      return Ink::green;
    case Grade::lenient:
    case Grade::info:
      return Ink::cyan;
    case Grade::fail:
      return Ink::red;
    case Grade::inconclusive:
    case Grade::skip:
      return Ink::yellow;
    case Grade::error:
      return Ink::magenta;
  }
  return Ink::magenta;
}

}  // namespace

TerminalReport::TerminalReport(std::ostream& results, std::ostream& progress,
                               TerminalOptions options)
    : results_(results),
      progress_(progress),
      options_(std::move(options)),
      style_{.color = options_.color, .columns = options_.fold} {}

void TerminalReport::doing(std::string_view what) {
  show_progress(fmt::format("{} ...", what));
}

void TerminalReport::started(std::size_t results_expected) {
  expected_ = results_expected;
}

void TerminalReport::finished(const CaseResult& result) {
  ++finished_;
  if (result.grade == Grade::fail || result.grade == Grade::error) ++failed_;
  if (options_.verbose) write_line(result);
  const std::string failed = failed_ > 0 ? fmt::format("{} failed  ", failed_) : "";
  show_progress(fmt::format("[{}/{}] {}{}", finished_, expected_, failed, name_of(result)));
}

void TerminalReport::done(const RunResult& run) {
  clear_progress();
  if (options_.verbose && finished_ > 0) results_ << '\n';
  results_ << closing_text(
      run, {.verbose = options_.verbose, .output = options_.output, .style = style_});
  results_.flush();
}

void TerminalReport::show_progress(const std::string& text) {
  if (!options_.progress) return;
  // The last column stays free: some terminals wrap when it is written.
  progress_ << kClearLine << fmt::format("{:.{}}", displayed(text), options_.columns - 1)
            << std::flush;
}

void TerminalReport::clear_progress() {
  if (options_.progress) progress_ << kClearLine << std::flush;
}

void TerminalReport::write_line(const CaseResult& result) {
  clear_progress();
  std::string line =
      style_.paint(ink_of(result.grade), fmt::format("{:<12}", name_of(result.grade)));
  line += fmt::format("  {}  {}", displayed(name_of(result)), name_of(result.level));
  if (result.duration > Duration(0)) line += fmt::format("  {}", displayed(result.duration));
  if (result.boundaries != Boundaries::none)
    line += fmt::format("  {}", name_of(result.boundaries));
  std::size_t plays = 0;
  for (const VariantResult& variant : result.variants) plays += variant.plays;
  if (plays > 1) line += fmt::format("  {} plays", plays);
  const std::string& remark = result.policy.empty() ? result.reason : result.policy;
  if (!remark.empty()) line += fmt::format("  {}", displayed(remark));
  results_ << style_.fold(line, kIndent) << '\n' << std::flush;
}

}  // namespace conform
