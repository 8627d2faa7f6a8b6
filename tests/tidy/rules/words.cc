// The rules on words: to-dos, names, areas of cases, paths of one machine.
#include <algorithm>
#include <array>
#include <cctype>

#include "tests/tidy/rules/rules.h"

namespace tidy {
namespace {

// Each in two pieces, so that this file obeys the rules it makes.
constexpr std::string_view kTodo =
    "TO"
    "DO";
constexpr auto kMachinePaths =
    std::to_array<std::string_view>({"/wo"
                                     "rk/",
                                     "../sha"
                                     "red"});

constexpr auto kEmptyWords =
    std::to_array<std::string_view>({"helper", "helpers", "impl", "manager", "util", "utils"});

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

// Whether a word of PascalCase or snake_case ends before `at`.
bool is_word_end(std::string_view name, std::size_t at) {
  return at == name.size() || name[at] == '_' || name[at] == '-' ||
         (is_upper(name[at]) && !is_upper(name[at - 1]));
}

// The first word of `name` that names nothing, in small letters; empty if there is none.
std::string empty_word_in(std::string_view name) {
  std::string word;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name[at] != '_' && name[at] != '-') word += lower(name[at]);
    if (!is_word_end(name, at + 1)) continue;
    if (std::ranges::find(kEmptyWords, word) != kEmptyWords.end()) return word;
    word.clear();
  }
  return {};
}

std::string complaint(std::string_view name, std::string_view word) {
  return "'" + std::string(name) + "': '" + std::string(word) + "' names nothing";
}

// "(some reason)" directly after the mark.
bool gives_reason(std::string_view after_mark) {
  return after_mark.starts_with('(') && after_mark.find(')') > 1 &&
         after_mark.find(')') != std::string_view::npos;
}

}  // namespace

Findings check_todos(const SourceFile& file) {
  Findings findings;
  const std::string_view text = file.text;
  for (std::size_t at = text.find(kTodo); at != std::string_view::npos;
       at = text.find(kTodo, at + 1)) {
    if (gives_reason(text.substr(at + kTodo.size()))) continue;
    findings.push_back({line_at(text, at), "a to-do gives its reason in parentheses"});
  }
  return findings;
}

Findings check_names(const SourceFile& file) {
  Findings findings;
  const std::string_view stem = stem_of(file.path);
  const std::string empty_word = empty_word_in(stem);
  if (!empty_word.empty()) findings.push_back({1, complaint(stem, empty_word)});
  if (!is_cpp(file)) return findings;

  const std::string code = code_only(file.text);
  for (auto at = code.begin(); at != code.end();) {
    const auto begin = std::find_if(at, code.end(), is_identifier_char);
    at = std::find_if_not(begin, code.end(), is_identifier_char);
    const std::string word = empty_word_in({begin, at});
    if (word.empty()) continue;
    const auto position = static_cast<std::size_t>(begin - code.begin());
    findings.push_back({line_at(code, position), complaint({begin, at}, word)});
  }
  return findings;
}

Findings check_case_areas(const SourceFile& file) {
  Findings findings;
  if (!file.path.starts_with("corpus/cases/") || !file.path.ends_with(".irct")) return findings;
  const std::string opening = "case " + std::string(stem_of(file.path)) + "/";
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].starts_with("case ") || lines[i].starts_with(opening)) continue;
    findings.push_back({i + 1, "a case of another area; here they open with '" + opening + "'"});
  }
  return findings;
}

Findings check_machine_paths(const SourceFile& file) {
  Findings findings;
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto mentions = [&](std::string_view path) {
      return lines[i].find(path) != std::string_view::npos;
    };
    if (std::ranges::none_of(kMachinePaths, mentions)) continue;
    findings.push_back({i + 1, "a path that exists on one machine"});
  }
  return findings;
}

std::span<const Rule> all_rules() {
  static constexpr auto kRules = std::to_array<Rule>({
      {"IncludesStayWithinTheLayers", check_includes},
      {"BannedCallsAreNotMade", check_banned_calls},
      {"HeadersOpenWithTheirPurpose", check_header_opening},
      {"FilesAreShort", check_file_length},
      {"LinesAreLaidOut", check_layout},
      {"TodosGiveAReason", check_todos},
      {"NamesNameSomething", check_names},
      {"CasesStandInTheFileOfTheirArea", check_case_areas},
      {"NoPathOfOneMachineIsMentioned", check_machine_paths},
  });
  return kRules;
}

}  // namespace tidy
