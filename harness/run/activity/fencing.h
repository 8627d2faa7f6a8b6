// Fencing: waits until the server has read what a client sent, so that the next segment is read by
// itself. On this machine the kernel proves it; elsewhere a witness that is answered twice, after
// the bytes have left, makes it likely; and without a barrier there is only a gap in time.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "harness/run/activity/progress.h"
#include "harness/run/activity/syncing.h"
#include "harness/run/stage.h"

namespace conform {

template <World W>
class Fencing {
 public:
  explicit Fencing(std::size_t client) : client_(client) {}

  // Never fails: what came of it is kept with the client (Client::fence).
  Progress advance(Stage<W>& stage);

 private:
  Progress witness(Stage<W>& stage, Client& client, bool arrived);

  // Asking the kernel is the one thing that is polled: at once, then ever more seldom.
  static constexpr Duration kFirstPause = std::chrono::microseconds(50);
  static constexpr Duration kLongestPause = std::chrono::milliseconds(1);
  static constexpr Duration kGap = std::chrono::milliseconds(30);

  std::size_t client_;
  Duration pause_ = kFirstPause;
  std::optional<TimePoint> deadline_;
  std::optional<Syncing<W>> rounds_;
  std::optional<TimePoint> gap_over_;
};

template <World W>
Progress Fencing<W>::advance(Stage<W>& stage) {
  Client& client = stage.client(client_);
  if (!client.connection) return Progress::finish();
  const TimePoint now = stage.world().now();
  if (!deadline_) deadline_ = now + stage.limit(client);

  const ServerSide side = stage.world().server_side(*client.connection);
  if (side.state == ServerSide::State::unknown) return witness(stage, client, side.arrived);
  if (side.state == ServerSide::State::ended || client.inbox.closed()) {
    stage.fenced(client, FenceResult::ended);
    return Progress::finish();
  }
  if (side.state == ServerSide::State::read && stage.flushed(client)) {
    client.stalled = false;
    stage.fenced(client, FenceResult::proved);
    return Progress::finish();
  }
  // A server that has stopped reading this client is not waited for at every segment.
  if (now >= *deadline_ || client.stalled) {
    client.stalled = true;
    stage.transcript().note(client.name + ": the server has not read " +
                            std::to_string(side.unread_bytes) + " bytes of this");
    stage.fenced(client, FenceResult::refuted);
    return Progress::finish();
  }
  stage.wake_at(now + pause_);
  pause_ = std::min(2 * pause_, kLongestPause);
  return Progress::wait();
}

template <World W>
Progress Fencing<W>::witness(Stage<W>& stage, Client& client, bool arrived) {
  const TimePoint now = stage.world().now();
  const bool answers = stage.witness() && stage.profile().barrier != Barrier::silence &&
                       stage.client(*stage.witness()).can_sync();
  if (answers && now < *deadline_) {
    if (!arrived) {
      stage.wake_at(now + pause_);
      pause_ = std::min(2 * pause_, kLongestPause);
      return Progress::wait();
    }
    if (!rounds_) rounds_.emplace(std::vector<std::size_t>(2, *stage.witness()), Whose::ours);
    Progress progress = rounds_->advance(stage);
    if (progress.waiting()) return progress;
    const bool witnessed = rounds_->all_answered() && stage.client(*stage.witness()).open();
    stage.fenced(client, witnessed ? FenceResult::witnessed : FenceResult::refuted);
    return Progress::finish();
  }
  if (!gap_over_) gap_over_ = now + kGap;
  if (now < *gap_over_) {
    stage.wake_at(*gap_over_);
    return Progress::wait();
  }
  stage.fenced(client, FenceResult::requested);
  return Progress::finish();
}

}  // namespace conform
