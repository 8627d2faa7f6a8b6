#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <set>
#include <string>
#include <utility>

#include "harness/cli/commands.h"
#include "harness/cli/seeds.h"
#include "harness/cli/selection.h"
#include "harness/cli/suite.h"
#include "harness/report/exit_status.h"
#include "harness/report/file.h"
#include "harness/report/output.h"

namespace conform {

int export_seeds_command(const Options& options) {
  const Suite suite = load_suite(options.selection.suite);
  if (!suite.problems.empty()) {
    std::cerr << suite.problems;
    return static_cast<int>(ExitStatus::wrong_use);
  }
  const Selected selected = select(suite, options.selection, false);
  if (!selected.problem.empty()) {
    std::cerr << fmt::format("irc-conform: {}\n", selected.problem);
    return static_cast<int>(ExitStatus::nothing_measured);
  }
  create_output(options.directory);
  std::set<std::pair<std::string_view, std::string>> known;
  for (const SuiteCase* entry : selected.cases) {
    for (const Seed& seed : seeds_of(entry->item)) {
      if (!known.emplace(seed.target, seed.bytes).second) continue;
      const auto folder = std::filesystem::path(options.directory) / seed.target;
      create_output(folder.string());
      write_file((folder / seed.name).string(), seed.bytes);
    }
  }
  std::cout << fmt::format("{} seeds of {} cases in {}\n", known.size(), selected.cases.size(),
                           options.directory);
  return 0;
}

}  // namespace conform
