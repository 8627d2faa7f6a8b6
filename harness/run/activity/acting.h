// Acting: what one client does to its connection: sends segments, leaves, stops and goes on
// reading. Every send is fenced before anything else follows, so that what a step of another client
// sees does not depend on chance.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "harness/run/activity/fencing.h"
#include "harness/run/activity/progress.h"
#include "harness/run/barrier.h"
#include "harness/run/evaluation.h"
#include "harness/run/stage.h"
#include "harness/script/words.h"
#include "server/wire/check.h"

namespace conform {

inline constexpr std::string_view kQuit = "QUIT\r\n";

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
        Progress progress = fence_->advance(stage);
        if (progress.waiting()) return progress;
        fence_.reset();
      }
      if (at_ == segments_.size()) return Progress::finish();
      stage.say(client, segments_[at_++]);
      fence_.emplace(client_);
    }
  }

 private:
  std::size_t client_;
  std::vector<std::string> segments_;
  std::size_t at_ = 0;
  std::optional<Fencing<W>> fence_;
};

// How a client leaves in a step, if it does.
inline std::optional<script::Way> way_out(const script::Action& action, const Bindings& bindings) {
  if (std::holds_alternative<script::Fin>(action)) return script::Way::fin;
  if (std::holds_alternative<script::Rst>(action)) return script::Way::rst;
  if (const auto* close = std::get_if<script::Close>(&action)) {
    return close->dirty ? script::Way::dirty : script::Way::close;
  }
  const auto* leave = std::get_if<script::Leave>(&action);
  if (leave == nullptr) return std::nullopt;
  const auto way = value_of(script::kWays, evaluate(leave->how, bindings).bytes);
  CHECK(way);  // Lint has seen to it.
  return way;
}

// Leaves at once. `quit` is the end of our side, behind a QUIT.
template <World W>
void leave_by(Stage<W>& stage, Client& client, script::Way way) {
  switch (way) {
    case script::Way::fin:
      stage.fin(client);
      break;
    case script::Way::rst:
      stage.rst(client);
      break;
    case script::Way::close:
    case script::Way::quit:
      stage.close(client);
      break;
    case script::Way::dirty:
      stage.close_dirty(client);
      break;
  }
}

// Stops the target, for what has to reach it in one readiness event. Done: it is the caller's to
// release it.
template <World W>
Progress hold_target(Stage<W>& stage) {
  if (!stage.world().abilities().hold) {
    return Progress::skip("needs to stop the target (--spawn, or --pid of a local one)");
  }
  if (!stage.world().hold()) return Progress::cannot_tell("the target could not be stopped");
  return Progress::finish();
}

// Whether a client that wants to leave input unread asks for some.
enum class Provokes : std::uint8_t { nothing, input };

// fin, rst, close, close dirty, leave. What the client holds goes with it, in one readiness event.
template <World W>
class Leaving {
 public:
  using Way = script::Way;

  Leaving(std::size_t client, Way way, Provokes provokes = Provokes::nothing)
      : client_(client), way_(way), provokes_(provokes) {}

  Progress advance(Stage<W>& stage) {
    Client& client = stage.client(client_);
    if (fence_) return fence_->advance(stage);
    if (!client.connection) return Progress::finish();
    if (!client.held.empty()) {
      Progress held = send_held(stage, client);
      if (!held.done()) return held;
    }
    if (way_ != Way::rst && !stage.flushed(client)) return wait_for_room(stage);
    if (way_ == Way::dirty) {
      Progress unread = wait_for_unread(stage, client);
      if (!unread.done()) return unread;
    }
    if (way_ == Way::quit) {
      Progress closed = wait_for_end(stage, client);
      if (!closed.done()) return closed;
    }
    leave_by(stage, client, way_);
    if (std::exchange(holding_, false)) stage.world().release();
    if (way_ != Way::fin) return Progress::finish();
    fence_.emplace(client_);
    return fence_->advance(stage);
  }

 private:
  // Data and FIN go out in one segment; a reset overtakes nothing, so the target is stopped until
  // both are there.
  Progress send_held(Stage<W>& stage, Client& client) {
    if (way_ == Way::rst) {
      Progress held = hold_target(stage);
      if (!held.done()) return held;
      holding_ = true;
    }
    const std::string bytes = std::exchange(client.held, {});
    client.said.say(bytes);
    stage.send(client, bytes, way_ != Way::rst);
    return Progress::finish();
  }

  // Whether it has taken too long; else it is asked again by then.
  bool out_of_time(Stage<W>& stage) {
    const TimePoint now = stage.world().now();
    if (!deadline_) deadline_ = now + stage.limit(std::nullopt);
    if (now >= *deadline_) return true;
    stage.wake_at(*deadline_);
    return false;
  }

  // What is queued goes out before the end of the stream does.
  Progress wait_for_room(Stage<W>& stage) {
    if (out_of_time(stage)) return Progress::cannot_tell("the target does not read what was sent");
    return Progress::wait();
  }

  // Closing with unread input makes the kernel send RST (RFC 9293 3.6.1); without it, it would not.
  Progress wait_for_unread(Stage<W>& stage, Client& client) {
    client.paused = true;
    if (stage.world().unread_input(*client.connection) > 0) return Progress::finish();
    if (provokes_ == Provokes::input && !asked_ && client.open() && !client.mid_line) {
      asked_ = true;
      const Profile& profile = stage.profile();
      const Barrier barrier = client.registered ? profile.barrier : profile.raw_barrier;
      if (barrier == Barrier::silence) {
        stage.transcript().note("this target answers nothing that could be left unread");
        return Progress::finish();
      }
      stage.send(client, barrier_line(barrier, stage.names().token(), client.nick));
    }
    if (out_of_time(stage)) {
      return Progress::cannot_tell("the target sent client " + client.name +
                                   " nothing to leave unread");
    }
    constexpr Duration kPause = std::chrono::milliseconds(1);
    stage.wake_at(stage.world().now() + kPause);
    return Progress::wait();
  }

  Progress wait_for_end(Stage<W>& stage, Client& client) {
    if (!asked_) {
      asked_ = true;
      client.paused = false;
      stage.say(client, kQuit);
    }
    if (!client.open()) return Progress::finish();
    if (out_of_time(stage)) return Progress::in_vain("closed, after QUIT", situation(client));
    return Progress::wait();
  }

  std::size_t client_;
  Way way_;
  Provokes provokes_;
  bool asked_ = false;    // For input, or for the end of the connection.
  bool holding_ = false;  // The target is stopped.
  std::optional<TimePoint> deadline_;
  std::optional<Fencing<W>> fence_;
};

}  // namespace conform
