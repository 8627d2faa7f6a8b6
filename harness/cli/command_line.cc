#include "harness/cli/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <string_view>

#include <CLI/CLI.hpp>

#include "harness/cli/declare.h"
#include "harness/cli/glob.h"
#include "harness/cli/help.h"
#include "harness/report/version.h"

namespace conform {
namespace {

struct Subcommand {
  Command command;
  CommandHelp help;
  void (*declare)(CLI::App& app, Options& options);
};

void declare_run(CLI::App& app, Options& options) {
  declare_target(app, options.target);
  declare_selection(app, options.selection);
  declare_manner(app, options.manner);
  declare_reports(app, options.reports);
}

void declare_list(CLI::App& app, Options& options) {
  declare_selection(app, options.selection);
  declare_format(app, options.format);
}

void declare_explain(CLI::App& app, Options& options) {
  declare_id(app, options.id);
  declare_suite(app, options.selection.suite);
}

void declare_lint(CLI::App& app, Options& options) {
  declare_files(app, options.files);
}

void declare_replay(CLI::App& app, Options& options) {
  declare_file(app, options.files);
  declare_target(app, options.target);
  declare_manner(app, options.manner);
  declare_reports(app, options.reports);
}

void declare_doctor(CLI::App& app, Options& options) {
  declare_target(app, options.target);
}

void declare_export_seeds(CLI::App& app, Options& options) {
  declare_directory(app, options.directory);
  declare_selection(app, options.selection);
}

constexpr std::array<Subcommand, 7> kSubcommands = {{
    {Command::run,
     {"run", "play the suite; without a target, against the reference server",
      "irc-conform --target localhost:6667 --only 'framing/*' --json report.json"},
     declare_run},
    {Command::list,
     {"list", "name the cases; needs no server", "irc-conform list --level must --format json"},
     declare_list},
    {Command::explain,
     {"explain", "what a case is about: citations, variation, script",
      "irc-conform explain framing/bare-cr"},
     declare_explain},
    {Command::lint, {"lint", "check scripts", "irc-conform lint my-cases/*.irct"}, declare_lint},
    {Command::replay,
     {"replay", "play one script, or a saved failure",
      "irc-conform replay out/framing-bare-cr.irct --target localhost:6667"},
     declare_replay},
    {Command::doctor,
     {"doctor", "what can be learnt of a server, and hints",
      "irc-conform doctor --target localhost:6667"},
     declare_doctor},
    {Command::export_seeds,
     {"export-seeds", "write the cases as seeds for the fuzz targets",
      "irc-conform export-seeds build/seeds --only 'framing/*'"},
     declare_export_seeds},
}};

std::vector<CommandHelp> command_list() {
  std::vector<CommandHelp> list;
  list.reserve(kSubcommands.size());
  for (const Subcommand& subcommand : kSubcommands) list.push_back(subcommand.help);
  return list;
}

// "--timeout-scale" -> "IRC_CONFORM_TIMEOUT_SCALE".
std::string environment_name(const std::string& option) {
  std::string name = "IRC_CONFORM_";
  for (const char byte : option) {
    name += byte == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(byte)));
  }
  return name;
}

void bind_environment(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    const bool acts = option == app.get_help_ptr() || option == app.get_version_ptr();
    if (acts || option->get_lnames().empty()) continue;
    option->envname(environment_name(option->get_lnames().front()));
  }
}

void declare_config(CLI::App& app) {
  app.option_defaults()->group("Other");
  // CLI11 reads the file before the environment, so this one name is looked up here.
  const char* const from_environment = std::getenv("IRC_CONFORM_CONFIG");
  const bool given = from_environment != nullptr && *from_environment != '\0';
  app.set_config("--config", given ? from_environment : "", "Options from a file: name = \"value\"",
                 given)
      ->type_name("FILE");
  app.allow_config_extras(CLI::config_extras_mode::error);
  // '#' opens a comment only at the start of a line: "cite = rfc1459#2" is a value.
  app.get_config_formatter_base()->comment('\0');
}

std::string problem_of(const CLI::App& app, const CLI::ParseError& error) {
  std::string text = error.what();
  constexpr std::string_view kUnknownKey = "INI was not able to parse ";
  if (text.starts_with(kUnknownKey)) {
    const std::string key = text.substr(kUnknownKey.size());
    // CLI11's name for the line that opens a section.
    if (key.ends_with(".++")) return "--config: there are no sections";
    return fmt::format("--config: unknown key '{}'", key);
  }
  const std::vector<std::string> extras = app.remaining();
  if (error.get_exit_code() != static_cast<int>(CLI::ExitCodes::ExtrasError) || extras.empty()) {
    return text;
  }
  return unexpected_argument(app, extras.front(), command_list());
}

EarlyExit wrong_use(const std::string& problem, std::string_view command) {
  return {.status = ExitStatus::wrong_use,
          .text = fmt::format("irc-conform: {} (see irc-conform {}{}--help)\n", problem, command,
                              command.empty() ? "" : " ")};
}

// Parses what stands behind the command's name.
CommandLine parse_options(const Subcommand& subcommand, std::vector<std::string> arguments) {
  CommandLine line;
  line.command = subcommand.command;
  CLI::App app;
  app.formatter(std::make_shared<HelpFormatter>(subcommand.help, command_list()));
  subcommand.declare(app, line.options);
  declare_config(app);
  app.set_help_flag("-h,--help", "This text");
  app.set_version_flag("--version", fmt::format("irc-conform {}", kVersion), "The version");
  bind_environment(app);
  try {
    std::ranges::reverse(arguments);
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    line.exit = {.status = ExitStatus::conforming, .text = app.help()};
  } catch (const CLI::CallForVersion& version) {
    line.exit = {.status = ExitStatus::conforming, .text = std::string(version.what()) + "\n"};
  } catch (const CLI::ParseError& error) {
    line.exit = wrong_use(problem_of(app, error), subcommand.help.name);
  }
  return line;
}

}  // namespace

CommandLine parse_command_line(std::vector<std::string> arguments) {
  if (arguments.empty() || arguments.front().starts_with('-')) {
    return parse_options(kSubcommands.front(), std::move(arguments));
  }
  const auto has_name = [&arguments](const Subcommand& subcommand) {
    return subcommand.help.name == arguments.front();
  };
  const auto found = std::ranges::find_if(kSubcommands, has_name);
  if (found == kSubcommands.end()) {
    CommandLine line;
    line.exit = wrong_use(unknown_command(arguments.front(), command_list()), "");
    return line;
  }
  arguments.erase(arguments.begin());
  return parse_options(*found, std::move(arguments));
}

}  // namespace conform
