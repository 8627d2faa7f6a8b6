// The command line: arguments, environment and configuration file to a command and its options.
// Option beats configuration file beats environment.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/cli/options.h"
#include "harness/report/exit_status.h"

namespace conform {

enum class Command : std::uint8_t { run, list, explain, lint, replay, doctor, export_seeds };

// Text to print and a status to exit with: help and version on the standard output with 0, one line
// about wrong use on the standard error stream with 2.
struct EarlyExit {
  ExitStatus status = ExitStatus::conforming;
  std::string text;
};

struct CommandLine {
  Command command = Command::run;
  Options options;
  std::optional<EarlyExit> exit;  // Then there is nothing to do, and the options mean nothing.
};

// `arguments` without the program's name. No subcommand means run. Each long option is also taken
// from IRC_CONFORM_<NAME> and from the file of --config; an unknown key there is wrong use.
CommandLine parse_command_line(std::vector<std::string> arguments);

}  // namespace conform
