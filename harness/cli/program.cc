#include "harness/cli/program.h"

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cli/command_line.h"
#include "harness/cli/commands.h"

namespace conform {
namespace {

// Hidden: how a run without a target starts this program again as its target.
constexpr std::string_view kReference = "reference";

int leave(const EarlyExit& exit) {
  (exit.status == ExitStatus::conforming ? std::cout : std::cerr) << exit.text;
  return static_cast<int>(exit.status);
}

int dispatch(const CommandLine& line) {
  switch (line.command) {
    case Command::run:
      return run_command(line.options);
    case Command::list:
      return list_command(line.options);
    case Command::explain:
      return explain_command(line.options);
    case Command::lint:
      return lint_command(line.options);
    case Command::replay:
      return replay_command(line.options);
    case Command::doctor:
      return doctor_command(line.options);
    case Command::export_seeds:
      return export_seeds_command(line.options);
  }
  return static_cast<int>(ExitStatus::our_fault);
}

}  // namespace

int run_program(int argc, char** argv) {
  if (argc > 1 && argv[1] == kReference) return reference_command(argc - 1, argv + 1);
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  CommandLine line = parse_command_line(arguments);
  if (argc > 0) line.options.program = argv[0];
  return line.exit ? leave(*line.exit) : dispatch(line);
}

}  // namespace conform
