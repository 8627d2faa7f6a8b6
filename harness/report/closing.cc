#include "harness/report/closing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string_view>
#include <vector>

#include "harness/report/display.h"
#include "harness/report/finding.h"
#include "harness/report/output.h"
#include "harness/report/replay.h"
#include "harness/report/summary.h"

namespace conform {
namespace {

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

std::string findings_text(const RunResult& run, Grade grade, const ClosingOptions& options) {
  const std::vector<std::string> replay = replay_commands(run, options.output);
  std::string text;
  for (const Group& group : group_by_cause(run.cases, grade)) {
    const auto index = static_cast<std::size_t>(group.first - run.cases.data());
    text += finding_text(group, replay[index], options.style);
  }
  return text;
}

std::string deaths_text(const RunResult& run, Style style) {
  std::string text;
  for (const Death& death : run.deaths) {
    const std::string after =
        death.case_id.empty() ? "no case alone shows it" : "shown by " + displayed(death.case_id);
    text += fmt::format("{} target {}; {}\n", style.paint(Ink::red, "DEATH"), displayed(death.how),
                        after);
    if (!death.stderr_tail.empty()) text += "  its last words:\n";
    text += displayed_lines(death.stderr_tail, "    ");
    text += "\n";
  }
  return text;
}

// The reason is a sentence, and behind it perhaps what the target wrote last, line by line.
std::string reason_text(const std::string& reason) {
  if (reason.empty()) return "";
  const std::size_t sentence_end = std::min(reason.find('\n'), reason.size());
  const std::string_view rest = std::string_view(reason).substr(sentence_end);
  return ": " + displayed(std::string_view(reason).substr(0, sentence_end)) +
         (rest.size() < 2 ? "" : "\n" + displayed_lines(rest.substr(1), "    "));
}

std::string end_text(const RunResult& run) {
  std::string reason = reason_text(run.end_reason);
  if (!reason.ends_with('\n')) reason += '\n';
  switch (run.end) {
    case RunEnd::complete:
      return "";
    case RunEnd::interrupted:
      return "interrupted" + reason;
    case RunEnd::unreachable:
      return "target not reached" + reason;
    case RunEnd::usage:
      return "not started" + reason;
  }
  return "";
}

std::string target_text(const TargetInfo& target) {
  if (target.address.empty()) return "";
  std::string text = "target: " + displayed(target.address);
  if (!target.software.empty()) text += ", " + displayed(target.software);
  if (target.pid) text += fmt::format(", pid {}", *target.pid);
  return text + "\n";
}

std::string waits_text(const RunResult& run) {
  std::string text;
  for (const auto& [what, sum] : run.waits) {
    text +=
        fmt::format("{}{} {}", text.empty() ? "waited: " : ", ", displayed(what), displayed(sum));
  }
  return text.empty() ? text : text + "\n";
}

}  // namespace

std::string closing_text(const RunResult& run, const ClosingOptions& options) {
  std::string text = reasons_text(run, Grade::skip, options);
  text += reasons_text(run, Grade::inconclusive, options);
  text += findings_text(run, Grade::error, options);
  text += findings_text(run, Grade::fail, options);
  text += deaths_text(run, options.style);
  text += end_text(run);
  text += target_text(run.target);
  for (const std::string& line : {segments_line(run), findings_line(run)}) {
    if (!line.empty()) text += line + "\n";
  }
  if (options.verbose) text += waits_text(run);
  return text + summary_line(run) + "\n";
}

}  // namespace conform
