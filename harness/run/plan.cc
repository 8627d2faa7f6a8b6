#include "harness/run/plan.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "harness/run/company.h"
#include "harness/script/walk.h"

namespace conform {
namespace {

constexpr std::uint64_t kCutsOfAPlay = 2;  // Once each of the two plays that are compared first.

bool is_leave(const script::Step& step) {
  return std::holds_alternative<script::Fin>(step.action) ||
         std::holds_alternative<script::Rst>(step.action) ||
         std::holds_alternative<script::Close>(step.action) ||
         std::holds_alternative<script::Leave>(step.action);
}

Cuts cuts_for(const script::Case& item, const std::optional<Cuts>& asked) {
  Cuts cuts = asked && takes_any_cut(item) ? *asked : cuts_of(item.segments);
  // Where nobody leaves, glued is whole once more.
  if (!script::any_step(item.steps, is_leave)) {
    std::erase_if(cuts.cuts, [](const Cut& cut) { return cut.kind == Cut::Kind::glued; });
    if (cuts.cuts.empty()) cuts.cuts.push_back({.kind = Cut::Kind::whole});
  }
  return cuts;
}

bool is_written_or_whole(const Cut& cut) {
  return cut.kind == Cut::Kind::as_written || cut.kind == Cut::Kind::whole;
}

// In the order in which they are played and listed.
std::vector<Cut> plays_of(const Cuts& cuts, const std::string& case_id, std::uint64_t seed) {
  const bool only_written =
      cuts.drawn == 0 && !cuts.each_cut && std::ranges::all_of(cuts.cuts, [](const Cut& cut) {
        return cut.kind == Cut::Kind::as_written;
      });
  std::vector<Cut> plays;
  const Cut written;
  if (std::ranges::find(cuts.cuts, written) != cuts.cuts.end()) plays.push_back(written);
  if (!only_written) plays.insert(plays.end(), kCutsOfAPlay, {.kind = Cut::Kind::whole});
  for (Cut cut : cuts.cuts) {
    if (is_written_or_whole(cut)) continue;
    if (cut.kind == Cut::Kind::drawn) cut.seed = drawing_seed(seed, case_id, cut.number);
    plays.push_back(cut);
  }
  for (std::uint64_t number = 1; number <= cuts.drawn; ++number) {
    plays.push_back(
        {.kind = Cut::Kind::drawn, .number = number, .seed = drawing_seed(seed, case_id, number)});
  }
  return plays;
}

// How many plays of each-cut a case may have, for what each costs.
std::size_t affordable_plays(const Whole& whole) {
  constexpr std::uint64_t kSendsMax = 20'000, kBytesMax = 2'000'000;
  const std::uint64_t by_sends = kSendsMax / std::max<std::uint64_t>(whole.sends, 1);
  const std::uint64_t by_bytes = kBytesMax / std::max<std::uint64_t>(whole.bytes, 1);
  return std::max<std::uint64_t>(std::min(by_sends, by_bytes), 1);
}

}  // namespace

Cuts cuts_of(const script::Segments& segments) {
  using From = script::Segmentation::Kind;
  Cuts cuts{.cuts = {Cut{}}};
  for (const script::Segmentation& also : segments.also) {
    switch (also.kind) {
      case From::whole:
        cuts.cuts.push_back({.kind = Cut::Kind::whole});
        break;
      case From::lines:
        cuts.cuts.push_back({.kind = Cut::Kind::lines});
        break;
      case From::bytes:
        cuts.cuts.push_back({.kind = Cut::Kind::bytes});
        break;
      case From::glued:
        cuts.cuts.push_back({.kind = Cut::Kind::glued});
        break;
      case From::each_cut:
        cuts.each_cut = true;
        break;
      case From::random:
        cuts.drawn = also.count;
        break;
    }
  }
  return cuts;
}

bool takes_any_cut(const script::Case& item) {
  const auto is_search = [](const script::Step& step) {
    return std::holds_alternative<script::Search>(step.action);
  };
  return !item.segments.only_as_written && !is_slow(item) && !plays_alone(item) &&
         !script::any_step(item.steps, is_search);
}

std::vector<PlannedCase> plan(const script::Case& item, const script::SourceText& source,
                              const PlanOptions& options) {
  const Cuts cuts = cuts_for(item, options.cuts);
  const std::vector<Cut> plays = plays_of(cuts, item.id, options.seed);
  std::vector<PlannedCase> planned;
  for (std::uint32_t repetition = 1; repetition <= options.repetitions; ++repetition) {
    std::shared_ptr<Whole> whole;
    if (plays.size() > 1) whole = std::make_shared<Whole>(Whole{.each_cut = cuts.each_cut});
    for (const Cut& cut : plays) {
      planned.push_back(
          {.item = &item, .source = &source, .cut = cut, .repetition = repetition, .whole = whole});
    }
  }
  return planned;
}

std::vector<PlannedCase> plan_each_cut(const PlannedCase& played) {
  std::vector<PlannedCase> planned;
  if (!played.whole || played.whole->cut_points.empty()) return planned;
  if (!std::exchange(played.whole->each_cut, false)) return planned;
  const std::vector<std::size_t> points(played.whole->cut_points.begin(),
                                        played.whole->cut_points.end());
  for (const std::size_t offset : thinned(points, affordable_plays(*played.whole))) {
    PlannedCase play = played;
    play.cut = {.kind = Cut::Kind::at, .number = offset};
    planned.push_back(std::move(play));
  }
  return planned;
}

std::vector<PlannedCase> plan_each_cut(const std::vector<PlannedCase>& played) {
  std::vector<PlannedCase> planned;
  for (const PlannedCase& play : played) {
    std::ranges::move(plan_each_cut(play), std::back_inserter(planned));
  }
  return planned;
}

std::string given_up(const PlannedCase& planned) {
  constexpr std::uint32_t kTroubleMax = 3;
  if (planned.suspected) return "";
  const bool one_of_many =
      planned.cut.kind == Cut::Kind::at || planned.cut.kind == Cut::Kind::drawn;
  if (!planned.whole || !one_of_many || planned.whole->troubled < kTroubleMax) return "";
  return "three plays of it with other cuts have shown enough";
}

}  // namespace conform
