// requirements.tsv against the tests and cases that there are; and the page that is made of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/files.h"

namespace irc {
namespace {

using conform::testing::expect_golden;
using conform::testing::read_file;
using Words = std::vector<std::string>;

const std::string kTests = SOURCE_DIR "/tests/";
constexpr const char* kTable = SOURCE_DIR "/tests/core/requirements.tsv";
constexpr const char* kPage = SOURCE_DIR "/tests/core/coverage.md";
constexpr const char* kSuiteTable = SOURCE_DIR "/corpus/requirements.tsv";
constexpr const char* kCases = SOURCE_DIR "/corpus/cases";

// A line of the table.
struct Requirement {
  std::string id;     // "area/slug"
  std::string level;  // must, should, may.
  Words texts;        // As cases cite them: "rfc2812#3.1.2".
  Words shown_by;     // "Suite.Test" of tests/core or tests/tls, or "area/slug" of a case.
  std::string note;   // May be empty.

  std::string area() const { return id.substr(0, id.find('/')); }
};

Words words_of(const std::string& text) {
  std::istringstream stream(text == "-" ? "" : text);
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::vector<Requirement> parse_requirements(const std::string& table) {
  std::vector<Requirement> requirements;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::array<std::string, 5> columns;
    std::istringstream stream(line);
    for (std::string& column : columns) std::getline(stream, column, '\t');
    requirements.push_back({.id = columns[0],
                            .level = columns[1],
                            .texts = words_of(columns[2]),
                            .shown_by = words_of(columns[3]),
                            .note = columns[4] == "-" ? "" : columns[4]});
  }
  return requirements;
}

std::vector<Requirement> requirements() {
  return parse_requirements(read_file(kTable));
}

// "Suite.Test" for each "TEST(Suite, Test) {", "TEST_F(Suite, Test) {" below tests/ in that folder.
void add_tests(const std::string& folder, std::set<std::string>& names) {
  for (const auto& entry : std::filesystem::directory_iterator(kTests + folder)) {
    std::istringstream lines(read_file(entry.path()));
    for (std::string line; std::getline(lines, line);) {
      const std::size_t begin = line.find('(') + 1;
      const std::size_t comma = line.find(", ", begin);
      if (!line.starts_with("TEST") || comma == line.npos) continue;
      const std::size_t test = comma + 2;
      names.insert(line.substr(begin, comma - begin) + '.' +
                   line.substr(test, line.find(')', test) - test));
    }
  }
}

std::set<std::string> tests_of_the_server() {
  std::set<std::string> names;
  for (const char* folder : {"core", "tls"}) add_tests(folder, names);
  return names;
}

std::set<std::string> cases_of_the_suite() {
  std::set<std::string> ids;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    std::istringstream lines(read_file(entry.path()));
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("case ")) ids.insert(line.substr(5));
    }
  }
  return ids;
}

std::string listed(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string row(const Requirement& requirement) {
  std::string shown = listed(requirement.shown_by);
  if (!requirement.note.empty()) shown += (shown.empty() ? "" : "; ") + requirement.note;
  const std::string slug = requirement.id.substr(requirement.id.find('/') + 1);
  const std::string texts = requirement.texts.empty() ? "-" : listed(requirement.texts);
  return "| " + slug + " | " + requirement.level + " | " + texts + " | " + shown + " |\n";
}

std::string page_of(const std::vector<Requirement>& requirements) {
  std::string page =
      "# What the reference server does, and where it is shown\n\n"
      "Made by `tests/core/requirements_test.cc` of `requirements.tsv`; do not edit. Names with a\n"
      "dot are tests of `tests/core` and `tests/tls`, those with a slash are cases of the suite.\n"
      "The areas framing, parsing, limits, encoding, disconnect, isolation, backpressure and\n"
      "liveness are in `corpus/coverage.md`.\n";
  std::string area;
  for (const Requirement& requirement : requirements) {
    if (requirement.area() != area) {
      area = requirement.area();
      page +=
          "\n## " + area + "\n\n| requirement | level | texts | shown by |\n|---|---|---|---|\n";
    }
    page += row(requirement);
  }
  return page;
}

TEST(Requirements, AreReadColumnByColumn) {
  const auto read =
      parse_requirements("# a comment\na/b\tmust\tx y\tT.A c/d\t-\na/d\tmay\t-\t-\twhy\n");
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].texts, (Words{"x", "y"}));
  EXPECT_EQ(read[0].shown_by, (Words{"T.A", "c/d"}));
  EXPECT_EQ(read[0].note, "");
  EXPECT_EQ(read[1].area(), "a");
  EXPECT_EQ(read[1].shown_by, Words{});
  EXPECT_EQ(read[1].note, "why");
}

TEST(Requirements, AreShownByTestsAndCasesThatThereAre) {
  const std::set<std::string> tests = tests_of_the_server();
  const std::set<std::string> cases = cases_of_the_suite();
  ASSERT_TRUE(tests.contains("Requirements.AreShownByTestsAndCasesThatThereAre"));
  ASSERT_TRUE(cases.contains("framing/one-message-one-write"));
  for (const Requirement& requirement : requirements()) {
    for (const std::string& name : requirement.shown_by) {
      EXPECT_TRUE(tests.contains(name) || cases.contains(name)) << requirement.id << ": " << name;
    }
  }
}

TEST(Requirements, AreShownOrHaveAReason) {
  for (const Requirement& requirement : requirements()) {
    EXPECT_FALSE(requirement.shown_by.empty() && requirement.note.empty()) << requirement.id;
    EXPECT_FALSE(requirement.shown_by.empty() && requirement.level == "must") << requirement.id;
  }
}

TEST(Requirements, AreAskedOnce) {
  std::set<std::string> ids;
  const auto all = requirements();
  for (const Requirement& requirement : all) {
    EXPECT_TRUE(ids.insert(requirement.id).second) << requirement.id;
  }
  for (const Requirement& other : parse_requirements(read_file(kSuiteTable))) {
    EXPECT_FALSE(ids.contains(other.id)) << other.id << " is in both tables";
  }
  EXPECT_EQ(all.size(), 183U);
}

TEST(Requirements, AreOnTheirPage) {
  expect_golden(kPage, page_of(requirements()));
}

}  // namespace
}  // namespace irc
