// Gluing: everything in a `glue` block becomes one readiness event of the server. One client's data
// and FIN go into one segment; for more, the target is stopped, everything is done and has arrived,
// and it is continued.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "harness/run/activity/acting.h"
#include "harness/run/activity/progress.h"
#include "harness/run/activity/syncing.h"
#include "harness/run/stage.h"
#include "harness/script/print.h"

namespace conform {

template <World W>
class Gluing {
 public:
  explicit Gluing(const script::Glue& block) : block_(block) {}

  Progress advance(Stage<W>& stage);

 private:
  Progress glue(Stage<W>& stage);
  Progress act_all(Stage<W>& stage, bool one_segment);
  Progress act(Stage<W>& stage, const script::Step& step, std::size_t index, bool more);
  Progress leave(Stage<W>& stage, Client& client, script::Way way, bool more);
  bool fits_one_segment(Stage<W>& stage) const;
  bool all_arrived(Stage<W>& stage);
  std::vector<std::size_t> participants(Stage<W>& stage) const;

  const script::Glue& block_;
  std::optional<Syncing<W>> barrier_;
  bool glued_ = false;
  std::vector<std::size_t> fence_clients_;
  std::optional<Fencing<W>> fence_;
};

template <World W>
std::vector<std::size_t> Gluing<W>::participants(Stage<W>& stage) const {
  std::vector<std::size_t> clients;
  for (const script::Step& step : block_.steps) {
    for (const std::size_t client : stage.members(step.who)) {
      if (std::ranges::find(clients, client) == clients.end()) clients.push_back(client);
    }
  }
  return clients;
}

// One client that sends and then sends FIN needs nobody to be stopped: MSG_MORE and shutdown make
// one segment of it.
template <World W>
bool Gluing<W>::fits_one_segment(Stage<W>& stage) const {
  using script::Way;
  return participants(stage).size() == 1 && block_.steps.size() > 1 &&
         std::ranges::all_of(block_.steps, [&stage](const script::Step& step) {
           const auto way = way_out(step.action, stage.bindings());
           return std::holds_alternative<script::Send>(step.action) ||
                  (way && *way != Way::rst && *way != Way::dirty);
         });
}

template <World W>
Progress Gluing<W>::advance(Stage<W>& stage) {
  if (!barrier_) {
    std::vector<std::size_t> clients = participants(stage);
    std::erase_if(clients, [&stage](std::size_t i) { return !stage.client(i).can_sync(); });
    barrier_.emplace(clients, Whose::ours);
  }
  if (!glued_) {
    Progress before = barrier_->advance(stage);
    if (!before.done()) return before;
    Progress done = glue(stage);
    if (!done.done()) return done;
    glued_ = true;
    fence_clients_ = participants(stage);
  }
  while (!fence_clients_.empty()) {
    if (!fence_) fence_.emplace(fence_clients_.back());
    Progress progress = fence_->advance(stage);
    if (progress.waiting()) return progress;
    fence_.reset();
    fence_clients_.pop_back();
  }
  return Progress::finish();
}

template <World W>
Progress Gluing<W>::glue(Stage<W>& stage) {
  stage.transcript().event("glue");
  if (fits_one_segment(stage)) {
    Progress progress = act_all(stage, true);
    stage.transcript().event("end");
    return progress;
  }
  Progress progress = hold_target(stage);
  if (!progress.done()) return progress;
  progress = act_all(stage, false);
  const bool arrived = all_arrived(stage);
  stage.world().release();
  stage.transcript().event("end");
  if (progress.done() && !arrived) {
    return Progress::cannot_tell("what was glued had not all arrived when the target went on");
  }
  return progress;
}

template <World W>
Progress Gluing<W>::act_all(Stage<W>& stage, bool one_segment) {
  for (std::size_t i = 0; i < block_.steps.size(); ++i) {
    const script::Step& step = block_.steps[i];
    const bool more = one_segment && i + 1 < block_.steps.size();
    for (const std::size_t client : stage.members(step.who)) {
      Progress progress = act(stage, step, client, more);
      if (!progress.done()) return progress;
    }
  }
  return Progress::finish();
}

template <World W>
Progress Gluing<W>::act(Stage<W>& stage, const script::Step& step, std::size_t index, bool more) {
  Client& client = stage.client(index);
  if (const auto* send = std::get_if<script::Send>(&step.action)) {
    std::vector<std::string> segments;
    Progress ready = segments_of(stage, *send, segments);
    if (!ready.done()) return ready;
    for (const std::string& segment : segments) {
      stage.say(client, segment, more);
      client.fence = FenceResult::none;  // No boundary is wanted in here.
    }
    if (!stage.flushed(client)) return Progress::cannot_tell("the kernel took only a part of it");
    return Progress::finish();
  }
  stage.transcript().event(script::print(stage.item(), step));
  if (const auto way = way_out(step.action, stage.bindings()))
    return leave(stage, client, *way, more);
  if (std::holds_alternative<script::Connect>(step.action) && !stage.connect(client)) {
    return Progress::fail("a connection", stage.world().why_not());
  }
  return Progress::finish();
}

template <World W>
Progress Gluing<W>::leave(Stage<W>& stage, Client& client, script::Way way, bool more) {
  if (way == script::Way::quit) {
    stage.say(client, kQuit, more);
    client.fence = FenceResult::none;
    return Progress::finish();
  }
  const bool dirty = way == script::Way::dirty && client.connection;
  if (dirty && stage.world().unread_input(*client.connection) == 0) {
    return Progress::cannot_tell("client " + client.name + " had nothing to leave unread");
  }
  leave_by(stage, client, way);
  return Progress::finish();
}

// On loopback everything has arrived when the call returns; the kernel is asked all the same.
template <World W>
bool Gluing<W>::all_arrived(Stage<W>& stage) {
  constexpr int kLooksMax = 1000;
  for (const std::size_t index : participants(stage)) {
    const Client& client = stage.client(index);
    if (!client.connection) continue;
    bool arrived = false;
    for (int look = 0; look < kLooksMax && !arrived; ++look) {
      arrived = stage.world().server_side(*client.connection).arrived;
    }
    if (!arrived) return false;
  }
  return true;
}

}  // namespace conform
