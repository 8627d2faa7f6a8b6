// Syncing: takes clients through a barrier, one after the other: everything each has sent before
// has been dealt with when its answer comes. Negatives are judged here, because absence means
// something only up to a barrier.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/run/activity/progress.h"
#include "harness/run/evaluation.h"
#include "harness/run/seconds.h"
#include "harness/run/stage.h"
#include "harness/script/print.h"

namespace conform {

// Judges the negatives of a client on its lines before `to`. Fails with the step that forbids one.
template <World W>
Progress judge_negatives(Stage<W>& stage, std::size_t index, std::size_t to) {
  Client& client = stage.client(index);
  const View view{stage.clients(), stage.matcher(), stage.bindings()};
  std::vector<PendingNegative>& negatives = stage.negatives();
  for (const PendingNegative& negative : negatives) {
    if (negative.client != index) continue;
    const auto& pattern = std::get<script::Expect>(negative.step->action).pattern;
    const auto line = forbidden_line(view, client, negative.from, to, pattern);
    if (!line) continue;
    Progress failed = Progress::fail("no " + script::print(pattern),
                                     client.name + " received " + shown(client.inbox.text(*line)));
    failed.step = negative.step;
    return failed;
  }
  std::erase_if(negatives, [index](const PendingNegative& n) { return n.client == index; });
  return Progress::finish();
}

// Whose barrier it is: one of the script ends what negatives look at and has to be answered; one of
// ours (inside one-of, before glue, by the witness of a fence) leaves them alone, and goes on to
// the next client where one does not answer.
enum class Whose : std::uint8_t { script, ours };

template <World W>
class Syncing {
 public:
  explicit Syncing(std::vector<std::size_t> clients, Whose whose = Whose::script)
      : clients_(std::move(clients)), whose_(whose) {}

  Progress advance(Stage<W>& stage);
  // Of those asked so far, all that are still open.
  bool all_answered() const { return all_answered_; }

 private:
  void ask(Stage<W>& stage, Client& client);
  Progress look(Stage<W>& stage, Client& client);
  Progress silence(Stage<W>& stage, Client& client);
  Progress answered(Stage<W>& stage, Client& client, std::size_t line);

  std::vector<std::size_t> clients_;
  Whose whose_;
  bool all_answered_ = true;
  std::size_t at_ = 0;  // Which of them is being asked.
  Barrier barrier_ = Barrier::ping;
  std::string token_;  // Empty before the client at at_ was asked.
  std::size_t scan_ = 0;
  Duration limit_{};
  TimePoint deadline_{};
  TimePoint quiet_at_{};
  std::size_t quiet_bytes_ = 0;
};

template <World W>
Progress Syncing<W>::advance(Stage<W>& stage) {
  while (at_ < clients_.size()) {
    Client& client = stage.client(clients_[at_]);
    if (token_.empty()) ask(stage, client);
    Progress progress = look(stage, client);
    const bool passed_over = progress.state == Progress::State::failed && whose_ == Whose::ours;
    if (!progress.done() && !passed_over) return progress;
    all_answered_ &= progress.done() || !client.open();
    client.barrier_tokens.back().passed = true;
    token_.clear();
    ++at_;
  }
  return Progress::finish();
}

template <World W>
void Syncing<W>::ask(Stage<W>& stage, Client& client) {
  barrier_ = client.registered ? stage.profile().barrier : stage.profile().raw_barrier;
  token_ = barrier_ == Barrier::join ? stage.names().channel(stage.profile().chantype())
                                     : stage.names().token();
  client.barrier_tokens.push_back({.text = token_});
  constexpr std::size_t kTokensKept = 4;  // Late lines about an older barrier are rare.
  if (client.barrier_tokens.size() > kTokensKept) {
    client.barrier_tokens.erase(client.barrier_tokens.begin());
  }
  scan_ = client.inbox.line_count();
  limit_ = stage.limit(client);
  deadline_ = stage.world().now() + limit_;
  quiet_at_ = stage.world().now() + stage.pace().silence;
  quiet_bytes_ = client.inbox.bytes().size();
  client.fence = FenceResult::none;  // The answer orders what comes next; no fence is needed.
  stage.send(client, barrier_line(barrier_, token_, client.nick));
}

template <World W>
Progress Syncing<W>::look(Stage<W>& stage, Client& client) {
  if (barrier_ == Barrier::silence) return silence(stage, client);
  for (; scan_ < client.inbox.line_count(); ++scan_) {
    if (!barrier_answered(barrier_, token_, client.inbox.text(scan_))) continue;
    client.inbox.line(scan_).housekeeping = true;
    return answered(stage, client, scan_ + 1);
  }
  const std::string expected =
      "an answer to " + std::string(to_string(barrier_)) + " of " + client.name;
  if (!client.open()) return Progress::in_vain(expected, situation(client));
  const TimePoint now = stage.world().now();
  if (now >= deadline_) {
    return Progress::in_vain(expected, "none in " + seconds(limit_) + "; " + situation(client));
  }
  stage.wake_at(deadline_);
  return Progress::wait();
}

template <World W>
Progress Syncing<W>::silence(Stage<W>& stage, Client& client) {
  const TimePoint now = stage.world().now();
  if (client.inbox.bytes().size() != quiet_bytes_) {
    quiet_bytes_ = client.inbox.bytes().size();
    quiet_at_ = now + stage.pace().silence;
  }
  stage.rest_on_silence();
  if (now >= quiet_at_ || !client.open()) {
    return answered(stage, client, client.inbox.line_count());
  }
  stage.wake_at(quiet_at_);
  return Progress::wait();
}

template <World W>
Progress Syncing<W>::answered(Stage<W>& stage, Client& client, std::size_t line) {
  if (whose_ == Whose::ours) return Progress::finish();
  Progress judged = judge_negatives(stage, clients_[at_], line);
  if (judged.done()) stage.pass_barrier(client, line);
  return judged;
}

}  // namespace conform
