#include <fmt/format.h>

#include <iostream>

#include "harness/cli/commands.h"
#include "harness/cli/selection.h"
#include "harness/cli/suite.h"
#include "harness/report/catalogue.h"
#include "harness/report/exit_status.h"

namespace conform {
namespace {

int fail(ExitStatus status, const std::string& problems) {
  std::cerr << problems;
  return static_cast<int>(status);
}

int fail_with_line(ExitStatus status, const std::string& problem) {
  return fail(status, fmt::format("irc-conform: {}\n", problem));
}

}  // namespace

int list_command(const Options& options) {
  const Suite suite = load_suite(options.selection.suite);
  if (!suite.problems.empty()) return fail(ExitStatus::wrong_use, suite.problems);
  const Selected selected = select(suite, options.selection, false);
  if (!selected.problem.empty()) {
    return fail_with_line(ExitStatus::nothing_measured, selected.problem);
  }
  Cases cases;
  for (const SuiteCase* entry : selected.cases) cases.push_back(&entry->item);
  std::cout << (options.format == ListFormat::json ? catalogue_json(cases) : catalogue_text(cases));
  return 0;
}

int explain_command(const Options& options) {
  const Suite suite = load_suite(options.selection.suite);
  if (!suite.problems.empty()) return fail(ExitStatus::wrong_use, suite.problems);
  const Found found = find_case(suite, options.id);
  if (found.item == nullptr) return fail_with_line(ExitStatus::wrong_use, found.problem);
  std::cout << explanation(found.item->item);
  return 0;
}

int lint_command(const Options& options) {
  const Suite suite = load_files(options.files, false);
  if (!suite.problems.empty()) return fail(ExitStatus::wrong_use, suite.problems);
  return 0;
}

}  // namespace conform
