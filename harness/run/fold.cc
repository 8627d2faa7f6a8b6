#include "harness/run/fold.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

namespace conform {
namespace {

constexpr std::array kFromBestToWorst = {Grade::skip, Grade::pass,         Grade::lenient,
                                         Grade::info, Grade::inconclusive, Grade::fail,
                                         Grade::error};

void add_to(VariantResult& variant, const CaseResult& play) {
  if (variant.worst.empty() || is_worse(play.grade, variant.grade)) {
    variant.worst = play.variant;
    variant.grade = play.grade;
    variant.reason = play.reason.empty() ? play.actual : play.reason;
  }
  if (play.grade != Grade::skip) ++variant.plays;
  variant.boundaries = std::max(variant.boundaries, play.boundaries);
  variant.duration = std::max(variant.duration, play.duration);
}

std::vector<VariantResult> variants_of(const std::vector<CaseResult>& plays) {
  std::vector<VariantResult> variants;
  for (const CaseResult& play : plays) {
    auto variant = std::ranges::find(variants, play.segmentation, &VariantResult::name);
    if (variant == variants.end()) {
      variants.push_back({.name = play.segmentation});
      variant = variants.end() - 1;
    }
    add_to(*variant, play);
  }
  return variants;
}

// Of the worst the first that has its details still.
CaseResult* worst_of(std::vector<CaseResult>& plays) {
  CaseResult* worst = &plays.front();
  for (CaseResult& play : plays) {
    const bool tells_more = play.grade == worst->grade && worst->title.empty();
    if (is_worse(play.grade, worst->grade) || tells_more) worst = &play;
  }
  return worst;
}

// In a repetition they have a number: "whole#2".
bool has_whole_lines(const VariantResult& variant) {
  static constexpr std::array<std::string_view, 3> kWhole = {"whole", "lines", "glued"};
  const std::string_view name = std::string_view(variant.name).substr(0, variant.name.find('#'));
  return std::ranges::find(kWhole, name) != kWhole.end();
}

// Whether it holds as long as no line is cut.
bool fails_in_pieces_only(const std::vector<VariantResult>& variants) {
  bool held = false;
  for (const VariantResult& variant : variants) {
    if (!has_whole_lines(variant)) continue;
    if (is_finding(variant.grade)) return false;
    held |= variant.plays > 0;
  }
  return held;
}

// Then that is the cause, whatever it shows in. The end of the target has one of its own, and no
// step.
void explain_by_cuts(CaseResult& result) {
  const bool ended = result.step.empty() && !result.root_cause.empty();
  if (result.grade != Grade::fail || ended || !fails_in_pieces_only(result.variants)) return;
  result.root_cause = "what holds for whole lines fails for lines that come in pieces";
}

}  // namespace

Grade worse(Grade a, Grade b) {
  return std::max(a, b, [](Grade left, Grade right) {
    return std::ranges::find(kFromBestToWorst, left) < std::ranges::find(kFromBestToWorst, right);
  });
}

bool is_worse(Grade a, Grade b) {
  return a != b && worse(a, b) == a;
}

bool is_finding(Grade grade) {
  return grade == Grade::fail || grade == Grade::inconclusive;
}

CaseResult without_details(CaseResult play) {
  CaseResult kept;
  kept.id = std::move(play.id);
  kept.variant = std::move(play.variant);
  kept.segmentation = std::move(play.segmentation);
  kept.grade = play.grade;
  kept.boundaries = play.boundaries;
  kept.boundary_counts = play.boundary_counts;
  kept.duration = play.duration;
  kept.reason = std::move(play.reason);
  kept.actual = std::move(play.actual);
  return kept;
}

CaseResult fold(std::vector<CaseResult> plays) {
  std::vector<VariantResult> variants = variants_of(plays);
  Duration duration{};
  Boundaries boundaries = Boundaries::none;
  BoundaryCounts counts;
  for (const CaseResult& play : plays) {
    duration = std::max(duration, play.duration);
    boundaries = std::max(boundaries, play.boundaries);
    counts += play.boundary_counts;
  }
  CaseResult result = std::move(*worst_of(plays));
  result.variants = std::move(variants);
  result.duration = duration;
  result.boundaries = boundaries;
  result.boundary_counts = counts;
  explain_by_cuts(result);
  return result;
}

std::vector<CaseResult> fold_by_case(std::vector<CaseResult> plays) {
  std::vector<std::vector<CaseResult>> groups;
  std::map<std::string, std::size_t> group_of;
  for (CaseResult& play : plays) {
    const auto [found, is_new] = group_of.try_emplace(play.id, groups.size());
    if (is_new) groups.emplace_back();
    groups[found->second].push_back(std::move(play));
  }
  std::vector<CaseResult> results;
  results.reserve(groups.size());
  for (std::vector<CaseResult>& group : groups) results.push_back(fold(std::move(group)));
  return results;
}

}  // namespace conform
