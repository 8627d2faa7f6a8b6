#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <iterator>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

#include "harness/cli/commands.h"
#include "harness/cli/replaying.h"
#include "harness/cli/reports.h"
#include "harness/cli/selection.h"
#include "harness/cli/suite.h"
#include "harness/cli/target.h"
#include "harness/report/output.h"
#include "harness/run/runner.h"

namespace conform {
namespace {

using Clock = std::chrono::steady_clock;

int fail(ExitStatus status, const std::string& text) {
  std::cerr << text;
  return static_cast<int>(status);
}

std::uint64_t seed_of(const MannerOptions& manner) {
  constexpr std::uint32_t kSeeds = 1'000'000;  // Short enough to be typed again.
  return manner.seed ? *manner.seed : std::random_device{}() % kSeeds;
}

std::vector<PlannedCase> plan_all(const std::vector<const SuiteCase*>& cases,
                                  const MannerOptions& manner, std::uint64_t seed) {
  std::vector<PlannedCase> planned;
  for (const SuiteCase* entry : cases) {
    std::ranges::move(plan(entry->item, *entry->source,
                           {.cuts = manner.cuts, .repetitions = manner.repeat, .seed = seed}),
                      std::back_inserter(planned));
  }
  return planned;
}

RunResult nothing(RunEnd end, std::string why) {
  RunResult result;
  result.end = end;
  result.end_reason = std::move(why);
  return result;
}

RunnerOptions runner_options(const MannerOptions& manner, std::uint64_t seed) {
  return {.seed = seed,
          .jobs = manner.jobs,
          .timeout_scale = manner.timeout_scale,
          .fail_fast = manner.fail_fast};
}

// A target that cannot be started or reached is a result, with a sentence, and not an error.
RunResult measure(const Options& options, std::uint64_t seed,
                  const std::vector<const SuiteCase*>& cases, TerminalReport& report) {
  try {
    Target target = target_of(options.target, seed);
    if (target.plan.spawn) report.doing("starting the target");
    KernelWorld world(target.plan);
    Runner<KernelWorld> runner(world, target.given, runner_options(options.manner, seed),
                               [&report](const CaseResult& result) { report.finished(result); });
    report.doing("learning the target");
    if (runner.meet()) {
      report.started(cases.size());
      runner.play(plan_all(cases, options.manner, seed));
    }
    RunResult result = runner.take_result();
    result.target.address = world.address().text();
    result.target.built_in = options.target.is_built_in();
    if (world.pid()) result.target.pid = *world.pid();
    return result;
  } catch (const Interrupted& interruption) {
    return nothing(RunEnd::interrupted, interruption.what());
  } catch (const std::runtime_error& error) {  // std::system_error among them.
    return nothing(RunEnd::unreachable, error.what());
  }
}

int play(const Options& options, const std::vector<const SuiteCase*>& cases) {
  if (!options.reports.output.empty()) create_output(options.reports.output);
  const std::uint64_t seed = seed_of(options.manner);
  TerminalReport report = terminal_report(options.reports);
  const auto started = std::chrono::system_clock::now();
  const auto began = Clock::now();
  RunResult result = measure(options, seed, cases, report);
  result.seed = seed;
  result.started = started;
  result.duration = Clock::now() - began;
  result.program = options.program;
  result.target_options = target_words(options.target, options.manner);
  result.suite_options = suite_words(options.selection.suite);
  if (!options.files.empty()) result.script = options.files.front();
  if (options.manner.cuts) {
    result.not_recut = static_cast<std::size_t>(std::ranges::count_if(
        cases, [](const SuiteCase* entry) { return !takes_any_cut(entry->item); }));
  }
  report.done(result);
  return static_cast<int>(write_reports(std::move(result), options));
}

}  // namespace

int run_command(const Options& options) {
  const Suite suite = load_suite(options.selection.suite);
  if (!suite.problems.empty()) return fail(ExitStatus::wrong_use, suite.problems);
  const Selected selected = select(suite, options.selection, options.manner.quick);
  if (!selected.problem.empty()) {
    return fail(ExitStatus::nothing_measured, fmt::format("irc-conform: {}\n", selected.problem));
  }
  return play(options, selected.cases);
}

int replay_command(const Options& options) {
  const Suite suite = load_files(options.files, true);
  if (!suite.problems.empty()) return fail(ExitStatus::wrong_use, suite.problems);
  std::vector<const SuiteCase*> cases;
  for (const SuiteCase& entry : suite.cases) cases.push_back(&entry);
  return play(options, cases);
}

}  // namespace conform
