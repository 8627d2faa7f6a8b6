// Runner: whose doing a death was.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "harness/run/company.h"
#include "harness/run/fold.h"
#include "harness/run/kernel_world.h"
#include "harness/run/named_fault.h"
#include "harness/run/runner.h"
#include "harness/run/sim_world.h"

namespace conform {

// Something is wrong with the target. Whoever was underway may have done it, or whoever ended a
// moment before: they are played again on fresh processes, and so convicted or cleared. Those that
// take minutes are suspected only when nobody else is: they are played beside others
// again, and whichever did it does so again.
template <World W>
void Runner<W>::trouble(const std::string& how) {
  const std::string tail = world_.stderr_tail();
  Indices recent = ended_before_the_end();
  Indices active, rested, slow;
  for (const std::size_t index : underway_) {
    const bool at_rest = std::ranges::find(rested_, index) != rested_.end();
    const bool takes_minutes = is_slow(*plays_.planned(index).item);
    (takes_minutes ? slow : at_rest ? rested : active).push_back(index);
  }
  if (!world_.abilities().restart) {
    Indices suspects = active;
    suspects.insert(suspects.end(), recent.begin(), recent.end());
    if (suspects.empty()) suspects = rested;
    if (suspects.empty()) suspects = slow;
    if (suspects.size() == 1) {
      convict_case(suspects.front(), how, tail);
    } else {
      result_.deaths.push_back(
          {.case_id = "", .how = how, .stderr_tail = tail, .suspects = ids_of(suspects)});
    }
    give_up("the target " + how + ", and it cannot be started again, as it could with --spawn");
    return;
  }
  Indices quick = recent;
  quick.insert(quick.end(), active.begin(), active.end());
  quick.insert(quick.end(), rested.begin(), rested.end());
  std::erase_if(quick, [this](std::size_t i) { return is_convicted(i); });
  const bool found = blame(active) || blame(recent) || blame(rested) || blame_pairs(quick) ||
                     (quick.empty() && blame(slow));
  if (!found) result_.deaths.push_back({.case_id = "", .how = how, .stderr_tail = tail});
  if (!over_) renew(std::nullopt);
}

// By halves: those of a half play beside one another, on a fresh process, and are cleared together
// if it lives. Only who is its end alone is convicted.
template <World W>
bool Runner<W>::blame(Indices suspects) {
  std::erase_if(suspects, [this](std::size_t i) { return is_convicted(i); });
  if (suspects.empty() || over_) return false;
  if (suspects.size() == 1) return blame_one(suspects.front());
  const auto middle = suspects.begin() + static_cast<std::ptrdiff_t>(suspects.size() / 2);
  bool found = false;
  for (const Indices& half : {Indices(suspects.begin(), middle), Indices(middle, suspects.end())}) {
    if (half.size() == 1) {
      found |= blame_one(half.front());
    } else if (replay(half, options_.jobs)) {
      found |= blame(suspects_among(half));
    }
  }
  return found;
}

template <World W>
bool Runner<W>::blame_one(std::size_t suspect) {
  if (is_convicted(suspect)) return false;
  const TimePoint since = world_.now();
  const std::optional<std::string> wrong = replay({suspect}, 1);
  if (!wrong || !has_begun(suspect, since)) return false;
  convict_case(suspect, *wrong, world_.stderr_tail());
  return true;
}

// In the order in which they ended or were underway, each with the one before it. Of many only the
// last, which were nearest to the end.
template <World W>
bool Runner<W>::blame_pairs(const Indices& suspects) {
  constexpr std::size_t kPairsMax = 8;
  const std::size_t first = suspects.size() - std::min(suspects.size(), kPairsMax + 1);
  for (std::size_t i = first + 1; i < suspects.size(); ++i) {
    const TimePoint since = world_.now();
    const std::optional<std::string> wrong = replay({suspects[i - 1], suspects[i]}, 1);
    if (!wrong || !has_begun(suspects[i], since)) continue;
    convict_case(suspects[i], *wrong + ", after " + plays_.planned(suspects[i - 1]).item->id,
                 world_.stderr_tail());
    return true;
  }
  return false;
}

// On a fresh process; what is wrong with it then, or a moment later.
template <World W>
std::optional<std::string> Runner<W>::replay(const Indices& indices, std::size_t jobs) {
  if (over_ || !renew(descriptor_limit(*plays_.planned(indices.back()).item))) return std::nullopt;
  std::optional<std::string> wrong = play_round(indices, jobs, true);
  if (wrong || over_) return wrong;
  return watch_over(kAftermath);
}

// Those that had ended a moment before something was wrong.
template <World W>
typename Runner<W>::Indices Runner<W>::ended_before_the_end() const {
  Indices recent = plays_.ended_since(wrong_since_ - kAftermath);
  std::ranges::copy(doubts_.since(wrong_since_ - kAftermath), std::back_inserter(recent));
  return recent;
}

// Each once, in order of the alphabet: a case may have had several plays at that time.
template <World W>
std::vector<std::string> Runner<W>::ids_of(const Indices& indices) const {
  std::set<std::string> ids;
  for (const std::size_t index : indices) ids.insert(plays_.planned(index).item->id);
  return {ids.begin(), ids.end()};
}

// Those that were underway at the end, and those that had ended a moment before; all of them where
// that is nobody.
template <World W>
typename Runner<W>::Indices Runner<W>::suspects_among(const Indices& indices) const {
  const Indices recent = ended_before_the_end();
  Indices among = indices;
  std::erase_if(among, [&](std::size_t index) {
    return std::ranges::find(underway_, index) == underway_.end() &&
           std::ranges::find(recent, index) == recent.end();
  });
  return among.empty() ? indices : among;
}

template <World W>
void Runner<W>::convict_case(std::size_t index, const std::string& how, const std::string& tail) {
  CaseResult result = unplayed(plays_.planned(index), "");
  const auto found = std::ranges::find(underway_, index);
  if (found != underway_.end()) {
    result.transcript = transcripts_[static_cast<std::size_t>(found - underway_.begin())];
  } else if (plays_.result(index)) {
    result.transcript = plays_.result(index)->transcript;
  }
  const std::string_view fault = named_fault(tail);
  convict(result, "the target goes on serving", "the target " + how,
          fmt::format("the target {}{}{}", how, fault.empty() ? "" : ": ", fault));
  convicted_.insert(plays_.planned(index).item);
  result_.deaths.push_back({.case_id = result.id, .how = how, .stderr_tail = tail});
  take_doubt(index);
  keep(index, std::move(result));
  skip_convicted();
}

// The other plays of a case that was the target's end: they would only be it again.
template <World W>
void Runner<W>::skip_convicted() {
  for (const std::size_t index : plays_.unplayed_of(plays_.all())) {
    if (!is_convicted(index)) continue;
    take_doubt(index);
    keep(index, skipped(plays_.planned(index), "another play of it was the target's end"));
  }
}

// In the last round, which began then. A target that falls over before a case does nothing is no
// case's doing.
template <World W>
bool Runner<W>::has_begun(std::size_t index, TimePoint since) const {
  return std::ranges::find(underway_, index) != underway_.end() || plays_.ended_at(index) >= since;
}

template void Runner<KernelWorld>::trouble(const std::string&);
template void Runner<KernelWorld>::skip_convicted();
template void Runner<SimWorld>::trouble(const std::string&);
template void Runner<SimWorld>::skip_convicted();

}  // namespace conform
