// Registering: takes clients from nothing, or from connected, to welcomed, all at once: a server
// that completes registrations on a timer costs its delay only once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/run/activity/progress.h"
#include "harness/run/activity/syncing.h"
#include "harness/run/registration.h"
#include "harness/run/stage.h"

namespace conform {

template <World W>
class Registering {
 public:
  // Those of `raw` are connected only.
  explicit Registering(const std::vector<std::size_t>& clients, std::vector<std::size_t> raw = {})
      : raw_(std::move(raw)) {
    for (const std::size_t client : clients) entries_.push_back({.client = client});
  }

  // Fails with the target's own words if one of them is refused.
  Progress advance(Stage<W>& stage);

 private:
  struct Entry {
    std::size_t client = 0;
    std::optional<Registration> registration;
    std::vector<std::string> to_send;  // A segment each.
    std::size_t sent = 0;
    std::size_t scan = 0;
    std::optional<Syncing<W>> drain;
    bool done = false;
  };

  Progress connect_raw(Stage<W>& stage);
  bool begin(Stage<W>& stage, Entry& entry);
  Progress advance(Stage<W>& stage, Entry& entry);
  bool send_lines(Stage<W>& stage, Entry& entry);
  void hear(Stage<W>& stage, Entry& entry);
  void welcome(Stage<W>& stage, Entry& entry);
  Progress drain(Stage<W>& stage, Entry& entry);

  static constexpr Duration kPause = std::chrono::microseconds(200);

  std::vector<Entry> entries_;
  std::vector<std::size_t> raw_;
  std::size_t raw_connected_ = 0;
  std::optional<TimePoint> deadline_;
};

template <World W>
Progress Registering<W>::advance(Stage<W>& stage) {
  if (!deadline_) {
    deadline_ = stage.world().now() + stage.registration_limit();
  }
  Progress connected = connect_raw(stage);
  if (connected.state == Progress::State::failed) return connected;
  bool waiting = connected.waiting();
  for (Entry& entry : entries_) {
    if (entry.done) continue;
    Progress progress = advance(stage, entry);
    if (progress.waiting()) {
      waiting = true;
      continue;
    }
    if (!progress.done()) return progress;
    entry.done = true;
  }
  if (!waiting) return Progress::finish();
  stage.wake_at(*deadline_);
  return Progress::wait();
}

template <World W>
Progress Registering<W>::connect_raw(Stage<W>& stage) {
  for (; raw_connected_ < raw_.size(); ++raw_connected_) {
    Client& client = stage.client(raw_[raw_connected_]);
    if (!stage.world().may_connect() && stage.world().now() < *deadline_) {
      stage.wake_at(stage.world().now() + kPause);
      return Progress::wait();
    }
    if (!stage.connect(client)) {
      return Progress::fail(client.name + " is connected",
                            "no connection: " + stage.world().why_not());
    }
  }
  return Progress::finish();
}

template <World W>
bool Registering<W>::begin(Stage<W>& stage, Entry& entry) {
  Client& client = stage.client(entry.client);
  if (!client.connection && !stage.connect(client)) return false;
  const script::ClientDecl& declared = stage.declared(client);
  entry.registration.emplace(stage.profile(),
                             RegistrationWish{.nick = client.nick,
                                              .caps = declared.caps,
                                              .oper = declared.oper,
                                              .nick_is_meant = client.nick_is_meant});
  entry.to_send = entry.registration->opening();
  entry.scan = client.inbox.line_count();
  return true;
}

template <World W>
Progress Registering<W>::advance(Stage<W>& stage, Entry& entry) {
  Client& client = stage.client(entry.client);
  const bool as_operator = stage.declared(client).oper;
  const std::string expected =
      client.name + " is registered" + (as_operator ? ", and operator" : "");
  const bool must_wait = !client.connection && !stage.world().may_connect();
  if (must_wait && stage.world().now() < *deadline_) {
    stage.wake_at(stage.world().now() + kPause);
    return Progress::wait();
  }
  if (!entry.registration && !begin(stage, entry)) {
    return Progress::fail(expected, "no connection: " + stage.world().why_not());
  }
  if (entry.drain) return drain(stage, entry);
  hear(stage, entry);
  if (entry.registration->state() == Registration::State::refused) {
    return Progress::fail(expected, "the target said " + shown(entry.registration->why()));
  }
  if (!send_lines(stage, entry)) return Progress::wait();
  if (entry.registration->state() == Registration::State::welcomed) {
    welcome(stage, entry);
    return drain(stage, entry);
  }
  if (!client.open()) return Progress::in_vain(expected, situation(client));
  if (stage.world().now() >= *deadline_) {
    const std::string missing = client.registered ? "no 381; " : "no welcome; ";
    return Progress::in_vain(expected, missing + situation(client));
  }
  return Progress::wait();
}

// One segment a line suits the most servers; the kernel tells when the next may go.
template <World W>
bool Registering<W>::send_lines(Stage<W>& stage, Entry& entry) {
  Client& client = stage.client(entry.client);
  for (; entry.sent < entry.to_send.size(); ++entry.sent) {
    const ServerSide side = stage.world().server_side(*client.connection);
    if (side.state == ServerSide::State::waiting && stage.world().now() < *deadline_) {
      stage.wake_at(stage.world().now() + kPause);
      return false;
    }
    stage.send(client, entry.to_send[entry.sent]);
    client.fence = FenceResult::none;  // Segments of ours, none of the script's.
  }
  return true;
}

template <World W>
void Registering<W>::hear(Stage<W>& stage, Entry& entry) {
  Client& client = stage.client(entry.client);
  for (; entry.scan < client.inbox.line_count(); ++entry.scan) {
    const std::string line(client.inbox.text(entry.scan));
    for (std::string& answer : entry.registration->on_line(line)) {
      entry.to_send.push_back(std::move(answer));
    }
  }
  const bool all_sent = entry.sent == entry.to_send.size();
  if (all_sent && entry.sent > 0 && !stage.profile().welcomes) entry.registration->accepted();
}

template <World W>
void Registering<W>::welcome(Stage<W>& stage, Entry& entry) {
  Client& client = stage.client(entry.client);
  client.registered = true;
  if (client.nick != entry.registration->nick()) {
    client.nick = entry.registration->nick();
    stage.bindings().bind(client.name, client.nick, Bindings::Kind::name);
  }
  entry.drain.emplace(std::vector<std::size_t>{entry.client});
}

// A welcome is no subject of the script: its expectations begin behind it.
template <World W>
Progress Registering<W>::drain(Stage<W>& stage, Entry& entry) {
  Progress progress = entry.drain->advance(stage);
  Client& client = stage.client(entry.client);
  if (progress.done()) client.cursor = client.barrier;
  return progress;
}

}  // namespace conform
