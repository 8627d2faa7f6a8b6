#include "harness/run/round.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "harness/run/company.h"
#include "harness/run/conditions.h"
#include "harness/run/demise.h"
#include "harness/run/fold.h"
#include "harness/run/kernel_world.h"
#include "harness/run/replies.h"
#include "harness/run/sim_world.h"
#include "harness/script/print.h"

namespace conform {
namespace {

void look_for_cuts(const std::vector<Client>& clients, Ended& ended) {
  for (const Client& client : clients) {
    if (!client.cut_off()) continue;
    ended.cut_off.push_back(client.name);
    const bool unsaid = client.registered && !was_told_why(client);
    if (unsaid) ended.cut_off_unsaid.push_back(client.name);
  }
}

// For a case that does not say what it may take: generous, because it only keeps a run from
// hanging.
constexpr script::Millis kCaseLimit = std::chrono::minutes(5);
constexpr Duration kDepartureLimit = std::chrono::seconds(2);

}  // namespace

template <World W>
Round<W>::Round(Setting<W> setting, Sentinel<W>& sentinel, std::size_t jobs, OnResult on_result)
    : setting_(setting), sentinel_(sentinel), jobs_(jobs), on_result_(std::move(on_result)) {}

template <World W>
std::optional<std::string> Round<W>::play(const std::vector<PlannedCase>& cases) {
  std::size_t next = 0;
  // The bystander is there before the first case: what is counted of the target includes it.
  const auto ready = sentinel_.ask();
  while (next < cases.size() || !plays_.empty()) {
    const bool begins = sentinel_.answer(ready).done();
    while (begins && next < cases.size() && may_begin(cases[next])) {
      start(next, cases[next]);
      ++next;
    }
    const bool ended = advance_all();
    const bool looked = sentinel_.advance();
    auto wrong = trouble();
    if (wrong || stopped_ || setting_.world.interrupted()) {
      give_up();
      return wrong;
    }
    if (begins && plays_.empty() && departing_.empty() && found_something_ && !ended) break;
    // Whoever has just come to rest may have been waited for.
    const bool next_begins = begins && next < cases.size() && may_begin(cases[next]);
    const bool waits = !plays_.empty() || !departing_.empty() || !begins;
    if (!ended && !looked && !next_begins && waits) turn(std::nullopt);
  }
  while (!departing_.empty() && !setting_.world.interrupted()) {
    if (auto wrong = setting_.world.death()) return wrong;
    turn(std::nullopt);
  }
  return std::nullopt;
}

template <World W>
void Round<W>::give_up() {
  const bool one_alone = is_one_alone();
  for (const auto& play : plays_) {
    underway_.push_back({.index = play->index,
                         .transcript = play->stage->transcript_text(),
                         .rested = one_alone ? !play->alone : rests(*play)});
  }
  plays_.clear();
}

template <World W>
std::optional<std::string> Round<W>::watch_over(Duration duration) {
  const TimePoint until = setting_.world.now() + duration;
  while (setting_.world.now() < until && !setting_.world.interrupted()) {
    turn(until);
    if (auto wrong = setting_.world.death()) return wrong;
  }
  const auto ticket = sentinel_.ask();
  while (!setting_.world.interrupted()) {
    const bool looked = sentinel_.advance();
    if (auto wrong = trouble()) return wrong;
    if (sentinel_.answer(ticket).done()) break;
    if (!looked) turn(std::nullopt);
  }
  return std::nullopt;
}

template <World W>
bool Round<W>::may_begin(const PlannedCase& planned) const {
  if (plays_.size() >= jobs_) return false;
  if (!plays_alone(*planned.item)) return !is_one_alone();
  return !found_something_ && departing_.empty() &&
         std::ranges::all_of(plays_, [this](const auto& play) { return rests(*play); });
}

template <World W>
bool Round<W>::is_one_alone() const {
  return std::ranges::any_of(plays_, [](const auto& play) { return play->alone; });
}

// What has come since it was last asked is to be looked at first.
template <World W>
bool Round<W>::rests(const Play& play) const {
  return !play.alone && !play.progress && play.seen == play.stage->arrivals() &&
         play.interpreter->rests();
}

template <World W>
void Round<W>::start(std::size_t index, const PlannedCase& planned) {
  std::string why = unplayable(*planned.item, setting_.profile, setting_.world.abilities());
  if (why.empty()) why = given_up(planned);
  if (!why.empty()) {
    stopped_ |= !on_result_(index, {.result = skipped(planned, why)});
    return;
  }
  auto play = std::make_unique<Play>();
  play->index = index;
  play->planned = planned;
  play->alone = plays_alone(*planned.item);
  play->stage = std::make_unique<Stage<W>>(setting_.world, setting_.profile, *planned.item,
                                           setting_.names, setting_.pace, next_source_);
  play->stage->cut_by(planned.cut);
  next_source_ += static_cast<std::uint32_t>(play->stage->clients().size()) + 1;
  play->interpreter = std::make_unique<Interpreter<W>>(*play->stage, sentinel_);
  play->began = setting_.world.now();
  play->deadline = play->began + play->stage->limit(planned.item->timeout.value_or(kCaseLimit));
  plays_.push_back(std::move(play));
}

// True when one has ended. While one plays alone, those go on besides that keep to the target's
// timers: they do little, and it cannot wait.
template <World W>
bool Round<W>::advance_all() {
  const bool one_alone = is_one_alone();
  return std::erase_if(plays_, [this, one_alone](const auto& play) {
           return (!one_alone || play->alone || is_slow(*play->planned.item)) && advance(*play);
         }) > 0;
}

// True when it has ended. After the script the target is looked at: a case that broke it for
// everybody else has not passed.
template <World W>
bool Round<W>::advance(Play& play) {
  if (!play.progress) {
    play.seen = play.stage->arrivals();
    Progress progress = play.interpreter->advance();
    if (progress.waiting() && setting_.world.now() >= play.deadline) {
      progress = Progress::cannot_tell("it took longer than its timeout");
    }
    if (progress.waiting()) {
      play.stage->wake_at(play.deadline);
      return false;
    }
    play.progress = std::move(progress);
    play.transcript = play.stage->transcript_text();
    if (play.planned.whole) {
      play.replies = replies_of(play.stage->clients(), play.stage->bindings(), setting_.names);
    }
  }
  if (!play.ticket && !bystander_is_served(play)) return false;
  if (!play.ticket && !may_look(play)) return false;
  if (!play.ticket) play.ticket = sentinel_.ask();
  if (!sentinel_.answer(*play.ticket).done()) return false;  // trouble() ends the round if it must.
  end(play);
  return true;
}

// A case that did not come to its end leaves everything as it was in the middle. Somebody who is
// there already has to be served all the same.
template <World W>
bool Round<W>::bystander_is_served(Play& play) {
  if (play.progress->done() || play.departing) return true;
  if (!play.bystander_ticket) play.bystander_ticket = sentinel_.ask(Look::bystander);
  if (!sentinel_.answer(*play.bystander_ticket).done()) return false;
  play.departing = true;
  play.deadline = setting_.world.now() + kDepartureLimit;
  play.stage->depart();
  return true;
}

// For a newcomer to be let in its clients go first, lest it be they who take all the room.
template <World W>
bool Round<W>::may_look(Play& play) {
  if (play.progress->done()) return true;
  if (!play.stage->departed() && setting_.world.now() < play.deadline) {
    play.stage->wake_at(play.deadline);
    return false;
  }
  for (Client& client : play.stage->clients()) play.stage->close(client);
  return true;
}

template <World W>
void Round<W>::end(Play& play) {
  Stage<W>& stage = *play.stage;
  if (play.planned.whole && play.progress->done() && stage.boundary_counts().refuted == 0) {
    play.progress = hold_against_whole(play.planned, std::move(play.replies));
  }
  if (play.progress->state == Progress::State::failed && stage.silenced() &&
      play.planned.cut.kind != Cut::Kind::as_written) {
    play.progress = Progress::cannot_tell("a PING came in the middle of a line, and took too long");
  }
  if (play.planned.is_reference()) {
    play.planned.whole->cut_points.insert(stage.cut_points().begin(), stage.cut_points().end());
    play.planned.whole->sends = stage.sends();
    play.planned.whole->bytes = stage.bytes_of_sends();
  }
  const auto unbound = [&stage](std::string& text) {
    text = stage.bindings().unbound(std::move(text));
  };
  unbound(play.progress->actual);
  unbound(play.progress->expected);
  Played played{.progress = *play.progress,
                .grade = play.interpreter->grade(),
                .policy = play.interpreter->policy(),
                .boundaries = stage.boundaries(),
                .boundary_counts = stage.boundary_counts(),
                .rests_on_silence = stage.rests_on_silence(),
                .duration = setting_.world.now() - play.began,
                .transcript = std::move(play.transcript)};
  for (const auto& [name, duration] : play.interpreter->waits()) waits_[name] += duration;
  audit(play);
  Ended ended{.result = judge(play.planned, played)};
  look_for_cuts(stage.clients(), ended);
  found_something_ |= is_finding(ended.result.grade);
  stopped_ |= !on_result_(play.index, std::move(ended));
  stage.depart();
  if (stage.departed()) return;
  departing_.push_back(
      {.stage = std::move(play.stage), .deadline = setting_.world.now() + kDepartureLimit});
}

template <World W>
void Round<W>::audit(const Play& play) {
  const auto keep = [&](const Client& client, const AuditRule& rule, const std::string& line) {
    breaches_.push_back({.rule = rule,
                         .case_id = play.planned.item->id,
                         .seen = client.name + " received " + script::quote(line)});
  };
  const auto look = [&](const Client& client, const Inbox& inbox) {
    for (const Breach& breach : audit_lines(inbox.bytes(), setting_.profile.line_bytes_max())) {
      keep(client, breach.rule, breach.line);
    }
  };
  for (const Client& client : play.stage->clients()) {
    for (const Inbox& inbox : client.former) look(client, inbox);
    look(client, client.inbox);
    for (const std::string& line : client.answered_again) {
      keep(client, kOnceRule, line);
    }
  }
}

template <World W>
std::optional<std::string> Round<W>::trouble() {
  if (auto death = setting_.world.death()) return death;
  const Progress progress = sentinel_.answer(0);
  if (progress.state != Progress::State::failed) return std::nullopt;
  wrong_since_ = setting_.world.now();  // Its process may end only a moment later.
  if (auto death = death_of_process(setting_.world)) return death;
  return "no longer serves: " + progress.actual;
}

template <World W>
void Round<W>::turn(std::optional<TimePoint> deadline) {
  std::optional<TimePoint> wake = gather();
  if (deadline) wake = wake ? std::min(*wake, *deadline) : *deadline;
  setting_.world.poll(watches_, wake);
  dispatch();
  const TimePoint now = setting_.world.now();
  std::erase_if(departing_, [now](const Departing& departing) {
    return departing.stage->departed() || now >= departing.deadline;
  });
}

// What everybody waits for, and until when.
template <World W>
std::optional<TimePoint> Round<W>::gather() {
  watches_.clear();
  std::optional<TimePoint> wake;
  const auto earliest = [&wake](std::optional<TimePoint> time) {
    if (time) wake = wake ? std::min(*wake, *time) : *time;
  };
  sentinel_.stage().watch(watches_);
  earliest(sentinel_.stage().take_wake());
  sentinel_watches_ = watches_.size();
  for (const auto& play : plays_) {
    play->first_watch = watches_.size();
    play->stage->watch(watches_);
    play->watch_count = watches_.size() - play->first_watch;
    earliest(play->stage->take_wake());
  }
  for (Departing& departing : departing_) {
    departing.first_watch = watches_.size();
    departing.stage->watch(watches_);
    departing.watch_count = watches_.size() - departing.first_watch;
    departing.stage->take_wake();
    earliest(departing.deadline);
  }
  return wake;
}

template <World W>
void Round<W>::dispatch() {
  const std::span<const Watch> all = watches_;
  sentinel_.stage().pump(all.first(sentinel_watches_));
  for (const auto& play : plays_) {
    play->stage->pump(all.subspan(play->first_watch, play->watch_count));
  }
  for (const Departing& departing : departing_) {
    departing.stage->pump(all.subspan(departing.first_watch, departing.watch_count));
  }
}

template class Round<KernelWorld>;
template class Round<SimWorld>;

}  // namespace conform
