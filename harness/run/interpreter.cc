#include "harness/run/interpreter.h"

#include <algorithm>
#include <string>
#include <utility>

#include "harness/run/cause.h"
#include "harness/run/company.h"
#include "harness/run/joining.h"
#include "harness/run/kernel_world.h"
#include "harness/run/sim_world.h"
#include "harness/script/print.h"
#include "harness/script/walk.h"

namespace conform {

namespace {

bool is_measured(const script::Step& step) {
  return std::holds_alternative<script::ServerFact>(step.action);
}

}  // namespace

template <World W>
Interpreter<W>::Interpreter(Stage<W>& stage, Sentinel<W>& sentinel)
    : stage_(stage), sentinel_(sentinel), course_(stage) {}

template <World W>
Progress Interpreter<W>::advance() {
  if (!opened_) {
    Progress progress = open();
    if (!progress.done()) return progress;
    opened_ = true;
  }
  while (true) {
    Progress progress = go_on();
    if (progress.state == Progress::State::failed && course_.fail_play(progress)) {
      next_ = nullptr;
      members_.clear();
      continue;
    }
    if (!progress.done() || has_ended()) return progress;
  }
}

template <World W>
bool Interpreter<W>::has_ended() const {
  return course_.ended() && next_ == nullptr && std::holds_alternative<std::monostate>(activity_);
}

// A bit further: an activity, a step for one client, or the next step.
template <World W>
Progress Interpreter<W>::go_on() {
  if (!std::holds_alternative<std::monostate>(activity_)) return ended(advance_activity());
  Searching<W>* const search = course_.between_plays();
  if (search != nullptr && next_ == nullptr && members_.empty()) {
    if (let_go()) return Progress::finish();
    activity_began_ = stage_.world().now();
    return take_up<BetweenPlays>(BetweenPlays{search});
  }
  Progress progress = Progress::finish();
  if (!members_.empty()) {
    const std::size_t client = members_.front();
    if (lets_go_before(*step_, client)) return progress;
    members_.erase(members_.begin());
    progress = begin_for(*step_, client);
  } else {
    if (next_ == nullptr) next_ = course_.next();
    if (next_ == nullptr ? let_go() : lets_go_before(*next_)) return progress;
    if (next_ == nullptr) return progress;
    step_ = std::exchange(next_, nullptr);
    progress = begin(*step_);
  }
  return progress.done() ? progress : ended(std::move(progress));
}

// Everybody that is declared comes in: raw clients connect, the others register, all at once.
template <World W>
Progress Interpreter<W>::open() {
  if (std::holds_alternative<std::monostate>(activity_)) {
    if (script::any_step(stage_.item().steps, is_measured)) {
      base_ = baseline(stage_.world());
    }
    activity_.template emplace<Registering<W>>(starting(script::ClientDecl::Start::registered),
                                               starting(script::ClientDecl::Start::raw));
    activity_began_ = stage_.world().now();
  }
  Progress progress = advance_activity();
  if (progress.waiting()) return progress;
  waits_["registration"] += stage_.world().now() - activity_began_;
  activity_ = std::monostate{};
  if (progress.done()) {  // Welcomes are no case's subject.
    stage_.transcript().forget();
    for (Client& client : stage_.clients()) client.welcome_end = client.inbox.line_count();
  }
  if (progress.state == Progress::State::failed) {
    return Progress::cannot_tell("its clients could not register: " + progress.expected + ": " +
                                 progress.actual);
  }
  return progress;
}

template <World W>
std::vector<std::size_t> Interpreter<W>::starting(script::ClientDecl::Start start) {
  std::vector<std::size_t> clients;
  for (std::size_t i = 0; i < stage_.clients().size(); ++i) {
    if (stage_.declared(stage_.client(i)).start == start) clients.push_back(i);
  }
  return clients;
}

// Whether what is held back has to go out before this step, and is now underway.
template <World W>
bool Interpreter<W>::lets_go_before(const script::Step& step) {
  if (is_unseen(step.action)) return false;
  const std::vector<std::size_t> members = stage_.members(step.who);
  return members.empty() ? let_go() : lets_go_before(step, members.front());
}

template <World W>
bool Interpreter<W>::lets_go_before(const script::Step& step, std::size_t client) {
  constexpr std::size_t kHeldBytesMax = 65'536;
  if (holder_ != client) return let_go();
  const std::string& held = stage_.client(client).held;
  const bool glued = stage_.cut().kind == Cut::Kind::glued;
  const auto way = way_out(step.action, stage_.bindings());
  const bool joins = std::holds_alternative<script::Send>(step.action)
                         ? held.size() < kHeldBytesMax
                         : glued && way && takes_along(*way, held);
  return !joins && let_go();
}

// Sends what is held back, in one segment; false if there is nothing.
template <World W>
bool Interpreter<W>::let_go() {
  if (!holder_) return false;
  const std::size_t client = *std::exchange(holder_, std::nullopt);
  std::string held = std::exchange(stage_.client(client).held, {});
  if (held.empty()) return false;
  activity_began_ = stage_.world().now();
  activity_.template emplace<Sending<W>>(client, std::vector{std::move(held)});
  return true;
}

template <World W>
Progress Interpreter<W>::begin_send(const script::Send& send, std::size_t client) {
  std::vector<std::string> segments;
  Progress ready = segments_of(stage_, send, segments);
  if (!ready.done()) return ready;
  segments = stage_.segments_of_send(std::move(segments));
  if (stage_.cut().joins()) {
    stage_.client(client).held += segments.front();
    holder_ = client;
  } else {
    activity_.template emplace<Sending<W>>(client, std::move(segments));
  }
  return ready;
}

template <World W>
Progress Interpreter<W>::begin(const script::Step& step) {
  const script::Action& action = step.action;
  activity_began_ = stage_.world().now();
  if (std::holds_alternative<script::Sync>(action)) {
    stage_.transcript().event(script::print(stage_.item(), step));
    return take_up<Syncing<W>>(stage_.members(step.who));
  }
  if (std::holds_alternative<script::Register>(action)) {
    return take_up<Registering<W>>(stage_.members(step.who));
  }
  if (step.who.empty()) return begin_block(action);
  const bool silent = std::holds_alternative<script::Send>(action) ||
                      std::holds_alternative<script::Expect>(action);
  const bool glued = !silent && holder_;
  if (glued) {
    stage_.transcript().event("glue");
    stage_.transcript().sent(stage_.client(*holder_).name, stage_.client(*holder_).held);
  }
  if (!silent) stage_.transcript().event(script::print(stage_.item(), step));
  if (glued) stage_.transcript().event("end");
  members_ = stage_.members(step.who);
  return Progress::finish();
}

// A step that is nobody's.
template <World W>
Progress Interpreter<W>::begin_block(const script::Action& action) {
  return std::visit(
      script::Overloaded{
          [this](const script::Glue& glue) { return take_up<Gluing<W>>(glue); },
          [this](const script::OneOf& one_of) { return take_up<Choosing<W>>(one_of); },
          [this](const script::Unordered& lines) { return take_up<Collecting<W>>(lines); },
          [this](const script::Wait& wait) {
            const TimePoint until = stage_.world().now() + stage_.limit(wait.duration);
            return take_up<Waiting>(Waiting{.until = until});
          },
          [this](const script::ServerFact& fact) { return begin_fact(fact); },
          [this](const script::Let& let) { return bind(let); },
          [this](const script::If& condition) { return course_.enter(condition); },
          [this](const script::Repeat& repeat) {
            return repeat.until_bytes ? take_up<Flooding<W>>(repeat) : course_.enter(repeat);
          },
          [this](const script::For& words) { return course_.enter(words); },
          [this](const script::Search& search) { return course_.enter(search); },
          [](const auto&) { return Progress::finish(); },
      },
      action);
}

template <World W>
Progress Interpreter<W>::begin_fact(const script::ServerFact& fact) {
  if (fact.what == script::ServerFact::What::alive) {
    return take_up<Asking>(Asking{.ticket = sentinel_.ask()});
  }
  if (fact.what != script::ServerFact::What::base) return take_up<Measuring<W>>(fact, base_);
  base_ = baseline(stage_.world());
  return Progress::finish();
}

template <World W>
Progress Interpreter<W>::bind(const script::Let& let) {
  const Evaluated text = evaluate(let.text, stage_.bindings());
  if (!text.ok()) return skip_for(text);
  stage_.bindings().bind(let.name, text.bytes);
  return Progress::finish();
}

template <World W>
Progress Interpreter<W>::begin_for(const script::Step& step, std::size_t index) {
  const script::Action& action = step.action;
  Client& client = stage_.client(index);
  activity_began_ = stage_.world().now();
  if (const auto* send = std::get_if<script::Send>(&action)) return begin_send(*send, index);
  if (const auto* expect = std::get_if<script::Expect>(&action)) {
    return begin_expect(step, *expect, index);
  }
  if (const auto* connect = std::get_if<script::Connect>(&action)) {
    if (connect->nick) {
      const Evaluated nick = evaluate(*connect->nick, stage_.bindings());
      if (!nick.ok()) return skip_for(nick);
      client.nick = nick.bytes;
      client.nick_is_meant = true;
      stage_.bindings().bind(client.name, client.nick, Bindings::Kind::name);
    }
    return take_up<Registering<W>>(std::vector<std::size_t>{}, std::vector{index});
  }
  if (const auto way = way_out(action, stage_.bindings())) {
    const bool asks = std::holds_alternative<script::Leave>(action);
    const Provokes provokes = asks ? Provokes::input : Provokes::nothing;
    return take_up<Leaving<W>>(index, *way, provokes);
  }
  if (std::holds_alternative<script::Mute>(action)) {
    client.mute = true;
  } else if (std::holds_alternative<script::Pause>(action)) {
    client.paused = true;
  } else if (const auto* resume = std::get_if<script::Resume>(&action)) {
    client.paused = false;
    client.bytes_per_second = resume->bytes_per_second;
  } else if (const auto* urgent = std::get_if<script::Urgent>(&action)) {
    const Evaluated data = evaluate(urgent->data, stage_.bindings());
    if (!data.ok()) return skip_for(data);
    stage_.send_urgent(client, data.bytes);
  }
  return Progress::finish();
}

template <World W>
Progress Interpreter<W>::begin_expect(const script::Step& step, const script::Expect& expect,
                                      std::size_t index) {
  const Client& client = stage_.client(index);
  const auto* event = std::get_if<script::Event>(&expect.pattern);
  if (event != nullptr && *event == script::Event::silence) {
    stage_.negatives().push_back(
        {.client = index, .step = &step, .from = std::max(client.cursor, client.barrier)});
  } else if (expect.mode == script::Expect::Mode::never) {
    stage_.negatives().push_back({.client = index, .step = &step, .from = client.barrier});
  } else {
    return take_up<Awaiting<W>>(index, expect);
  }
  return Progress::finish();
}

template <World W>
Progress Interpreter<W>::advance_activity() {
  return std::visit(
      [this](auto& activity) -> Progress {
        using A = std::decay_t<decltype(activity)>;
        if constexpr (std::is_same_v<A, std::monostate>) {
          return Progress::finish();
        } else if constexpr (std::is_same_v<A, Waiting>) {
          if (stage_.world().now() >= activity.until) return Progress::finish();
          stage_.wake_at(activity.until);
          return Progress::wait();
        } else if constexpr (std::is_same_v<A, Asking>) {
          return sentinel_.answer(activity.ticket);
        } else if constexpr (std::is_same_v<A, BetweenPlays>) {
          return activity.search->advance(stage_);
        } else {
          return activity.advance(stage_);
        }
      },
      activity_);
}

template <World W>
bool Interpreter<W>::rests() const {
  const auto* waiting = std::get_if<Waiting>(&activity_);
  if (waiting != nullptr) return stage_.world().now() < waiting->until;
  return is_slow(stage_.item()) && std::holds_alternative<Awaiting<W>>(activity_);
}

template <World W>
std::string Interpreter<W>::activity_name() const {
  // In the order of Activity's alternatives.
  static constexpr const char* kNames[] = {
      "nothing",      "registration",   "fences",         "fences",  "expected lines",
      "barriers",     "expected lines", "expected lines", "glue",    "floods",
      "measurements", "wait steps",     "liveness",       "searches"};
  static_assert(std::size(kNames) == std::variant_size_v<Activity>);
  return kNames[activity_.index()];
}

// An activity or a step has come to something: keeps what it found, names the step to blame.
template <World W>
Progress Interpreter<W>::ended(Progress progress) {
  if (progress.waiting()) return progress;
  waits_[activity_name()] += stage_.world().now() - activity_began_;
  if (const auto* choosing = std::get_if<Choosing<W>>(&activity_);
      choosing != nullptr && progress.done()) {
    worsen(*choosing->chosen());
  }
  if (std::holds_alternative<BetweenPlays>(activity_)) add_policy(course_.leave_play(progress));
  activity_ = std::monostate{};
  if (progress.step == nullptr) progress.step = step_;
  if (progress.state == Progress::State::failed) progress.actual += course_.turns();
  explain(progress, stage_.clients());
  return progress;
}

template <World W>
void Interpreter<W>::worsen(const script::Alternative& chosen) {
  using script::AlternativeGrade;
  const Grade grade = chosen.grade == AlternativeGrade::ok        ? Grade::pass
                      : chosen.grade == AlternativeGrade::lenient ? Grade::lenient
                                                                  : Grade::info;
  grade_ = std::max(grade_, grade);
  add_policy(chosen.policy);
}

template <World W>
void Interpreter<W>::add_policy(const std::string& policy) {
  const bool named = policy_.find(policy) != std::string::npos;  // In an earlier turn, or empty.
  if (!named) policy_ += (policy_.empty() ? "" : "; ") + policy;
}

template class Interpreter<KernelWorld>;
template class Interpreter<SimWorld>;

}  // namespace conform
