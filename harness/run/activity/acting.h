// Acting: what one client does to its connection: sends segments, leaves, stops and goes on
// reading. Every send is fenced before anything else follows, so that what a step of another client
// sees does not depend on chance.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/run/activity/fencing.h"
#include "harness/run/activity/progress.h"
#include "harness/run/stage.h"

namespace conform {

// A text holds a name that this target says nothing of.
inline Progress skip_for(const Evaluated& text) {
  return Progress::skip("the target says nothing of {" + text.missing + "}");
}

// The bytes of a send's segments, as written, with the names of now; Progress::skip if one stands
// for nothing.
template <World W>
Progress segments_of(Stage<W>& stage, const script::Send& send,
                     std::vector<std::string>& segments) {
  std::string line;
  for (const script::Text& text : send.segments) {
    Evaluated part = evaluate(text, stage.bindings(), line);
    if (!part.ok()) return skip_for(part);
    line += part.bytes;
    segments.push_back(std::move(part.bytes));
  }
  if (send.bare) segments.back() += "\r\n";
  return Progress::finish();
}

template <World W>
class Sending {
 public:
  Sending(std::size_t client, std::vector<std::string> segments)
      : client_(client), segments_(std::move(segments)) {}

  Progress advance(Stage<W>& stage) {
    Client& client = stage.client(client_);
    while (true) {
      if (fence_) {
        const Progress progress = fence_->advance(stage);
        if (progress.waiting()) return progress;
        fence_.reset();
      }
      if (at_ == segments_.size()) return Progress::finish();
      stage.transcript().sent(client.name, segments_[at_]);
      stage.send(client, segments_[at_++]);
      fence_.emplace(client_);
    }
  }

 private:
  std::size_t client_;
  std::vector<std::string> segments_;
  std::size_t at_ = 0;
  std::optional<Fencing<W>> fence_;
};

// fin, rst, close, close dirty. What the client holds goes with it, in one readiness event.
template <World W>
class Leaving {
 public:
  enum class How : std::uint8_t { fin, rst, close, close_dirty };

  Leaving(std::size_t client, How how) : client_(client), how_(how) {}

  Progress advance(Stage<W>& stage) {
    Client& client = stage.client(client_);
    if (fence_) return fence_->advance(stage);
    if (!client.connection) return Progress::finish();
    if (!client.held.empty()) {
      const Progress held = send_held(stage, client);
      if (!held.done()) return held;
    }
    if (how_ != How::rst && !stage.flushed(client)) return wait_for_room(stage);
    if (how_ == How::close_dirty) {
      const Progress unread = wait_for_unread(stage, client);
      if (!unread.done()) return unread;
    }
    leave(stage, client);
    if (std::exchange(holding_, false)) stage.world().release();
    if (how_ != How::fin) return Progress::finish();
    fence_.emplace(client_);
    return fence_->advance(stage);
  }

 private:
  // Data and FIN go out in one segment; a reset overtakes nothing, so the target is stopped until
  // both are there.
  Progress send_held(Stage<W>& stage, Client& client) {
    if (how_ == How::rst) {
      if (!stage.world().abilities().hold) {
        return Progress::skip("needs to stop the target (--spawn, or --pid of a local one)");
      }
      holding_ = stage.world().hold();
      if (!holding_) return Progress::cannot_tell("the target could not be stopped");
    }
    const std::string bytes = std::exchange(client.held, {});
    stage.send(client, bytes, how_ != How::rst);
    return Progress::finish();
  }

  // What is queued goes out before the end of the stream does.
  Progress wait_for_room(Stage<W>& stage) {
    const TimePoint now = stage.world().now();
    if (!deadline_) deadline_ = now + stage.limit(std::nullopt);
    if (now >= *deadline_) return Progress::cannot_tell("the target does not read what was sent");
    stage.wake_at(*deadline_);
    return Progress::wait();
  }

  // Closing with unread input makes the kernel send RST (RFC 9293 3.6.1); without it, it would not.
  Progress wait_for_unread(Stage<W>& stage, Client& client) {
    client.paused = true;
    if (stage.world().unread_input(*client.connection) > 0) return Progress::finish();
    const TimePoint now = stage.world().now();
    if (!deadline_) deadline_ = now + stage.limit(std::nullopt);
    if (now >= *deadline_) {
      return Progress::cannot_tell("the target sent " + client.name + " nothing to leave unread");
    }
    constexpr Duration kPause = std::chrono::milliseconds(1);
    stage.wake_at(now + kPause);
    return Progress::wait();
  }

  void leave(Stage<W>& stage, Client& client) {
    switch (how_) {
      case How::fin:
        stage.fin(client);
        break;
      case How::rst:
        stage.rst(client);
        break;
      case How::close:
        stage.close(client);
        break;
      case How::close_dirty:
        stage.close_dirty(client);
        break;
    }
  }

  std::size_t client_;
  How how_;
  bool holding_ = false;  // The target is stopped.
  std::optional<TimePoint> deadline_;
  std::optional<Fencing<W>> fence_;
};

}  // namespace conform
