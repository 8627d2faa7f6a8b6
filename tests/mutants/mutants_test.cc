// The suite can fail: each mutant fails the cases that are about its fault, and no others.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>

#include "server/net/sim_net.h"
#include "tests/mutants/catalogue.h"
#include "tests/mutants/expected.h"
#include "tests/mutants/kills.h"
#include "tests/mutants/over_loopback.h"
#include "tests/support/files.h"

namespace conform::testing {

void PrintTo(const Expected& expected, std::ostream* out) {
  *out << expected.mutant;
}

namespace {

constexpr const char* kTable = SOURCE_DIR "/tests/mutants/kills.tsv";

using Ids = std::set<std::string>;

// With IRC_CASE in the environment one case alone is played, and held against its line of the
// table: for who adds it, and would wait minutes for all.
bool in_question(std::string_view id) {
  const char* one = std::getenv("IRC_CASE");
  return one == nullptr || id == one;
}

// Of the cases in question.
std::vector<CaseResult> play(const Expected& expected) {
  Play play = expected.play;
  const char* one = std::getenv("IRC_CASE");
  if (one != nullptr) {
    if (!std::string_view(one).starts_with(play.only)) return {};
    play.only = one;
  }
  std::vector<CaseResult> results = play_mutant(expected.mutant, play);
  // What the line audit finds is another case's, which does not play now.
  std::erase_if(results, [one](const CaseResult& result) {
    return !in_question(result.id) || (one != nullptr && result.root_cause.starts_with("audit: "));
  });
  return results;
}

bool may_fail(const Expected& expected, const std::string& id) {
  if (expected.elsewhere == "*" || std::ranges::count(expected.fails, id) > 0) return true;
  const std::string areas = " " + std::string(expected.elsewhere) + " ";
  return areas.find(" " + std::string(area_of(id)) + " ") != std::string::npos;
}

// The ids in question beside which the table names the mutant.
Ids ids_in(const Kills& kills, const std::string& mutant) {
  Ids ids;
  for (const auto& [id, mutants] : kills) {
    if (mutants.contains(mutant) && in_question(id)) ids.insert(id);
  }
  return ids;
}

// Holds what one mutant fails against the committed table, or writes it there.
void expect_in_table(std::string_view name, Ids ids) {
  const std::string mutant(name);
  std::erase_if(ids, [](const std::string& id) { return !in_question(id); });
  Kills kills = parse_table(read_file(kTable));
  if (ids_in(kills, mutant) == ids) return;
  for (auto& [id, mutants] : kills) {
    if (in_question(id)) mutants.erase(mutant);
  }
  for (const std::string& id : ids) kills[id].insert(mutant);
  expect_golden(kTable, to_table(kills));
}

class Mutant : public ::testing::TestWithParam<Expected> {};

// One that is no server passes nothing besides.
TEST_P(Mutant, FailsWhatIsAboutItsFaultAndNothingElse) {
  const Expected& expected = GetParam();
  const std::vector<CaseResult> results = play(expected);
  const Ids ids = failed(results);
  for (const std::string_view id : expected.fails) {
    EXPECT_TRUE(ids.contains(std::string(id)) || !in_question(id)) << id;
  }
  for (const CaseResult& result : results) {
    EXPECT_TRUE(expected.passes || result.grade > Grade::info) << result.id << result.transcript;
    if (result.grade != Grade::fail || may_fail(expected, result.id)) continue;
    ADD_FAILURE() << result.id << " fails too: " << result.step << ": " << result.actual << "\n"
                  << result.transcript.substr(0, 3000);
  }
  for (const Said& said : expected.says) {
    if (!in_question(said.id)) continue;
    const auto result = std::ranges::find(results, said.id, &CaseResult::id);
    ASSERT_NE(result, results.end()) << said.id;
    EXPECT_NE(result->actual.find(said.words), std::string::npos) << result->actual;
  }
  expect_in_table(expected.mutant, ids);
}

INSTANTIATE_TEST_SUITE_P(All, Mutant, ::testing::ValuesIn(expected_mutants()), [](const auto& row) {
  std::string name(row.param.mutant);
  std::ranges::replace(name, '-', '_');
  return name;
});

// What they fail is tested in tests/e2e.
TEST(MutantsOverLoopback, AreInTheTable) {
  for (const OverLoopback& row : mutants_over_loopback()) {
    expect_in_table(row.mutant, Ids(row.fails.begin(), row.fails.end()));
  }
}

TEST(Suite, IsInTheTableCaseByCase) {
  expect_golden(kTable, to_table(parse_table(read_file(kTable))));
}

TEST(Mutants, AreAskedOfACaseThatThereIs) {
  const char* one = std::getenv("IRC_CASE");
  if (one == nullptr) return;
  const auto has_it = [one](const script::Script& script) {
    return std::ranges::count(script.cases, one, &script::Case::id) > 0;
  };
  EXPECT_TRUE(std::ranges::any_of(suite(), has_it)) << one;
}

TEST(Mutants, AreAllInTheTable) {
  for (const auto& mutant : irc::mutants::all_mutants<irc::SimNet>()) {
    EXPECT_EQ(std::ranges::count(expected_mutants(), mutant.name, &Expected::mutant) +
                  std::ranges::count(mutants_over_loopback(), mutant.name, &OverLoopback::mutant),
              1)
        << mutant.name;
  }
}

// A case that cannot fail proves nothing.
TEST(Suite, HasForEachMustAndRobustCaseAMutantThatFailsIt) {
  const Kills kills = parse_table(read_file(kTable));
  const auto is_proved = [&kills](const std::string& id) {
    const auto found = kills.find(id);
    return found != kills.end() && std::ranges::any_of(found->second, proves);
  };
  const auto gates = [](const script::Case& item) {
    return item.level == script::Level::must || item.level == script::Level::robust;
  };
  Ids unproved;
  for (const script::Script& script : suite()) {
    for (const script::Case& item : script.cases) {
      if (gates(item) && !is_proved(item.id)) unproved.insert(item.id);
    }
  }
  EXPECT_EQ(unproved, Ids{});
}

}  // namespace
}  // namespace conform::testing
