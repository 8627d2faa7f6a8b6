#include "harness/cli/suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>
#include <utility>

#include "harness/cli/builtin.h"
#include "harness/report/replay.h"
#include "harness/script/parse.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

std::string problem_of(const std::string& path, const std::error_code& error) {
  return fmt::format("{}: error: {}\n", path, error.message());
}

// What could be read, and what was wrong with the rest.
struct Files {
  std::vector<CaseFile> files;
  std::string problems;
};

void read_into(Files& files, const std::string& path, bool any_area) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    files.problems += problem_of(path, std::make_error_code(std::errc::is_a_directory));
    return;
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    files.problems += problem_of(path, {errno, std::generic_category()});
    return;
  }
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  // What --output saved is named after its case, not after its area.
  any_area |= text.starts_with(kSavedScriptMark);
  files.files.push_back({.name = path, .text = std::move(text), .any_area = any_area});
}

void read_folder_into(Files& files, const std::string& folder) {
  std::error_code error;
  std::vector<std::string> paths;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".irct") paths.push_back(it->path().string());
  }
  if (error) {
    files.problems += problem_of(folder, error);
  } else if (paths.empty()) {
    files.problems += fmt::format("{}: error: no *.irct file in this folder\n", folder);
  }
  std::ranges::sort(paths);
  for (const std::string& path : paths) read_into(files, path, true);
}

void append_builtin(Files& files) {
  for (const auto& [name, text] : builtin_files()) {
    files.files.push_back({.name = std::string(name), .text = std::string(text), .built_in = true});
  }
}

// Cases of a file whose ids stand in one other file already.
struct Clash {
  const SuiteCase* first;
  const SuiteCase* before;  // The case that has the id of `first`.
  std::size_t count = 0;
};

// A line for the first; of a folder that is a copy of the suite each case would get one.
std::string text_of(const Clash& clash) {
  const SuiteCase& first = *clash.first;
  const SuiteCase& before = *clash.before;
  std::string message = fmt::format("duplicate id '{}'", first.item.id);
  if (clash.count > 1) message += fmt::format(", the first of {} in this file", clash.count);
  message += fmt::format("; it stands in {}:{}", before.source->name, before.item.span.line);
  if (before.built_in) message += "; --no-builtin-cases leaves the built-in suite out";
  return script::format(*first.source, {.span = first.item.span, .message = message});
}

std::string duplicates(const std::vector<SuiteCase>& cases) {
  std::vector<Clash> clashes;
  std::map<std::string_view, const SuiteCase*> known;
  for (const SuiteCase& item : cases) {
    const auto [found, is_new] = known.try_emplace(item.item.id, &item);
    const SuiteCase& before = *found->second;
    // Two in one file are a problem that the parser tells.
    if (is_new || before.source == item.source) continue;
    const auto is_same = [&](const Clash& clash) {
      return clash.first->source == item.source && clash.before->source == before.source;
    };
    auto clash = std::ranges::find_if(clashes, is_same);
    if (clash == clashes.end()) clash = clashes.insert(clashes.end(), {&item, &before});
    ++clash->count;
  }
  std::string problems;
  for (const Clash& clash : clashes) problems += text_of(clash);
  return problems;
}

Suite suite_of(Files files) {
  Suite suite = parse_suite(std::move(files.files));
  suite.problems.insert(0, files.problems);
  return suite;
}

}  // namespace

Suite parse_suite(std::vector<CaseFile> files) {
  Suite suite;
  for (CaseFile& file : files) {
    script::Parsed parsed =
        script::parse(std::move(file.name), std::move(file.text), file.any_area);
    for (const script::Problem& problem : parsed.problems) {
      suite.problems += script::format(*parsed.script.source, problem);
    }
    for (script::Case& item : parsed.script.cases) {
      suite.cases.push_back(
          {.item = std::move(item), .source = parsed.script.source, .built_in = file.built_in});
    }
  }
  suite.problems += duplicates(suite.cases);
  return suite;
}

Suite load_suite(const SuiteOptions& options) {
  Files files;
  if (options.builtin) append_builtin(files);
  for (const std::string& folder : options.folders) read_folder_into(files, folder);
  return suite_of(std::move(files));
}

Suite load_files(const std::vector<std::string>& paths, bool any_area) {
  Files files;
  for (const std::string& path : paths) read_into(files, path, any_area);
  return suite_of(std::move(files));
}

}  // namespace conform
