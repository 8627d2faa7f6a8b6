#include "harness/cli/declare.h"

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/cli/values.h"

namespace conform {
namespace {

template <class T>
using Parse = Value<T> (*)(std::string_view);

template <class T>
T parsed(const std::string& name, Parse<T> parse, const std::string& text) {
  Value<T> result = parse(text);
  if (!result.value) throw CLI::ValidationError(name, result.problem);
  return std::move(*result.value);
}

// An option with one value; `Into` is a T or an optional T.
template <class T, class Into>
CLI::Option* value(CLI::App& app, const std::string& name, const std::string& type, Into& into,
                   Parse<T> parse, const std::string& description) {
  const auto store = [&into, name, parse](const std::string& text) {
    into = parsed(name, parse, text);
  };
  return app.add_option_function<std::string>(name, store, description)->type_name(type);
}

CLI::Option* text(CLI::App& app, const std::string& name, const std::string& type,
                  std::string& into, const std::string& description) {
  return app.add_option(name, into, description)->type_name(type);
}

// One value each time, or several with commas: never the positional that follows.
void as_list(CLI::Option* option, const std::string& type) {
  option->type_name(type + ",...")->delimiter(',')->allow_extra_args(false)->take_all();
}

CLI::Option* texts(CLI::App& app, const std::string& name, const std::string& type,
                   std::vector<std::string>& into, const std::string& description) {
  CLI::Option* option = app.add_option(name, into, description);
  as_list(option, type);
  return option;
}

void declare_levels(CLI::App& app, std::vector<script::Level>& levels) {
  const auto store = [&levels](const std::vector<std::string>& words) {
    levels.clear();
    for (const std::string& word : words) levels.push_back(parsed("--level", parse_level, word));
  };
  as_list(app.add_option_function<std::vector<std::string>>(
              "--level", store, "Only of a level: must, should, may, robust"),
          "LEVEL");
}

void declare_segments(CLI::App& app, std::optional<Cuts>& cuts) {
  const auto store = [&cuts](const std::vector<std::string>& words) {
    cuts = parsed("--segments", parse_cuts, fmt::format("{}", fmt::join(words, ",")));
  };
  as_list(app.add_option_function<std::vector<std::string>>(
              "--segments", store,
              "In place of a case's own: as-written, whole, lines,\n"
              "bytes, each-cut, glued, random(N), all; or one play of\n"
              "them, cut(OFFSET), drawn(N). Not for cases that are\n"
              "slow or need the target to themselves"),
          "CUT");
}

// Names of the contract that nothing stands behind yet: out of the help, and refused.
void declare_tls(CLI::App& app) {
  const auto refuse = [](const std::string& name) {
    throw CLI::ValidationError(name, "targets are spoken to without TLS so far");
  };
  for (const std::string name : {"--tls", "--tls-insecure"}) {
    app.add_flag_function(name, [=](std::int64_t) { refuse(name); })->group("");
  }
  for (const std::string name : {"--tls-ca", "--tls-sni"}) {
    app.add_option_function<std::string>(name, [=](const std::string&) { refuse(name); })
        ->group("");
  }
}

// What is said of a server that is not named is not passed over: the reference server would be
// taken for it.
void require_target(CLI::App& app, std::vector<CLI::Option*> options) {
  app.final_callback([&app, options = std::move(options)] {
    if (app.count("--target") + app.count("--spawn") > 0) return;
    for (const CLI::Option* option : options) {
      if (option->count() == 0) continue;
      throw CLI::RequiresError(option->get_name(), "--target or --spawn");
    }
  });
}

std::string folder_problem(const std::string& folder) {
  if (folder.empty() || std::filesystem::is_directory(folder)) return "";
  return fmt::format("there is no folder '{}'", folder);
}

// Before a run rather than after it: the folder that a report is to go to is there.
std::string parent_problem(const std::string& path) {
  return folder_problem(std::filesystem::path(path).parent_path().string());
}

}  // namespace

void declare_target(CLI::App& app, TargetOptions& options) {
  app.option_defaults()->group("Target");
  CLI::Option* const target = value(app, "--target", "HOST:PORT", options.address, parse_host_port,
                                    "The server under test; [IPv6]:PORT; port 6667 if left out");
  CLI::Option* const spawn =
      value(app, "--spawn", "COMMAND", options.spawn, parse_spawn,
            fmt::format("Start it for the run: one command of /bin/sh, in which\n"
                        "{} are put in",
                        fmt::join(placeholder_texts(), ", ")));
  spawn->excludes(target);
  text(app, "--cwd", "DIR", options.directory, "Where --spawn starts it")
      ->check(folder_problem)
      ->needs(spawn);
  value(app, "--stop-signal", "SIGNAL", options.stop_signal, parse_signal,
        "What --spawn stops it with (TERM)")
      ->needs(spawn);
  value(app, "--pid", "N", options.pid, parse_pid, "The process behind a loopback target")
      ->excludes(spawn)
      ->needs(target);
  CLI::Option* const password =
      text(app, "--password", "PASSWORD", options.password, "Sent by PASS");
  CLI::Option* const oper = value(app, "--oper", "NAME:PASSWORD", options.oper, parse_credentials,
                                  "For cases that need an operator");
  require_target(app, {password, oper});
  declare_tls(app);
}

void declare_suite(CLI::App& app, SuiteOptions& options) {
  app.option_defaults()->group("Selection");
  texts(app, "--cases", "DIR", options.folders, "Add a folder of own scripts");
  const auto leave_out = [&options](std::int64_t times) { options.builtin = times <= 0; };
  app.add_flag_function("--no-builtin-cases", leave_out, "Leave the built-in suite out");
}

void declare_selection(CLI::App& app, SelectionOptions& options) {
  app.option_defaults()->group("Selection");
  texts(app, "--only", "GLOB", options.only, "Only ids that match: 'framing/*'");
  texts(app, "--exclude", "GLOB", options.exclude, "No ids that match");
  declare_levels(app, options.levels);
  texts(app, "--tag", "TAG", options.tags, "Only with one of these tags");
  texts(app, "--cite", "PREFIX", options.cites, "Only what cites a text: rfc1459#2");
  declare_suite(app, options.suite);
  value(app, "--shard", "I/N", options.shard, parse_shard, "The I-th of N parts of what is left");
}

void declare_manner(CLI::App& app, MannerOptions& options) {
  app.option_defaults()->group("Manner");
  declare_segments(app, options.cuts);
  value(app, "--jobs", "N", options.jobs, parse_count, "Cases at the same time (32)");
  value(app, "--seed", "N", options.seed, parse_seed, "For all that is random; else a fresh one");
  value(app, "--repeat", "N", options.repeat, parse_count, "Play everything so often");
  value(app, "--timeout-scale", "X", options.timeout_scale, parse_scale,
        "Multiply all deadlines by this");
  app.add_flag("--fail-fast", options.fail_fast, "Stop at the first failure");
  app.add_flag("--strict", options.strict, "A should that fails fails the run");
  app.add_flag("--quick", options.quick, "No case that waits for a timer of the server");
}

void declare_reports(CLI::App& app, ReportOptions& options) {
  app.option_defaults()->group("Reports");
  app.add_flag("-v,--verbose", options.verbose, "A line per case");
  value(app, "--color", "WHEN", options.color, parse_color, "auto, always or never");
  text(app, "--json", "FILE", options.json, "A JSON report; - is the standard output")
      ->check(parent_problem);
  text(app, "--output", "DIR", options.output,
       "A script and a transcript for each case that did not pass");
}

void declare_format(CLI::App& app, ListFormat& format) {
  app.option_defaults()->group("Reports");
  value(app, "--format", "FORMAT", format, parse_list_format, "text or json");
}

void declare_id(CLI::App& app, std::string& id) {
  app.add_option("ID", id, "The case: framing/bare-cr")->type_name("")->required();
}

void declare_files(CLI::App& app, std::vector<std::string>& files) {
  app.add_option("FILE", files, "Scripts, *.irct")->type_name("")->required();
}

void declare_file(CLI::App& app, std::vector<std::string>& files) {
  const auto store = [&files](const std::string& file) { files = {file}; };
  app.add_option_function<std::string>("FILE", store, "A script, or what --output saved")
      ->type_name("")
      ->required();
}

void declare_directory(CLI::App& app, std::string& directory) {
  app.add_option("DIR", directory, "Where they are put, a folder for each fuzz target")
      ->type_name("")
      ->required();
}

}  // namespace conform
