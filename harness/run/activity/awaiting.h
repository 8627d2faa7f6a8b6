// Awaiting: one client's `<` or `<=`: waits for a line, or an end of the stream, in order.
#pragma once

#include <optional>
#include <string>

#include "harness/run/activity/progress.h"
#include "harness/run/evaluation.h"
#include "harness/run/seconds.h"
#include "harness/run/stage.h"
#include "harness/script/print.h"

namespace conform {

template <World W>
class Awaiting {
 public:
  // Requires: expect is no negative and not silence.
  Awaiting(std::size_t client, const script::Expect& expect) : client_(client), expect_(expect) {}

  Progress advance(Stage<W>& stage);

 private:
  Progress look_for_line(Stage<W>& stage, Client& client);
  Progress look_for_event(Stage<W>& stage, Client& client, script::Event event);
  Progress not_yet(Stage<W>& stage, const Client& client);
  std::string expected() const { return script::print(expect_.pattern); }

  std::size_t client_;
  const script::Expect& expect_;
  Duration limit_{};
  std::optional<TimePoint> deadline_;
  std::size_t scan_ = 0;
};

template <World W>
Progress Awaiting<W>::advance(Stage<W>& stage) {
  Client& client = stage.client(client_);
  if (!deadline_) {
    limit_ = expect_.within ? stage.limit(expect_.within) : stage.limit(client);
    deadline_ = stage.world().now() + limit_;
    scan_ = client.cursor;
  }
  const auto* event = std::get_if<script::Event>(&expect_.pattern);
  return event != nullptr ? look_for_event(stage, client, *event) : look_for_line(stage, client);
}

template <World W>
Progress Awaiting<W>::look_for_line(Stage<W>& stage, Client& client) {
  const View view{stage.clients(), stage.matcher(), stage.bindings()};
  for (; scan_ < client.inbox.line_count(); ++scan_) {
    Captures captures;
    if (line_meets(view, client, scan_, expect_.pattern, captures)) {
      client.inbox.line(scan_).matched = true;
      client.cursor = scan_ + 1;
      for (const auto& [name, value] : captures) stage.bindings().bind(name, value);
      return Progress::finish();
    }
    const bool only_next = expect_.mode == script::Expect::Mode::next;
    if (only_next && !client.inbox.line(scan_).housekeeping) {
      return Progress::fail(expected(), "the next line was " + shown(client.inbox.text(scan_)));
    }
  }
  if (!client.open()) return Progress::in_vain(expected(), situation(client));
  return not_yet(stage, client);
}

template <World W>
Progress Awaiting<W>::look_for_event(Stage<W>& stage, Client& client, script::Event event) {
  if (event == script::Event::registered) {
    if (client.registered) return Progress::finish();
    if (!client.open()) return Progress::fail(expected(), situation(client));
    return not_yet(stage, client);
  }
  const bool only_next = expect_.mode == script::Expect::Mode::next;
  const auto before = only_next ? next_line(client, client.cursor) : std::nullopt;
  if (before) {
    return Progress::fail(expected(), "the next line was " + shown(client.inbox.text(*before)));
  }
  if (end_meets(client, event)) {
    client.cursor = client.inbox.line_count();
    return judge_negatives(stage, client_, client.inbox.line_count());
  }
  if (client.inbox.closed()) return Progress::fail(expected(), situation(client));
  return not_yet(stage, client);
}

template <World W>
Progress Awaiting<W>::not_yet(Stage<W>& stage, const Client& client) {
  if (stage.world().now() < *deadline_) {
    stage.wake_at(*deadline_);
    return Progress::wait();
  }
  return Progress::in_vain(expected(),
                           "nothing matched in " + seconds(limit_) + "; " + situation(client));
}

}  // namespace conform
