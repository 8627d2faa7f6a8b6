// What --help and wrong use look like.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

namespace conform {

struct CommandHelp {
  std::string_view name;
  std::string_view description;
  std::string_view example;
};

// CLI11's layout without what repeats on each line; the names of the environment and an example
// stand at the end. The first of `commands` is the default one: its help lists them all.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter(CommandHelp command, std::vector<CommandHelp> commands);

  std::string make_usage(const CLI::App* app, std::string name) const override;
  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override;
  std::string make_positionals(const CLI::App* app) const override;
  std::string make_option_opts(const CLI::Option* option) const override;
  std::string make_footer(const CLI::App* app) const override;

 private:
  bool is_default() const { return command_.name == commands_.front().name; }

  CommandHelp command_;
  std::vector<CommandHelp> commands_;
};

// Sentences about an argument that nothing takes, with what was perhaps meant.
std::string unexpected_argument(const CLI::App& app, const std::string& argument,
                                const std::vector<CommandHelp>& commands);
std::string unknown_command(const std::string& name, const std::vector<CommandHelp>& commands);

}  // namespace conform
