// Every requirement has its cases, or a reason; the page that says so is up to date.
#include "tests/mutants/coverage.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/files.h"

namespace conform::testing {
namespace {

constexpr const char* kRequirements = SOURCE_DIR "/corpus/requirements.tsv";
constexpr const char* kPage = SOURCE_DIR "/corpus/coverage.md";
constexpr const char* kTable = SOURCE_DIR "/tests/mutants/kills.tsv";

std::vector<Demand> demands() {
  return parse_demands(read_file(kRequirements));
}

TEST(Demands, AreReadColumnByColumn) {
  const auto read =
      parse_demands("# a comment\na/b\tmust\tS1 S2\ta/b a/c\t-\na/d\tmay\t-\t-\twhy\n");
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].classes, (std::vector<std::string>{"S1", "S2"}));
  EXPECT_EQ(read[0].cases, (std::vector<std::string>{"a/b", "a/c"}));
  EXPECT_EQ(read[0].note, "");
  EXPECT_EQ(read[1].cases, std::vector<std::string>{});
  EXPECT_EQ(read[1].note, "why");
}

TEST(Coverage, NamesCasesThatThereAre) {
  std::set<std::string> ids;
  for (const script::Script& script : suite()) {
    for (const script::Case& item : script.cases) ids.insert(item.id);
  }
  for (const Demand& demand : demands()) {
    for (const std::string& id : demand.cases)
      EXPECT_TRUE(ids.contains(id)) << demand.id << ": " << id;
  }
}

TEST(Coverage, HasForEachRequirementACaseOrAReason) {
  for (const Demand& demand : demands()) {
    EXPECT_FALSE(demand.cases.empty() && demand.note.empty()) << demand.id;
  }
}

TEST(Coverage, HasForEachMustACaseOfItsOwn) {
  std::set<std::string> owned;
  for (const Demand& demand : demands()) {
    if (demand.level != "must" || demand.cases.empty()) continue;
    EXPECT_TRUE(owned.insert(demand.cases.front()).second) << demand.id;
  }
}

TEST(Coverage, HasTheRequirementsOfAnAreaTogether) {
  const std::string page = coverage_page(demands(), parse_table(read_file(kTable)));
  for (const Demand& demand : demands()) {
    const std::string heading = "\n## " + demand.id.substr(0, demand.id.find('/')) + "\n";
    EXPECT_EQ(page.find(heading), page.rfind(heading)) << demand.id;
  }
}

TEST(Coverage, IsOnItsPage) {
  expect_golden(kPage, coverage_page(demands(), parse_table(read_file(kTable))));
}

}  // namespace
}  // namespace conform::testing
