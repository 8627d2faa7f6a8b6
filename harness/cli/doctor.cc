#include <fmt/format.h>

#include <cstdint>
#include <iostream>
#include <stdexcept>

#include "harness/cli/commands.h"
#include "harness/cli/reports.h"
#include "harness/cli/target.h"
#include "harness/report/deaths.h"
#include "harness/report/display.h"
#include "harness/report/exit_status.h"
#include "harness/run/runner.h"

namespace conform {
namespace {

// What a user can change where a server's own limits make it slow to test.
struct Hint {
  std::string_view software;  // What the version that it states begins with.
  std::string_view text;
};

constexpr Hint kHints[] = {
    {"ngircd",
     "ngircd.conf, [Limits]: MaxPenaltyTime = 0, MaxConnectionsIP = 0; [Options]: DNS = "
     "no, Ident = no"},
    {"InspIRCd",
     "inspircd.conf, <connect>: fakelag=\"no\" threshold=\"1000000\" "
     "commandrate=\"1000000000\" localmax=\"5000\" globalmax=\"5000\""},
    {"ircd-hybrid",
     "ircd.conf, auth {}: flags = exceed_limit, can_flood; general {}: "
     "throttle_count = 100000, disable_auth = yes"},
    {"solanum", "ircd.conf, auth {}: flags = exceed_limit, flood_exempt"},
    {"UnrealIRCd", "unrealircd.conf, set {}: anti-flood limits off, handshake-delay 0"},
    {"ergo", "ircd.yaml: fakelag.enabled: false, limits.clones off"},
    {"irc-refd", "--no-throttle, or throttle = false in its file"},
};

void print_learnt(const TargetInfo& target) {
  std::cout << fmt::format("{:30} {}\n", "software",
                           target.software.empty() ? "(does not say)" : displayed(target.software));
  for (const auto& [name, value] : target.learnt) {
    std::cout << fmt::format("{:30} {}\n", name, displayed(value));
  }
  std::vector<std::string> isupport;
  for (const auto& [name, value] : target.isupport) {
    isupport.push_back(displayed(value.empty() ? name : fmt::format("{}={}", name, value)));
  }
  if (isupport.empty()) isupport.emplace_back("(none)");
  std::cout << fmt::format("{:30} {}\n", "ISUPPORT", fmt::join(isupport, " "));
}

void print_hints(const TargetInfo& target) {
  for (const Hint& hint : kHints) {
    if (!target.software.starts_with(hint.software)) continue;
    std::cout << fmt::format("{:30} {}\n", "to lift its limits", hint.text);
  }
}

void print_abilities(const Abilities& abilities) {
  const auto line = [](std::string_view name, bool has, std::string_view otherwise) {
    std::cout << fmt::format("{:30} {}\n", name, has ? "yes" : otherwise);
  };
  line("boundaries can be proved", abilities.kernel, "no: not on this machine, or forwarded");
  line("process is known", abilities.process, "no: name it by --pid, or start it by --spawn");
  line("can be stopped and continued", abilities.hold, "no: name it by --pid, or --spawn it");
  line("can be restarted", abilities.restart, "no: start it by --spawn");
}

}  // namespace

int doctor_command(const Options& options) {
  TerminalReport progress = terminal_report(options.reports);
  try {
    constexpr std::uint64_t kSeed = 1;
    Target target = target_of(options.target, kSeed);
    if (target.plan.spawn) progress.doing("starting the target");
    KernelWorld world(target.plan);
    progress.doing("learning the target");
    Runner<KernelWorld> runner(world, target.given, {}, nullptr);
    const bool met = runner.meet();
    progress.clear_progress();
    const RunResult result = runner.take_result();
    std::cout << deaths_text(result.deaths, progress.style());
    if (!met) {
      std::cerr << "irc-conform: " << world.address().text() << ": "
                << displayed_lines(result.end_reason, "");
      return static_cast<int>(result.end == RunEnd::interrupted ? ExitStatus::interrupted
                                                                : ExitStatus::nothing_measured);
    }
    std::cout << fmt::format("{:30} {}\n", "address", world.address().text());
    print_learnt(result.target);
    print_abilities(world.abilities());
    print_hints(result.target);
    return 0;
  } catch (const Interrupted& interruption) {
    progress.clear_progress();
    std::cerr << "irc-conform: interrupted: " << interruption.what() << "\n";
    return static_cast<int>(ExitStatus::interrupted);
  } catch (const std::runtime_error& error) {
    progress.clear_progress();
    std::cerr << "irc-conform: " << error.what() << "\n";
    return static_cast<int>(ExitStatus::nothing_measured);
  }
}

}  // namespace conform
