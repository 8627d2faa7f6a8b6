#include "harness/run/fold.h"

#include <algorithm>
#include <array>
#include <map>
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
