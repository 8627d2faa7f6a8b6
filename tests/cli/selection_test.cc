#include "harness/cli/selection.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/cli/suite_of.h"

namespace conform {
namespace {

using script::Level;
using testing::suite_case;
using Ids = std::vector<std::string>;

Suite sample_suite() {
  Suite suite;
  suite.cases.push_back(suite_case("framing/split", Level::must, {"cut"}, "rfc1459#2.3"));
  suite.cases.push_back(suite_case("framing/glued", Level::should, {}, "rfc1459#23"));
  suite.cases.push_back(suite_case("limits/timer", Level::robust, {"slow", "cut"}, "modern#ping"));
  suite.cases.push_back(suite_case("limits/crowd", Level::may, {}, "none"));
  return suite;
}

Ids selected(const SelectionOptions& options, bool quick = false) {
  const Suite suite = sample_suite();
  Ids ids;
  for (const SuiteCase* entry : select(suite, options, quick).cases) ids.push_back(entry->item.id);
  return ids;
}

std::string problem_of(const SelectionOptions& options) {
  const Suite suite = sample_suite();
  const Selected result = select(suite, options, false);
  EXPECT_EQ(result.cases.empty(), !result.problem.empty());
  return result.problem;
}

SelectionOptions only(Ids globs) {
  SelectionOptions options;
  options.only = std::move(globs);
  return options;
}

SelectionOptions citing(Ids prefixes) {
  SelectionOptions options;
  options.cites = std::move(prefixes);
  return options;
}

SelectionOptions shard(std::uint32_t index, std::uint32_t count) {
  SelectionOptions options;
  options.shard = {.index = index, .count = count};
  return options;
}

const Ids kAll = {"framing/split", "framing/glued", "limits/timer", "limits/crowd"};

TEST(Selection, TakesEverythingByDefaultInTheOrderOfTheSuite) {
  EXPECT_EQ(selected({}), kAll);
}

TEST(Selection, TakesWhatAnyGlobMatchesOnce) {
  EXPECT_EQ(selected(only({"framing/*", "*/split"})), (Ids{"framing/split", "framing/glued"}));
  EXPECT_EQ(selected(only({"limits/timer"})), Ids{"limits/timer"});
}

TEST(Selection, LeavesOutWhatIsExcludedThoughItIsMeant) {
  SelectionOptions options = only({"framing/*"});
  options.exclude = {"*/glued", "no-such-case"};
  EXPECT_EQ(selected(options), Ids{"framing/split"});
}

TEST(Selection, FiltersByLevelAndTag) {
  SelectionOptions options;
  options.levels = {Level::must, Level::robust};
  EXPECT_EQ(selected(options), (Ids{"framing/split", "limits/timer"}));
  options.tags = {"slow", "other"};
  EXPECT_EQ(selected(options), Ids{"limits/timer"});
}

TEST(Selection, EndsACitationAtANumber) {
  EXPECT_EQ(selected(citing({"rfc1459#2"})), Ids{"framing/split"});
  EXPECT_EQ(selected(citing({"rfc1459"})), (Ids{"framing/split", "framing/glued"}));
  EXPECT_EQ(selected(citing({"modern#p", "rfc1459#23"})), (Ids{"framing/glued", "limits/timer"}));
}

TEST(Selection, LeavesSlowCasesOutWhenQuick) {
  EXPECT_EQ(selected({}, true), (Ids{"framing/split", "framing/glued", "limits/crowd"}));
}

TEST(Selection, DealsEachCaseToOneShard) {
  EXPECT_EQ(selected(shard(1, 3)), (Ids{"framing/split", "limits/crowd"}));
  EXPECT_EQ(selected(shard(2, 3)), Ids{"framing/glued"});
  EXPECT_EQ(selected(shard(3, 3)), Ids{"limits/timer"});
}

TEST(Selection, NamesAGlobThatMatchesNothingThoughOthersDo) {
  EXPECT_EQ(problem_of(only({"framing/*", "limts/*"})),
            "--only: no case matches 'limts/*'; the areas are framing, limits");
  EXPECT_EQ(problem_of(only({"framing/nosuch*"})),
            "--only: no case matches 'framing/nosuch*'; the areas are framing, limits");
  EXPECT_EQ(problem_of(only({"xyzzy"})),
            "--only: no case matches 'xyzzy'; the areas are framing, limits");
}

TEST(Selection, SaysWhenNothingIsLeft) {
  EXPECT_EQ(problem_of(citing({"rfc9999"})), "no case is left by the selection");
  EXPECT_EQ(problem_of(shard(5, 5)), "shard 5/5 of 4 cases has none");
  EXPECT_EQ(select({}, {}, false).problem, "the suite has no case");
}

struct SlipRow {
  const char* word;
  const char* help;
};

TEST(Selection, SuggestsTheSameForAnIdWhereverItStands) {
  constexpr SlipRow kRows[] = {
      {"framing/splt", "did you mean 'framing/split'?"},
      {"framin/split", "did you mean 'framing/split'?"},
      {"split", "did you mean 'framing/split'?"},
      {"limits/glued", "did you mean 'framing/glued'?"},
      {"framing/nosuch", "the areas are framing, limits"},
  };
  const Suite suite = sample_suite();
  for (const SlipRow& row : kRows) {
    const std::string word = row.word;
    EXPECT_EQ(problem_of(only({word})), "--only: no case matches '" + word + "'; " + row.help);
    EXPECT_EQ(find_case(suite, word).problem, "no case is called '" + word + "'; " + row.help);
  }
}

TEST(Selection, FindsACaseByItsIdOrTheNearest) {
  const Suite suite = sample_suite();
  EXPECT_EQ(find_case(suite, "framing/split").item, &suite.cases.front());
  EXPECT_EQ(find_case(suite, "framing/splt").problem,
            "no case is called 'framing/splt'; did you mean 'framing/split'?");
  EXPECT_EQ(find_case(suite, "*").item, nullptr) << "an id is no glob";
}

}  // namespace
}  // namespace conform
