#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <iostream>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

#include "harness/cli/commands.h"
#include "harness/cli/reports.h"
#include "harness/cli/selection.h"
#include "harness/cli/suite.h"
#include "harness/cli/target.h"
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

std::vector<PlannedCase> plan(const std::vector<const SuiteCase*>& cases, std::uint32_t repeat) {
  std::vector<PlannedCase> planned;
  for (std::uint32_t round = 1; round <= repeat; ++round) {
    const std::string variant = round == 1 ? "as-written" : fmt::format("as-written#{}", round);
    for (const SuiteCase* entry : cases) {
      planned.push_back({.item = &entry->item, .source = entry->source.get(), .variant = variant});
    }
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
RunResult measure(const Options& options, std::uint64_t seed, std::vector<PlannedCase> planned,
                  TerminalReport& report) {
  try {
    Target target = target_of(options.target, seed);
    KernelWorld world(target.plan);
    Runner<KernelWorld> runner(world, target.given, runner_options(options.manner, seed),
                               [&report](const CaseResult& result) { report.finished(result); });
    if (runner.meet()) {
      report.started(planned.size());
      runner.play(std::move(planned));
    }
    RunResult result = runner.take_result();
    result.target.address = world.address().text();
    if (world.pid()) result.target.pid = *world.pid();
    return result;
  } catch (const Interrupted& interruption) {
    return nothing(RunEnd::interrupted, interruption.what());
  } catch (const std::runtime_error& error) {  // std::system_error among them.
    return nothing(RunEnd::unreachable, error.what());
  }
}

// What the command line names and this version cannot do: said plainly, never passed over.
std::string not_yet(const Options& options) {
  if (options.target.tls.enabled) return "--tls: TLS targets cannot be played yet";
  const std::optional<Cuts>& cuts = options.manner.cuts;
  if (cuts && !cuts->others.empty()) {
    return "--segments: cases can only be played as-written yet";
  }
  return "";
}

int play(const Options& options, const std::vector<const SuiteCase*>& cases) {
  if (const std::string problem = not_yet(options); !problem.empty()) {
    return fail(ExitStatus::wrong_use, fmt::format("irc-conform: {}\n", problem));
  }
  const std::uint64_t seed = seed_of(options.manner);
  TerminalReport report = terminal_report(options.reports);
  const auto started = std::chrono::system_clock::now();
  const auto began = Clock::now();
  RunResult result = measure(options, seed, plan(cases, options.manner.repeat), report);
  result.seed = seed;
  result.started = started;
  result.duration = Clock::now() - began;
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
