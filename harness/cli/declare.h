// The options, by group: each function declares its group on any command that takes it, so that a
// name means the same everywhere.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "harness/cli/options.h"

namespace conform {

// `options` outlives the parsing of `app`.
void declare_target(CLI::App& app, TargetOptions& options);
void declare_suite(CLI::App& app, SuiteOptions& options);
void declare_selection(CLI::App& app, SelectionOptions& options);  // With declare_suite.
void declare_manner(CLI::App& app, MannerOptions& options);
void declare_reports(CLI::App& app, ReportOptions& options);

// --format of `list`, ID of `explain`, FILE of `lint` and of `replay`, DIR of `export-seeds`.
void declare_format(CLI::App& app, ListFormat& format);
void declare_id(CLI::App& app, std::string& id);
void declare_files(CLI::App& app, std::vector<std::string>& files);
void declare_file(CLI::App& app, std::vector<std::string>& files);  // Exactly one.
void declare_directory(CLI::App& app, std::string& directory);

}  // namespace conform
