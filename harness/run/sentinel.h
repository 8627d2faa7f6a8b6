// Sentinel: watches over the whole target. A bystander, registered for the whole run, has to be
// answered, and a newcomer has to be accepted, after every case and wherever a script says
// `server alive`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "harness/run/activity/registering.h"
#include "harness/run/stage.h"

namespace conform {

// The two clients of a sentinel, as a case.
inline const script::Case& sentinel_case() {
  static const script::Case kItem = [] {
    script::Case made;
    made.id = "sentinel";
    made.clients.resize(2);
    made.clients[0].name = "bystander";
    made.clients[1].name = "newcomer";
    made.clients[1].start = script::ClientDecl::Start::absent;
    return made;
  }();
  return kItem;
}

// How much of the target is looked at.
enum class Look : std::uint8_t {
  bystander,   // Whether who is there is answered.
  everything,  // And whether somebody new is accepted.
};

template <World W>
class Sentinel {
 public:
  // Which look answers a question: one that began after it was asked.
  using Ticket = std::uint64_t;

  Sentinel(W& world, const Profile& profile, FreshNames& names, const Pace& pace)
      : stage_(world, profile, sentinel_case(), names, pace, 0) {}

  Stage<W>& stage() { return stage_; }

  Ticket ask(Look look = Look::everything) {
    newcomer_wanted_ |= look == Look::everything;
    wanted_ = begun_ + 1;
    return wanted_;
  }
  // Waiting, done, or failed with what was seen of the target.
  Progress answer(Ticket ticket) const {
    if (!trouble_.empty()) return Progress::fail("the target serves everybody", trouble_);
    return ended_ >= ticket ? Progress::finish() : Progress::wait();
  }
  // True when a look has ended: whoever waits for it can go on.
  bool advance();

 private:
  static constexpr std::size_t kBystander = 0;
  static constexpr std::size_t kNewcomer = 1;

  // How long a server may take to notice that the newcomer has left; some never do.
  static constexpr Duration kFarewell = std::chrono::milliseconds(20);

  void begin_look();
  Progress look();
  Progress register_bystander();
  Progress admit_newcomer();
  Progress look_at_newcomer();
  Progress see_newcomer_off();

  Stage<W> stage_;
  Ticket wanted_ = 0, begun_ = 0, ended_ = 0;
  bool newcomer_wanted_ = false;  // By whoever asked since the last look began.
  bool with_newcomer_ = false;    // In the look that is under way.
  std::optional<Registering<W>> registering_;
  bool registered_ = false;
  std::optional<Syncing<W>> bystander_;
  bool bystander_answered_ = false;
  std::optional<Syncing<W>> newcomer_;
  std::optional<TimePoint> newcomer_deadline_;
  TimePoint newcomer_began_{};           // Its connection.
  std::optional<ConnectionId> leaving_;  // The newcomer's connection, when it has been closed.
  std::string trouble_;
};

template <World W>
bool Sentinel<W>::advance() {
  if (!trouble_.empty() || (begun_ == ended_ && wanted_ == ended_)) return false;
  if (begun_ == ended_) begin_look();
  Progress progress = look();
  if (progress.waiting()) return false;
  if (progress.done()) {
    ended_ = begun_;
  } else {
    trouble_ = progress.actual.empty() ? progress.expected : progress.actual;
  }
  return true;
}

template <World W>
void Sentinel<W>::begin_look() {
  begun_ = ended_ + 1;
  with_newcomer_ = std::exchange(newcomer_wanted_, false);
  bystander_.reset();
  newcomer_.reset();
  newcomer_deadline_.reset();
  leaving_.reset();
  bystander_answered_ = false;
  // What they have received is nobody's subject, and a run may be long.
  for (Client& client : stage_.clients()) {
    client.inbox.forget();
    client.cursor = client.barrier = 0;
  }
}

template <World W>
Progress Sentinel<W>::look() {
  if (!registered_) {
    Progress progress = register_bystander();
    if (!progress.done()) return progress;
  }
  if (!bystander_answered_) {
    if (!bystander_) bystander_.emplace(std::vector<std::size_t>{kBystander});
    Progress progress = bystander_->advance(stage_);
    if (!progress.done()) {
      progress.actual = "a bystander was not answered: " + progress.actual;
      return progress;
    }
    bystander_answered_ = true;
  }
  return with_newcomer_ ? admit_newcomer() : Progress::finish();
}

template <World W>
Progress Sentinel<W>::register_bystander() {
  if (!registering_) registering_.emplace(std::vector<std::size_t>{kBystander});
  Progress progress = registering_->advance(stage_);
  registered_ = progress.done();
  return progress;
}

template <World W>
Progress Sentinel<W>::admit_newcomer() {
  if (leaving_) return see_newcomer_off();
  const std::string expected = "a new client is accepted";
  Client& newcomer = stage_.client(kNewcomer);
  const TimePoint now = stage_.world().now();
  if (!newcomer_deadline_) newcomer_deadline_ = now + stage_.limit(std::nullopt);
  // A handshake that met a full backlog would be tried again by the kernel, ever more seldom.
  constexpr Duration kPatience = std::chrono::seconds(1);
  if (!newcomer.connection || now >= newcomer_began_ + kPatience) {
    stage_.rst(newcomer);
    newcomer_began_ = now;
    newcomer_.reset();
    if (!stage_.connect(newcomer)) {
      return Progress::fail(expected,
                            "a new client could not connect: " + stage_.world().why_not());
    }
  }
  const Progress admitted = look_at_newcomer();
  if (admitted.waiting() && now < *newcomer_deadline_) {
    constexpr Duration kPause = std::chrono::microseconds(200);
    stage_.wake_at(now + kPause);
    return Progress::wait();
  }
  leaving_ = newcomer.connection;
  newcomer_deadline_ = now + kFarewell;
  stage_.fin(newcomer);
  stage_.close(newcomer);
  return admitted.done() ? see_newcomer_off()
                         : Progress::fail(expected, "a new client was not accepted");
}

// Whoever counts descriptors next would count the newcomer's.
template <World W>
Progress Sentinel<W>::see_newcomer_off() {
  constexpr Duration kPause = std::chrono::microseconds(200);
  const ServerSide::State state = stage_.world().server_side(*leaving_).state;
  const TimePoint now = stage_.world().now();
  const bool here = state == ServerSide::State::waiting || state == ServerSide::State::read;
  if (!here || now >= *newcomer_deadline_) return Progress::finish();
  stage_.wake_at(now + kPause);
  return Progress::wait();
}

// The kernel says whether the target has accepted it; elsewhere an answer does.
template <World W>
Progress Sentinel<W>::look_at_newcomer() {
  const ServerSide side = stage_.world().server_side(*stage_.client(kNewcomer).connection);
  if (side.state != ServerSide::State::unknown) {
    return side.accepted ? Progress::finish() : Progress::wait();
  }
  if (!newcomer_) newcomer_.emplace(std::vector<std::size_t>{kNewcomer}, Whose::ours);
  return newcomer_->advance(stage_);
}

}  // namespace conform
