// Choosing: `one-of` and `unordered`, blocks of expectations that are looked at together.
//
// one-of takes the best alternative that holds, not the one that came first: it decides when the
// best of all holds, or when a barrier shows that nothing better can come, or at the deadline.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/run/activity/progress.h"
#include "harness/run/activity/syncing.h"
#include "harness/run/evaluation.h"
#include "harness/run/seconds.h"
#include "harness/run/stage.h"

namespace conform {

template <World W>
class Choosing {
 public:
  explicit Choosing(const script::OneOf& block) : block_(block) {}

  // When done, chosen() is the alternative that holds.
  Progress advance(Stage<W>& stage);
  const script::Alternative* chosen() const { return chosen_; }

 private:
  std::optional<Trial> best(Stage<W>& stage, script::AlternativeGrade worst);
  Progress choose(Stage<W>& stage, const Trial& trial);
  std::vector<std::size_t> barrier_clients(Stage<W>& stage) const;
  std::string expected(Stage<W>& stage) const;
  std::string seen(Stage<W>& stage) const;

  const script::OneOf& block_;
  const script::Alternative* chosen_ = nullptr;
  std::optional<Syncing<W>> barrier_;
  bool barrier_passed_ = false;
  bool absence_counts_ = false;  // The barrier was answered: what has not come will not come.
  std::optional<TimePoint> deadline_;
  std::optional<std::uint64_t> looked_at_;  // Stage::arrivals() then.
};

// The clients whose lines a block looks at.
inline std::vector<script::ClientIndex> observed(const script::OneOf& block) {
  std::vector<script::ClientIndex> who;
  for (const script::Alternative& alternative : block.alternatives) {
    for (const script::Step& step : alternative.steps) {
      for (const script::ClientIndex client : step.who) {
        if (std::ranges::find(who, client) == who.end()) who.push_back(client);
      }
    }
  }
  return who;
}

// Whether an alternative holds as long as nothing comes.
inline bool asserts_absence(const script::Alternative& alternative) {
  return std::ranges::any_of(alternative.steps, [](const script::Step& step) {
    const auto* expect = std::get_if<script::Expect>(&step.action);
    if (expect == nullptr) return false;
    const auto* event = std::get_if<script::Event>(&expect->pattern);
    return expect->mode == script::Expect::Mode::never ||
           (event != nullptr && *event == script::Event::silence);
  });
}

template <World W>
Progress Choosing<W>::advance(Stage<W>& stage) {
  using script::AlternativeGrade;
  if (!deadline_) deadline_ = stage.world().now() + stage.limit(std::nullopt);
  bool news = looked_at_ != stage.arrivals();
  looked_at_ = stage.arrivals();
  if (const auto trial = news ? best(stage, AlternativeGrade::ok) : std::nullopt) {
    return choose(stage, *trial);
  }
  if (!barrier_passed_) {
    if (!barrier_) barrier_.emplace(barrier_clients(stage), Whose::ours);
    Progress progress = barrier_->advance(stage);
    if (progress.waiting()) return progress;
    barrier_passed_ = news = true;
    absence_counts_ = barrier_->all_answered();
  }
  if (const auto trial = news ? best(stage, AlternativeGrade::fail) : std::nullopt) {
    return choose(stage, *trial);
  }
  if (stage.world().now() >= *deadline_) return Progress::in_vain(expected(stage), seen(stage));
  stage.wake_at(*deadline_);
  return Progress::wait();
}

template <World W>
std::optional<Trial> Choosing<W>::best(Stage<W>& stage, script::AlternativeGrade worst) {
  const View view{stage.clients(), stage.matcher(), stage.bindings()};
  std::optional<Trial> found;
  for (const script::Alternative& alternative : block_.alternatives) {
    if (alternative.grade > worst) continue;
    if (found && chosen_->grade <= alternative.grade) continue;
    if (!absence_counts_ && asserts_absence(alternative)) continue;
    Trial trial = try_in_order(view, alternative.steps);
    if (!trial.holds) continue;
    found = std::move(trial);
    chosen_ = &alternative;
  }
  return found;
}

template <World W>
Progress Choosing<W>::choose(Stage<W>& stage, const Trial& trial) {
  commit(stage.clients(), trial);
  if (chosen_->grade != script::AlternativeGrade::fail) return Progress::finish();
  const std::string policy = chosen_->policy.empty() ? "" : chosen_->policy + ": ";
  return Progress::fail(expected(stage), policy + seen(stage));
}

// Who acts first, who observes behind it: a barrier of the actors orders what the observers get.
template <World W>
std::vector<std::size_t> Choosing<W>::barrier_clients(Stage<W>& stage) const {
  const std::vector<std::size_t> observers = stage.members(observed(block_));
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < stage.clients().size(); ++i) order.push_back(i);
  order.insert(order.end(), observers.begin(), observers.end());
  std::erase_if(order, [&stage](std::size_t i) { return !stage.client(i).can_sync(); });
  return order;
}

template <World W>
std::string Choosing<W>::expected(Stage<W>& stage) const {
  std::string text;
  for (const script::Alternative& alternative : block_.alternatives) {
    if (alternative.grade == script::AlternativeGrade::fail) continue;
    // One without a name is told by how it begins.
    text += (text.empty() ? "one of " : ", ") +
            (alternative.policy.empty() ? script::print(stage.item(), alternative.steps.front())
                                        : script::quote(alternative.policy));
  }
  return text;
}

template <World W>
std::string Choosing<W>::seen(Stage<W>& stage) const {
  std::string text;
  for (const std::size_t index : stage.members(observed(block_))) {
    const Client& client = stage.client(index);
    text += (text.empty() ? "" : "; ") + client.name + ": " + situation(client);
  }
  return text;
}

// unordered: all of them, each by a line of its own.
template <World W>
class Collecting {
 public:
  explicit Collecting(const script::Unordered& block) : block_(block) {}

  Progress advance(Stage<W>& stage) {
    if (!deadline_) deadline_ = stage.world().now() + stage.limit(std::nullopt);
    if (looked_at_ != stage.arrivals() && look(stage)) return Progress::finish();
    if (stage.world().now() < *deadline_) {
      stage.wake_at(*deadline_);
      return Progress::wait();
    }
    return Progress::in_vain("all of the block, in any order",
                             fmt::format("{} of {} lines came in {}", matched_, wanted_,
                                         seconds(stage.limit(std::nullopt))));
  }

 private:
  bool look(Stage<W>& stage) {
    looked_at_ = stage.arrivals();
    const View view{stage.clients(), stage.matcher(), stage.bindings()};
    const Trial trial = try_unordered(view, block_.steps);
    matched_ = trial.matched.size();
    wanted_ = trial.wanted;
    if (!trial.holds) return false;
    commit(stage.clients(), trial);
    for (const auto& [name, value] : trial.captures) stage.bindings().bind(name, value);
    return true;
  }

  const script::Unordered& block_;
  std::optional<TimePoint> deadline_;
  std::optional<std::uint64_t> looked_at_;  // Stage::arrivals() then.
  std::size_t matched_ = 0, wanted_ = 0;    // Lines.
};

}  // namespace conform
