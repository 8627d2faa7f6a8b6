// What other cuts find that no case finds as it is written.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "tests/mutants/kills.h"

namespace conform::testing {
namespace {

constexpr const char* kRepeats = "repeats-late-ping";
constexpr const char* kLoses = "loses-late-join";
constexpr const char* kReference = "none";

Play with(Cuts cuts, std::string_view only) {
  return {.faults = {}, .floods = false, .only = only, .cuts = std::move(cuts)};
}

Cuts bytes() {
  return {.cuts = {{.kind = Cut::Kind::bytes}}};
}

// Whether a case fails in that variant, at a step or, where that is false, by its replies alone.
bool fails(const std::vector<CaseResult>& results, std::string_view variant, bool at_a_step) {
  return std::ranges::any_of(results, [&](const CaseResult& result) {
    return result.grade == Grade::fail && result.variant == variant &&
           result.step.empty() != at_a_step;
  });
}

TEST(Segments, AsWrittenFindNeitherFaultThere) {
  for (const auto& [mutant, area] : {std::pair(kRepeats, "liveness/"), {kLoses, "disconnect/"}}) {
    EXPECT_EQ(failed(play_mutant(mutant, with({.cuts = {Cut{}}}, area))), std::set<std::string>{})
        << mutant;
  }
}

TEST(Segments, OtherwiseCutBreakWhatACaseExpects) {
  EXPECT_TRUE(fails(play_mutant(kLoses, with(bytes(), "disconnect/")), "bytes", true));
}

TEST(Segments, OtherwiseCutGetOtherRepliesThoughEverythingExpectedComes) {
  EXPECT_TRUE(fails(play_mutant(kRepeats, with(bytes(), "liveness/")), "bytes", false));
}

TEST(Segments, NameTheOneCutThatFails) {
  const Cuts each{.cuts = {Cut{}}, .each_cut = true};
  const CaseResult worst = play_mutant(kRepeats, with(each, "liveness/ping-is-answered")).at(0);
  EXPECT_EQ(worst.grade, Grade::fail);
  EXPECT_TRUE(worst.variant.starts_with("cut(")) << worst.variant;
  EXPECT_NE(worst.actual.find("a received \"PONG"), std::string::npos) << worst.actual;
  ASSERT_FALSE(worst.variants.empty());
  EXPECT_EQ(worst.variants.back().name, "each-cut");
  EXPECT_EQ(worst.variants.back().worst, worst.variant);
}

TEST(Segments, AllFindNothingInTheReference) {
  Cuts all{.cuts = {Cut{}}, .drawn = 3};
  for (const Cut::Kind kind :
       {Cut::Kind::whole, Cut::Kind::lines, Cut::Kind::bytes, Cut::Kind::glued}) {
    all.cuts.push_back({.kind = kind});
  }
  for (const CaseResult& result : play_mutant(kReference, with(all, ""))) {
    EXPECT_TRUE(result.grade == Grade::pass || result.grade == Grade::skip)
        << result.id << " " << result.variant << ": " << result.actual << result.reason << "\n"
        << result.transcript;
  }
}

}  // namespace
}  // namespace conform::testing
