// Cases played with other cuts: which plays there are, and what segments go out in them.
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/run/fold.h"
#include "harness/run/plan.h"
#include "tests/run/playing.h"

namespace conform::testing {
namespace {

using Kind = Cut::Kind;
using Names = std::vector<std::string>;

// ---- Planning.

Names names_of(const std::vector<PlannedCase>& plays) {
  Names names;
  for (const PlannedCase& play : plays) names.push_back(name_of(play.cut));
  return names;
}

Names planned(script::Case item, const PlanOptions& options = {}) {
  return names_of(plan(item, {}, options));
}

script::Case item_of(std::string_view steps = "a > PING :x\nsync a b\n") {
  return script_of(steps).cases.at(0);
}

const Cuts kBytes{.cuts = {{.kind = Kind::bytes}}};

TEST(Plan, PlaysACaseAsItIsWritten) {
  EXPECT_EQ(planned(item_of()), Names{"as-written"});
}

TEST(Plan, PlaysWholeTwiceBeforeAnyOtherCut) {
  script::Case item = item_of();
  item.segments.also = {{.kind = script::Segmentation::Kind::bytes},
                        {.kind = script::Segmentation::Kind::random, .count = 2}};
  EXPECT_EQ(planned(item),
            (Names{"as-written", "whole", "whole", "bytes", "drawn(1)", "drawn(2)"}));
}

TEST(Plan, PutsWhatIsAskedInPlaceOfTheCasesOwn) {
  script::Case item = item_of();
  item.segments.also = {{.kind = script::Segmentation::Kind::lines}};
  EXPECT_EQ(planned(item, {.cuts = kBytes}), (Names{"whole", "whole", "bytes"}));
  EXPECT_EQ(planned(item, {.cuts = Cuts{.cuts = {Cut{}}}}), Names{"as-written"});
}

TEST(Plan, LeavesSomeCasesAsTheyAre) {
  script::Case only = item_of();
  only.segments.only_as_written = true;
  script::Case slow = item_of();
  slow.tags = {"slow"};
  const script::Case alone = item_of("server fds == base\nsync a b\n");
  for (const script::Case& item : {only, slow, alone}) {
    EXPECT_EQ(planned(item, {.cuts = kBytes}), Names{"as-written"});
  }
}

TEST(Plan, GluesOnlyWhereSomebodyLeaves) {
  const PlanOptions glued{.cuts = Cuts{.cuts = {{.kind = Kind::glued}}}};
  EXPECT_EQ(planned(item_of(), glued), (Names{"whole", "whole"}));
  EXPECT_EQ(planned(item_of("a > PING :x\na fin\nsync b\n"), glued),
            (Names{"whole", "whole", "glued"}));
}

TEST(Plan, RepeatsEveryPlay) {
  EXPECT_EQ(planned(item_of(), {.repetitions = 2}), (Names{"as-written", "as-written"}));
}

TEST(Plan, CutsAtEachOffsetThatWasSeen) {
  const script::Case item = item_of();
  const std::vector<PlannedCase> plays =
      plan(item, {}, {.cuts = Cuts{.cuts = {Cut{}}, .each_cut = true}});
  EXPECT_TRUE(plan_each_cut(plays.back()).empty()) << "nothing has been sent yet";
  plays.back().whole->cut_points = {1, 2, 5};
  EXPECT_EQ(names_of(plan_each_cut(plays.back())), (Names{"cut(1)", "cut(2)", "cut(5)"}));
  EXPECT_TRUE(plan_each_cut(plays.front()).empty()) << "once is enough";
}

TEST(Plan, ThinsTheCutsOfACaseWithManySends) {
  const script::Case item = item_of();
  const std::vector<PlannedCase> plays = plan(item, {}, {.cuts = Cuts{.each_cut = true}});
  Whole& whole = *plays.back().whole;
  for (std::size_t offset = 1; offset <= 500; ++offset) whole.cut_points.insert(offset);
  whole.sends = 2000;
  const std::vector<PlannedCase> thinned = plan_each_cut(plays.back());
  EXPECT_EQ(thinned.size(), 10u);
  EXPECT_GT(thinned.back().cut.number, 400u) << "evenly";
}

TEST(Plan, GivesUpOnACaseThatHasShownEnough) {
  PlannedCase play{.cut = {.kind = Kind::at, .number = 7}, .whole = std::make_shared<Whole>()};
  EXPECT_EQ(given_up(play), "");
  play.whole->troubled = 3;
  EXPECT_NE(given_up(play), "");
  play.cut = {.kind = Kind::bytes};
  EXPECT_EQ(given_up(play), "") << "that is one play only";
}

// ---- Folding.

CaseResult played(std::string variant, std::string segmentation, Grade grade) {
  CaseResult result;
  result.id = "area/slug";
  result.title = "A sentence";
  result.variant = std::move(variant);
  result.segmentation = std::move(segmentation);
  result.grade = grade;
  result.duration = std::chrono::milliseconds(1);
  result.boundary_counts.proved = 2;
  return result;
}

struct Row {
  Grade a;
  Grade b;
  Grade worse;
  const char* reason;
};

TEST(Fold, TakesTheWorseGradeOfTwoPlays) {
  using enum Grade;
  constexpr Row kRows[] = {
      {skip, pass, pass, "a play that was skipped says nothing of the other"},
      {pass, lenient, lenient, "lenient is less than pass"},
      {pass, inconclusive, inconclusive, "a doubt is never a pass"},
      {info, inconclusive, inconclusive, "nor an info"},
      {inconclusive, fail, fail, "what was seen to fail fails"},
      {fail, error, error, "a fault of ours is never hidden"},
      {skip, skip, skip, "equal"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(worse(row.a, row.b), row.worse) << row.reason;
    EXPECT_EQ(worse(row.b, row.a), row.worse) << row.reason << ", the other way round";
  }
}

TEST(Fold, GivesACaseItsWorstPlayAndListsWhatWasPlayed) {
  CaseResult slim = without_details(played("cut(2)", "each-cut", Grade::pass));
  EXPECT_EQ(slim.title, "");
  const CaseResult folded = fold(
      {played("as-written", "as-written", Grade::pass), played("cut(1)", "each-cut", Grade::pass),
       std::move(slim), played("cut(3)", "each-cut", Grade::fail),
       played("cut(4)", "each-cut", Grade::fail), played("cut(5)", "each-cut", Grade::skip)});
  EXPECT_EQ(folded.grade, Grade::fail);
  EXPECT_EQ(folded.variant, "cut(3)");
  EXPECT_EQ(folded.boundary_counts.proved, 12u);
  ASSERT_EQ(folded.variants.size(), 2u);
  EXPECT_EQ(folded.variants[0].grade, Grade::pass);
  EXPECT_EQ(folded.variants[1].plays, 4u) << "one was not played";
  EXPECT_EQ(folded.variants[1].worst, "cut(3)");
}

TEST(Fold, KnowsTheCauseOfWhatFailsInPiecesOnly) {
  constexpr const char* kPieces = "what holds for whole lines fails for lines that come in pieces";
  const auto failed = [](std::string variant, std::string step, std::string cause) {
    CaseResult play = played(variant, variant, Grade::fail);
    play.step = std::move(step);
    play.root_cause = std::move(cause);
    return play;
  };
  const CaseResult whole = played("whole", "whole", Grade::pass);
  EXPECT_EQ(fold({whole, failed("bytes", "a < x", "")}).root_cause, kPieces);
  EXPECT_EQ(fold({failed("as-written", "a < x", ""), whole}).root_cause, kPieces);
  EXPECT_EQ(fold({whole, failed("bytes#2", "", "")}).root_cause, kPieces) << "other replies";
  EXPECT_EQ(fold({whole, failed("random", "a < x", "no x comes")}).root_cause, kPieces);
  EXPECT_EQ(fold({whole, failed("bytes", "", "the target died")}).root_cause, "the target died");
  EXPECT_EQ(fold({whole, failed("lines", "a < x", "")}).root_cause, "") << "whole lines, too";
  EXPECT_EQ(fold({failed("bytes", "a < x", "")}).root_cause, "") << "nothing says that it held";
}

TEST(Fold, ShowsAPlayThatHasItsDetails) {
  const CaseResult folded = fold({without_details(played("whole", "whole", Grade::pass)),
                                  played("bytes", "bytes", Grade::pass)});
  EXPECT_EQ(folded.title, "A sentence");
}

TEST(Fold, GroupsPlaysByCase) {
  CaseResult other = played("as-written", "as-written", Grade::pass);
  other.id = "area/other";
  const std::vector<CaseResult> results =
      fold_by_case({played("whole", "whole", Grade::pass), std::move(other),
                    played("bytes", "bytes", Grade::fail)});
  ASSERT_EQ(results.size(), 2u);
  EXPECT_EQ(results[0].grade, Grade::fail);
  EXPECT_EQ(results[1].id, "area/other");
}

// ---- Playing.

CaseResult play_cut(std::string_view steps, Cuts cuts, Scene scene = {}) {
  return play_in_simulation({script_of(steps, scene.clients)}, tiny_server(std::move(scene.server)),
                            {.learnt = Learnt{.profile = scene.profile}, .cuts = std::move(cuts)})
      .at(0);
}

// The first lines of what was sent.
bool sends(const CaseResult& result, std::string_view lines) {
  return result.transcript.starts_with(lines);
}

TEST(Variants, SendAByteASegment) {
  const CaseResult result = play_cut("a > \"PI\" | \"N\\r\\n\"\nsync a b\n", kBytes);
  EXPECT_EQ(result.grade, Grade::pass) << result.reason;
  EXPECT_EQ(result.variants.back().name, "bytes");
  EXPECT_EQ(result.boundary_counts.proved, 4u);
}

TEST(Variants, SendASegmentALine) {
  const CaseResult result = play_cut("a > \"X\\r\" | \"\\nY\\r\\nZ\\r\\n\"\nsync a b\n",
                                     {.cuts = {{.kind = Kind::lines}}});
  EXPECT_EQ(result.boundary_counts.proved, 2u) << result.transcript;
}

TEST(Variants, JoinWhatOneClientSendsUntilSomethingElseComes) {
  constexpr const char* kSteps =
      "a > X\n"
      "repeat 2 as n\n"
      "  a > Y{n}\n"
      "end\n"
      "b > Z\n"
      "a > X\n"
      "a,b > W\n"
      "sync a b\n";
  const CaseResult result = play_cut(kSteps, {.cuts = {{.kind = Kind::whole}}});
  EXPECT_TRUE(sends(result,
                    "# n = 1\n"
                    "# n = 2\n"
                    "a > \"X\\r\\nY1\\r\\nY2\\r\\n\"\n"
                    "b > \"Z\\r\\n\"\n"
                    "a > \"X\\r\\nW\\r\\n\"\n"
                    "b > \"W\\r\\n\"\n"
                    "sync a b\n"))
      << result.transcript;
}

TEST(Variants, SendWhatIsJoinedBeforeALeave) {
  const CaseResult result =
      play_cut("a > X\na > Y\na fin\nsync b\n", {.cuts = {{.kind = Kind::whole}}});
  EXPECT_TRUE(sends(result, "a > \"X\\r\\nY\\r\\n\"\na fin\n")) << result.transcript;
}

TEST(Variants, GlueWhatIsJoinedToALeave) {
  for (const std::string leave : {"fin", "close", "leave fin"}) {
    const CaseResult result =
        play_cut("a > X\na > Y\na " + leave + "\nsync b\n", {.cuts = {{.kind = Kind::glued}}});
    EXPECT_EQ(result.grade, Grade::pass) << result.reason;
    EXPECT_EQ(result.variants.back().name, "glued");
  }
}

// What has not been read when a reset comes may be lost.
TEST(Variants, GlueOnlyHalfALineToAReset) {
  const Cuts glued{.cuts = {{.kind = Kind::glued}}};
  EXPECT_EQ(play_cut("a > PRIVMSG {b} :x\na rst\nb < PRIVMSG {b} x\n", glued).grade, Grade::pass);
  EXPECT_EQ(play_cut("a > \"PRIVMSG {b} :x\"\na rst\nsync b\n", glued).grade, Grade::pass);
}

TEST(Variants, PlayOnceForEachOffset) {
  const CaseResult result =
      play_cut("a > PING :x\nb > PING :long\nsync a b\n", {.cuts = {Cut{}}, .each_cut = true});
  EXPECT_EQ(result.grade, Grade::pass) << result.reason;
  ASSERT_EQ(result.variants.size(), 3u);
  EXPECT_EQ(result.variants[1].plays, 2u) << "whole";
  EXPECT_EQ(result.variants[2].plays, std::string("PING :long\r\n").size() - 1);
}

TEST(Variants, FailWhereAReplyIsMissing) {
  // Says what it was told, if it was told it with the line before.
  const TinyServer::OnLine server = [](TinyServer& it, std::size_t who, std::string_view line) {
    static std::uint64_t round_of_first = 0;
    if (line == "FIRST") round_of_first = it.round();
    if (line == "SECOND" && it.round() == round_of_first) it.say(who, ":server 300 together\r\n");
    ordinary(it, who, line);
  };
  const CaseResult result = play_cut("a > FIRST\na > SECOND\nsync a b\n",
                                     {.cuts = {{.kind = Kind::lines}}}, {.server = server});
  EXPECT_EQ(result.grade, Grade::fail);
  EXPECT_EQ(result.variant, "lines");
  EXPECT_EQ(result.actual,
            "a lacks \"300 together\", which comes when each client's sends are whole");
}

// A line that goes out byte by byte takes its time, and nothing can be said in the middle of it.
TEST(Variants, FailNoServerForAPingThatCouldNotBeAnswered) {
  using std::chrono::microseconds;
  const TinyServer::OnLine server = [](TinyServer& it, std::size_t who, std::string_view line) {
    if (line == "ASK") {
      it.say_later(microseconds(300), who, "PING :x\r\n");
      it.later(microseconds(1000), [who](TinyServer& later) { later.close(who); });
    }
    ordinary(it, who, line);
  };
  const CaseResult result =
      play_cut("a > \"ASK\\r\\nPRIVMSG {b} :\" \"x\"*400 \"\\r\\n\"\nb < PRIVMSG ...\n", kBytes,
               {.server = server});
  EXPECT_EQ(result.variants.front().grade, Grade::pass) << result.reason;
  EXPECT_EQ(result.grade, Grade::inconclusive) << result.transcript;
  EXPECT_NE(result.reason.find("in the middle of a line"), std::string::npos) << result.reason;
}

}  // namespace
}  // namespace conform::testing
