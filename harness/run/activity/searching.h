// Searching: what lies between two plays of a `search`: a barrier of all who stand in it, the
// verdict, which number comes next, and new connections where the play has spoilt the old ones.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/run/activity/progress.h"
#include "harness/run/activity/registering.h"
#include "harness/run/activity/syncing.h"
#include "harness/run/cause.h"
#include "harness/run/stage.h"
#include "harness/run/sweep.h"
#include "harness/script/walk.h"

namespace conform {

// A barrier that ends all negatives: of a client that was closed on, at the end of its stream.
template <World W>
class Settling {
 public:
  explicit Settling(std::vector<std::size_t> clients) : clients_(std::move(clients)) {}

  Progress advance(Stage<W>& stage) {
    for (; at_ < clients_.size(); ++at_) {
      Client& client = stage.client(clients_[at_]);
      if (!sync_ && client.can_sync()) sync_.emplace(std::vector{clients_[at_]});
      if (sync_) {
        Progress progress = sync_->advance(stage);
        if (progress.waiting()) return progress;
        sync_.reset();
        const bool closed_on = progress.step == nullptr && !client.open();
        if (!progress.done() && !closed_on) return progress;
      }
      if (client.open()) continue;
      Progress judged = judge_negatives(stage, clients_[at_], client.inbox.line_count());
      if (!judged.done()) return judged;
    }
    return Progress::finish();
  }

 private:
  std::vector<std::size_t> clients_;
  std::size_t at_ = 0;
  std::optional<Syncing<W>> sync_;
};

template <World W>
class Searching {
 public:
  Searching(const script::Search& search, Stage<W>& stage)
      : search_(search),
        sweep_(search),
        clients_(stage.members(script::actors_then_observers(search.steps))),
        deadline_(stage.world().now() + stage.limit(kPatience)) {
    bind(stage);
  }

  // A step of the play has failed; the rest of it is not played.
  void fail_play(Stage<W>& stage, Progress failure);
  // Behind the last step of a play. Done: the next one can begin, or it is over() and all have
  // held. Fails with what is to be said of the smallest number that fails.
  Progress advance(Stage<W>& stage);
  bool over() const { return sweep_.over(); }
  // Where the sweep ended, and why, if not at its end.
  const std::string& cut_short() const { return cut_short_; }

 private:
  void bind(Stage<W>& stage);
  void judge(Stage<W>& stage, const Progress& settled);
  void renew(Stage<W>& stage);
  Progress verdict() const;
  bool all_open(Stage<W>& stage) const;

  // A target that takes longer for all of it has slowed us down by intent.
  static constexpr script::Millis kPatience = std::chrono::seconds(20);

  const script::Search& search_;
  Sweep sweep_;
  std::vector<std::size_t> clients_;
  TimePoint deadline_;
  std::optional<Settling<W>> settling_;
  std::optional<Registering<W>> renewing_;
  std::optional<Progress> failed_;   // The play that has just ended.
  std::optional<Progress> failure_;  // Of the smallest that fails.
  std::string cut_short_;
};

template <World W>
void Searching<W>::bind(Stage<W>& stage) {
  const std::string number = std::to_string(sweep_.at());
  stage.bindings().bind(search_.name, number);
  stage.transcript().note(search_.name + " = " + number);
}

template <World W>
void Searching<W>::fail_play(Stage<W>& stage, Progress failure) {
  stage.negatives().clear();
  settling_.reset();
  failed_ = std::move(failure);
}

template <World W>
Progress Searching<W>::advance(Stage<W>& stage) {
  while (!renewing_) {
    if (!settling_) settling_.emplace(clients_);
    Progress settled = settling_->advance(stage);
    if (settled.waiting()) return settled;
    if (settled.state == Progress::State::failed && !failed_) {
      explain(settled, stage.clients());
      fail_play(stage, std::move(settled));
      continue;
    }
    settling_.reset();
    judge(stage, settled);
    if (over()) return verdict();
    renew(stage);
  }
  Progress renewed = renewing_->advance(stage);
  if (renewed.waiting()) return renewed;
  renewing_.reset();
  if (!renewed.done()) sweep_.stop();
  if (over()) return verdict();
  bind(stage);
  return Progress::finish();
}

template <World W>
void Searching<W>::judge(Stage<W>& stage, const Progress& settled) {
  const std::uint64_t played = sweep_.at();
  if (failed_) {
    failure_ = std::exchange(failed_, std::nullopt);
    sweep_.failed();
    if (!settled.done()) sweep_.stop();
    return;
  }
  sweep_.held();
  if (over() || failure_) return;
  if (!all_open(stage)) {
    cut_short_ = fmt::format("the server ended the connection at {} = {}", search_.name, played);
  } else if (stage.world().now() >= deadline_) {
    cut_short_ = fmt::format("too slow to be tried beyond {} = {}", search_.name, played);
  }
  if (!cut_short_.empty()) sweep_.stop();
}

// After a failure nobody is as at the start: all begin anew.
template <World W>
void Searching<W>::renew(Stage<W>& stage) {
  std::vector<std::size_t> registered, raw;
  for (const std::size_t index : clients_) {
    Client& client = stage.client(index);
    client.cursor = std::max(client.cursor, client.barrier);
    if (!failure_) continue;
    const auto start = stage.declared(client).start;
    stage.close(client);
    client.nick = stage.names().nick();
    stage.bindings().bind(client.name, client.nick, Bindings::Kind::name);
    if (start == script::ClientDecl::Start::registered) registered.push_back(index);
    if (start == script::ClientDecl::Start::raw) raw.push_back(index);
  }
  renewing_.emplace(registered, raw);
}

template <World W>
Progress Searching<W>::verdict() const {
  if (!failure_) return Progress::finish();
  Progress verdict = *failure_;
  verdict.actual += fmt::format("; smallest {} that fails: {}", search_.name, *sweep_.fails());
  verdict.actual += sweep_.holds() ? fmt::format(" ({} holds)", *sweep_.holds()) : " (the first)";
  return verdict;
}

template <World W>
bool Searching<W>::all_open(Stage<W>& stage) const {
  return std::ranges::all_of(clients_, [&](std::size_t i) {
    const Client& client = stage.client(i);
    return !client.connection || !client.inbox.closed();
  });
}

}  // namespace conform
