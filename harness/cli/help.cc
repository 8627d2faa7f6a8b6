#include "harness/cli/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/cli/glob.h"

namespace conform {
namespace {

constexpr std::string_view kExitStatuses = R"(
Exit status:
  0  conforming                        4  the target died or hung
  1  a must or robust case failed      5  a fault of irc-conform
  2  wrong use, error in a case file   130  interrupted
  3  nothing was measured

)";

std::vector<std::string> names_of(const std::vector<CommandHelp>& commands) {
  std::vector<std::string> names;
  names.reserve(commands.size());
  for (const CommandHelp& command : commands) names.emplace_back(command.name);
  return names;
}

std::string meant(const std::string& word, const std::vector<std::string>& known) {
  const auto near = nearest(word, known);
  return near ? fmt::format("; did you mean '{}'?", *near) : "";
}

}  // namespace

HelpFormatter::HelpFormatter(CommandHelp command, std::vector<CommandHelp> commands)
    : command_(command), commands_(std::move(commands)) {
  column_width(30);
}

std::string HelpFormatter::make_usage(const CLI::App* app, std::string) const {
  std::string positionals;
  for (const CLI::Option* option : app->get_options()) {
    if (!option->get_positional()) continue;
    positionals +=
        fmt::format(" {}{}", option->get_name(true), option->get_expected_max() > 1 ? "..." : "");
  }
  const std::string name =
      is_default() ? fmt::format("[{}]", command_.name) : std::string(command_.name);
  return fmt::format("Usage: irc-conform {}{} [OPTIONS]\n\n{}\n\n", name, positionals,
                     command_.description);
}

// CLI11 puts a blank line both before and behind a group.
std::string HelpFormatter::make_group(std::string group, bool is_positional,
                                      std::vector<const CLI::Option*> options) const {
  const std::string text = Formatter::make_group(std::move(group), is_positional, options);
  return text.substr(text.starts_with('\n') ? 1 : 0);
}

std::string HelpFormatter::make_positionals(const CLI::App* app) const {
  const std::string text = Formatter::make_positionals(app);
  return text.empty() ? text : text + "\n";
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  const std::string type = option->get_type_name();
  return option->get_type_size() == 0 || type.empty() ? "" : " " + type;
}

std::string HelpFormatter::make_footer(const CLI::App*) const {
  std::string text;
  if (is_default()) {
    text += "Commands, each with --help:\n";
    for (const CommandHelp& command : commands_) {
      text += fmt::format("  {:<12} {}\n", command.name, command.description);
    }
    text += kExitStatuses;
  }
  text += "A long option is also taken from the environment, --seed as IRC_CONFORM_SEED.\n";
  return text + fmt::format("\nExample:\n  {}\n", command_.example);
}

std::string unexpected_argument(const CLI::App& app, const std::string& argument,
                                const std::vector<CommandHelp>& commands) {
  if (argument.starts_with('-')) {
    std::vector<std::string> options;
    for (const CLI::Option* option : app.get_options()) {
      for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
    }
    return fmt::format("unknown option '{}'{}", argument, meant(argument, options));
  }
  const std::vector<std::string> names = names_of(commands);
  if (std::ranges::count(names, argument) == 0) {
    return fmt::format("unexpected argument '{}'", argument);
  }
  return fmt::format("the command '{}' must be the first argument", argument);
}

std::string unknown_command(const std::string& name, const std::vector<CommandHelp>& commands) {
  return fmt::format("unknown command '{}'{}", name, meant(name, names_of(commands)));
}

}  // namespace conform
