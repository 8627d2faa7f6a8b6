// Scout: the client that learns a target, before there is a case to play.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/run/profile.h"
#include "harness/run/stage.h"
#include "harness/script/model.h"

namespace conform {

inline constexpr Duration kAnswerLimit = std::chrono::seconds(2);

// One client that nobody has written a script for.
inline const script::Case& scout_case() {
  static const script::Case kItem = [] {
    script::Case made;
    made.id = "scout";
    made.clients.resize(1);
    made.clients[0].name = "scout";
    made.clients[0].start = script::ClientDecl::Start::raw;
    return made;
  }();
  return kItem;
}

// Asks a target what it is, as its only client. Leaves when it ends.
template <World W>
class Scout {
 public:
  Scout(W& world, const Profile& profile, FreshNames& names)
      : world_(world), stage_(world, profile, scout_case(), names, pace_, 0) {}
  ~Scout() {
    stage_.depart();
    until([this] { return stage_.departed(); }, kFarewell);
  }
  Scout(const Scout&) = delete;
  Scout& operator=(const Scout&) = delete;

  bool connect() { return stage_.connect(client()); }
  Client& client() { return stage_.client(0); }
  void send(const std::string& line) { stage_.send(client(), line); }

  // Pumps until the condition holds; false if it did not in time, or the run was interrupted.
  template <class Condition>
  bool until(Condition condition, Duration limit) {
    const TimePoint deadline = world_.now() + limit;
    while (!condition()) {
      if (world_.now() >= deadline || world_.interrupted()) return false;
      watches_.clear();
      stage_.watch(watches_);
      stage_.take_wake();
      world_.poll(watches_, deadline);
      stage_.pump(watches_);
    }
    return true;
  }

  // Takes the lines that nobody has heard yet, and those that come, until one is what was waited
  // for; false if none was in time, or before the connection ended.
  template <class IsIt>
  bool hear(IsIt is_it, Duration limit) {
    bool heard = false;
    until(
        [&] {
          while (!heard && heard_ < client().inbox.line_count()) {
            heard = is_it(std::string(client().inbox.text(heard_++)));
          }
          return heard || !client().open();
        },
        limit);
    return heard;
  }

  // Sends a barrier and waits for its answer; how long it took, or nothing.
  std::optional<Duration> round_trip(Barrier barrier, FreshNames& names, char chantype,
                                     Duration limit = kAnswerLimit) {
    const std::string token = barrier == Barrier::join ? names.channel(chantype) : names.token();
    const TimePoint begin = world_.now();
    client().barrier_tokens.push_back({.text = token});
    send(barrier_line(barrier, token, client().nick));
    const bool answered = hear(
        [&](const std::string& line) { return barrier_answered(barrier, token, line); }, limit);
    if (!answered || !client().open()) return std::nullopt;
    return world_.now() - begin;
  }

 private:
  static constexpr Duration kFarewell = std::chrono::milliseconds(300);

  W& world_;
  Pace pace_;
  Stage<W> stage_;
  std::vector<Watch> watches_;
  std::size_t heard_ = 0;  // Lines.
};

}  // namespace conform
