// Flooding: `repeat until SIZE`: sends until that much is queued at the server, or it reads no
// more.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/run/activity/acting.h"
#include "harness/run/activity/progress.h"
#include "harness/run/stage.h"

namespace conform {

template <World W>
class Flooding {
 public:
  // Requires: block.until_bytes; its steps are sends.
  explicit Flooding(const script::Repeat& block) : block_(block) {}

  Progress advance(Stage<W>& stage);

 private:
  Progress send_turn(Stage<W>& stage);
  Progress write_round(Stage<W>& stage, std::map<std::size_t, std::string>& outgoing);
  bool all_read(Stage<W>& stage) const;
  bool sender_gone(Stage<W>& stage) const;
  Progress judge(Stage<W>& stage);

  // How long a target may leave its socket unread before the flood is taken to have stopped it.
  static constexpr Duration kStall = std::chrono::seconds(1);

  const script::Repeat& block_;
  std::uint64_t rounds_ = 0;
  std::uint64_t bytes_ = 0;
  std::optional<TimePoint> stalled_at_;
};

template <World W>
Progress Flooding<W>::advance(Stage<W>& stage) {
  constexpr Duration kPause = std::chrono::microseconds(20);
  while (true) {
    const TimePoint now = stage.world().now();
    if (sender_gone(stage)) return judge(stage);
    if (!all_read(stage)) {
      if (!stalled_at_) stalled_at_ = now + kStall;
      if (now >= *stalled_at_) return judge(stage);
      stage.wake_at(std::min(now + kPause, *stalled_at_));
      return Progress::wait();
    }
    stalled_at_.reset();
    if (bytes_ >= *block_.until_bytes) return judge(stage);
    Progress sent = send_turn(stage);
    if (!sent.done()) return sent;
  }
}

// What a turn sends goes out together, and is less than most servers take in one read: some wait a
// second before they come back to the rest.
template <World W>
Progress Flooding<W>::send_turn(Stage<W>& stage) {
  constexpr std::uint64_t kBytesOfATurn = 8192;
  const std::uint64_t end = std::min(bytes_ + kBytesOfATurn, *block_.until_bytes);
  std::map<std::size_t, std::string> outgoing;  // By client.
  std::uint64_t bytes_of_round = 0;
  do {
    const std::uint64_t before = bytes_;
    Progress written = write_round(stage, outgoing);
    if (!written.done()) return written;
    bytes_of_round = bytes_ - before;
  } while (bytes_ + bytes_of_round < end);
  for (const auto& [index, bytes] : outgoing) {
    Client& client = stage.client(index);
    client.fence = FenceResult::none;
    stage.send(client, bytes);
  }
  return Progress::finish();
}

template <World W>
Progress Flooding<W>::write_round(Stage<W>& stage, std::map<std::size_t, std::string>& outgoing) {
  ++rounds_;
  if (block_.name) stage.bindings().bind(*block_.name, std::to_string(rounds_));
  for (const script::Step& step : block_.steps) {
    const auto* send = std::get_if<script::Send>(&step.action);
    if (send == nullptr) continue;
    for (const std::size_t index : stage.members(step.who)) {
      std::vector<std::string> segments;
      Progress ready = segments_of(stage, *send, segments);
      if (!ready.done()) return ready;
      for (const std::string& segment : segments) {
        stage.client(index).said.say(segment);
        outgoing[index] += segment;
        bytes_ += segment.size();
      }
    }
  }
  return Progress::finish();
}

// Read by the server, as far as its kernel can be asked.
template <World W>
bool Flooding<W>::all_read(Stage<W>& stage) const {
  const auto is_read = [&stage](std::size_t index) {
    const Client& client = stage.client(index);
    if (!stage.flushed(client)) return false;
    const ServerSide side = stage.world().server_side(*client.connection);
    return side.state == ServerSide::State::read || side.state == ServerSide::State::unknown;
  };
  return std::ranges::all_of(block_.steps, [&](const script::Step& step) {
    return std::ranges::all_of(stage.members(step.who), is_read);
  });
}

template <World W>
bool Flooding<W>::sender_gone(Stage<W>& stage) const {
  return std::ranges::any_of(block_.steps, [&](const script::Step& step) {
    return std::ranges::any_of(stage.members(step.who),
                               [&](std::size_t i) { return !stage.client(i).open(); });
  });
}

// A flood that the kernel's buffers took whole has shown nothing of the server.
template <World W>
Progress Flooding<W>::judge(Stage<W>& stage) {
  std::uint64_t in_kernel = 0;
  for (const Client& client : stage.clients()) {
    if (!client.paused || !client.connection) continue;
    in_kernel += stage.world().unread_input(*client.connection) +
                 stage.world().server_side(*client.connection).unsent_bytes;
  }
  constexpr std::uint64_t kKiB = 1024;
  const std::string reached =
      fmt::format("{} KiB were sent in {} rounds, {} KiB of what they caused wait in the kernel",
                  bytes_ / kKiB, rounds_, in_kernel / kKiB);
  stage.transcript().note(reached);
  // Where the server reads no more it has been shown something all the same.
  if (stalled_at_ || in_kernel < bytes_) return Progress::finish();
  return Progress::cannot_tell("the kernel's buffers held everything: " + reached);
}

}  // namespace conform
