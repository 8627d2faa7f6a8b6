#include "harness/report/closing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string_view>
#include <vector>

#include "harness/report/deaths.h"
#include "harness/report/display.h"
#include "harness/report/finding.h"
#include "harness/report/output.h"
#include "harness/report/replay.h"
#include "harness/report/summary.h"

namespace conform {
namespace {

constexpr std::size_t kIndent = 2;  // Of what is folded.

// The command that plays each result again.
std::vector<std::string> replay_commands(const RunResult& run, const std::string& directory) {
  std::vector<std::string> commands;
  const std::vector<std::string> stems = file_stems(run.cases);
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    const bool saved = !directory.empty() && !run.cases[i].replay.empty();
    const std::filesystem::path file = std::filesystem::path(directory) / (stems[i] + ".irct");
    commands.push_back(replay_command(run, run.cases[i], saved ? file.string() : ""));
  }
  return commands;
}

std::string reasons_text(const RunResult& run, Grade grade, const ClosingOptions& options) {
  std::string text;
  for (const Group& group : group_by_reason(run.cases, grade)) {
    text += reason_text(group, options.verbose, options.style);
  }
  return text.empty() ? text : text + "\n";
}

// What the target wrote last when it died of that case; empty if it did not.
std::string last_words_at(const RunResult& run, const CaseResult& result) {
  const auto death = std::ranges::find(run.deaths, result.id, &Death::case_id);
  return death == run.deaths.end() ? "" : std::string(last_words(death->stderr_tail));
}

std::string findings_text(const RunResult& run, Grade grade, const ClosingOptions& options) {
  const std::vector<std::string> replay = replay_commands(run, options.output);
  std::string text;
  for (const Group& group : group_by_cause(run.cases, grade)) {
    const auto index = static_cast<std::size_t>(group.first - run.cases.data());
    text += finding_text(group,
                         {.replay = replay[index], .last_words = last_words_at(run, *group.first)},
                         options.style);
  }
  return text;
}

// Why it ended so: a sentence, and behind it perhaps what the target wrote last, line by line.
std::string end_text(const RunResult& run, Style style) {
  std::string_view how;
  switch (run.end) {
    case RunEnd::complete:
      return "";
    case RunEnd::interrupted:
      how = "interrupted";
      break;
    case RunEnd::unreachable:
      how = "target not reached";
      break;
    case RunEnd::usage:
      how = "not started";
      break;
  }
  const std::string_view reason = run.end_reason;
  const std::string_view sentence = reason.substr(0, reason.find('\n'));
  const std::string_view rest = reason.substr(std::min(sentence.size() + 1, reason.size()));
  const std::string line =
      fmt::format("{}{}{}", how, sentence.empty() ? "" : ": ", displayed(sentence));
  return style.fold(line, kIndent) + "\n" + displayed_lines(rest, "    ");
}

std::string target_line(const TargetInfo& target) {
  if (target.address.empty()) return "";
  if (target.built_in) {
    return fmt::format(
        "target: the built-in reference server {}, {}; name your own by --target or --spawn",
        displayed(target.software), displayed(target.address));
  }
  std::string text = "target: " + displayed(target.address);
  if (!target.software.empty()) text += ", " + displayed(target.software);
  if (target.pid) text += fmt::format(", pid {}", *target.pid);
  return text;
}

std::string waits_line(const RunResult& run) {
  std::string text;
  for (const auto& [what, sum] : run.waits) {
    text += fmt::format("{}{} {}", text.empty() ? "waited, over all clients: " : ", ",
                        displayed(what), displayed(sum));
  }
  return text;
}

}  // namespace

std::string closing_text(const RunResult& run, const ClosingOptions& options) {
  std::string text = reasons_text(run, Grade::skip, options);
  text += reasons_text(run, Grade::inconclusive, options);
  text += findings_text(run, Grade::error, options);
  text += findings_text(run, Grade::fail, options);
  text += deaths_text(run.deaths, options.style);
  text += end_text(run, options.style);
  std::vector<std::string> lines = {target_line(run.target), boundaries_line(run), recut_line(run),
                                    findings_line(run)};
  if (options.verbose) lines.push_back(waits_line(run));
  lines.push_back(summary_line(run));
  for (const std::string& line : lines) {
    if (!line.empty()) text += options.style.fold(line, kIndent) + "\n";
  }
  return text;
}

}  // namespace conform
