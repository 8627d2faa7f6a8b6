#include "harness/run/doubts.h"

#include <algorithm>

namespace conform {

bool Doubts::hold(std::size_t index) const {
  return std::ranges::find(doubts_, index, &Doubt::index) != doubts_.end();
}

std::vector<std::size_t> Doubts::since(irc::TimePoint time) const {
  std::vector<std::size_t> indices;
  for (const Doubt& doubt : doubts_) {
    if (doubt.at >= time) indices.push_back(doubt.index);
  }
  return indices;
}

std::optional<Doubts::Doubt> Doubts::take(std::size_t index) {
  const auto found = std::ranges::find(doubts_, index, &Doubt::index);
  if (found == doubts_.end()) return std::nullopt;
  Doubt doubt = std::move(*found);
  doubts_.erase(found);
  return doubt;
}

std::optional<SeenBreach> breach_shown_by(const Ended& in_company, const Ended& alone) {
  if (alone.result.grade >= Grade::fail) return std::nullopt;
  const auto wronged =
      std::ranges::find_if(in_company.cut_off_unsaid, [&alone](const std::string& client) {
        return std::ranges::find(alone.cut_off, client) == alone.cut_off.end();
      });
  if (wronged == in_company.cut_off_unsaid.end()) return std::nullopt;
  return SeenBreach{
      .rule = kKeptRule,
      .case_id = alone.result.id,
      .seen = *wronged + " lost its connection, and not when the case was played alone"};
}

}  // namespace conform
