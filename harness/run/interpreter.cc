#include "harness/run/interpreter.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "harness/run/company.h"
#include "harness/run/joining.h"
#include "harness/run/kernel_world.h"
#include "harness/run/sim_world.h"
#include "harness/script/print.h"
#include "harness/script/walk.h"

namespace conform {

namespace {

// Of a loop that a name counts: what stands for it may be the server's.
constexpr std::int64_t kNamedTurnsMax = 10'000;

bool is_measured(const script::Step& step) {
  return std::holds_alternative<script::ServerFact>(step.action);
}

}  // namespace

template <World W>
Interpreter<W>::Interpreter(Stage<W>& stage, Sentinel<W>& sentinel)
    : stage_(stage), sentinel_(sentinel) {}

template <World W>
Progress Interpreter<W>::advance() {
  if (!opened_) {
    Progress progress = open();
    if (!progress.done()) return progress;
    opened_ = true;
    frames_.push_back({.steps = &stage_.item().steps});
  }
  while (true) {
    Progress progress = go_on();
    if (progress.state == Progress::State::failed && taken_by_search(progress)) continue;
    if (!progress.done() || has_ended()) return progress;
  }
}

template <World W>
bool Interpreter<W>::has_ended() const {
  return frames_.empty() && next_ == nullptr && std::holds_alternative<std::monostate>(activity_);
}

// A bit further: an activity, a step for one client, or the next step.
template <World W>
Progress Interpreter<W>::go_on() {
  if (!std::holds_alternative<std::monostate>(activity_)) return ended(advance_activity());
  if (at_end_of_play()) {
    if (let_go()) return Progress::finish();
    activity_began_ = stage_.world().now();
    activity_.template emplace<BetweenPlays>(BetweenPlays{frames_.back().search.get()});
    return Progress::finish();
  }
  Progress progress = Progress::finish();
  if (!members_.empty()) {
    const std::size_t client = members_.front();
    if (lets_go_before(*step_, client)) return progress;
    members_.erase(members_.begin());
    progress = begin_for(*step_, client);
  } else {
    if (next_ == nullptr) next_ = next_step();
    if (next_ == nullptr ? let_go() : lets_go_before(*next_)) return progress;
    if (next_ == nullptr) return progress;
    step_ = std::exchange(next_, nullptr);
    progress = begin(*step_);
  }
  return progress.done() ? progress : ended(std::move(progress));
}

template <World W>
bool Interpreter<W>::at_end_of_play() const {
  if (frames_.empty() || next_ != nullptr || !members_.empty()) return false;
  const Frame& frame = frames_.back();
  return frame.search != nullptr && frame.next == frame.steps->size();
}

// From between two plays into the next one, or out of the search.
template <World W>
void Interpreter<W>::leave_play(const Progress& progress) {
  Frame& frame = frames_.back();
  if (progress.done() && !frame.search->over()) {
    frame.next = 0;
    return;
  }
  add_policy(frame.search->cut_short());
  frames_.pop_back();
}

// What fails in a search has only failed one of its plays.
template <World W>
bool Interpreter<W>::taken_by_search(const Progress& failure) {
  const auto is_search = [](const Frame& frame) { return frame.search != nullptr; };
  const auto found = std::find_if(frames_.rbegin(), frames_.rend(), is_search);
  if (found == frames_.rend()) return false;
  found->next = found->steps->size();
  found->search->fail_play(stage_, failure);
  frames_.erase(found.base(), frames_.end());
  next_ = nullptr;
  members_.clear();
  return true;
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

template <World W>
const script::Step* Interpreter<W>::next_step() {
  while (!frames_.empty()) {
    Frame& frame = frames_.back();
    if (frame.next < frame.steps->size()) return &(*frame.steps)[frame.next++];
    if (at_end_of_play()) return nullptr;
    if (!next_turn(frame)) frames_.pop_back();
  }
  return nullptr;
}

// The next turn of a loop, if there is one: its name is bound, its steps begin again.
template <World W>
bool Interpreter<W>::next_turn(Frame& frame) {
  ++frame.turn;
  if (frame.repeat != nullptr && frame.turn < frame.turns && may_begin(*frame.repeat)) {
    if (frame.name != nullptr) bind_turn(*frame.name, std::to_string(frame.turn + 1));
  } else if (frame.words != nullptr && frame.turn < frame.words->words.size()) {
    const Evaluated word = evaluate(frame.words->words[frame.turn], stage_.bindings());
    bind_turn(*frame.name, word.bytes);
  } else {
    return false;
  }
  frame.next = 0;
  return true;
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
    activity_.template emplace<Syncing<W>>(stage_.members(step.who));
    return Progress::finish();
  }
  if (std::holds_alternative<script::Register>(action)) {
    activity_.template emplace<Registering<W>>(stage_.members(step.who));
    return Progress::finish();
  }
  if (step.who.empty()) return begin_block(step);
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

template <World W>
Progress Interpreter<W>::begin_block(const script::Step& step) {
  const script::Action& action = step.action;
  if (const auto* glue = std::get_if<script::Glue>(&action)) {
    activity_.template emplace<Gluing<W>>(*glue);
  } else if (const auto* one_of = std::get_if<script::OneOf>(&action)) {
    activity_.template emplace<Choosing<W>>(*one_of);
  } else if (const auto* unordered = std::get_if<script::Unordered>(&action)) {
    activity_.template emplace<Collecting<W>>(*unordered);
  } else if (const auto* wait = std::get_if<script::Wait>(&action)) {
    const TimePoint until = stage_.world().now() + stage_.limit(wait->duration);
    activity_.template emplace<Waiting>(Waiting{.until = until});
  } else if (const auto* fact = std::get_if<script::ServerFact>(&action)) {
    if (fact->what == script::ServerFact::What::alive) {
      activity_.template emplace<Asking>(Asking{.ticket = sentinel_.ask()});
    } else if (fact->what == script::ServerFact::What::base) {
      base_ = baseline(stage_.world());
    } else {
      activity_.template emplace<Measuring<W>>(*fact, base_);
    }
  } else if (const auto* condition = std::get_if<script::If>(&action)) {
    const bool holding = holds(condition->condition, stage_.profile(), stage_.world().abilities());
    frames_.push_back({.steps = holding ? &condition->then_steps : &condition->else_steps});
  } else if (const auto* let = std::get_if<script::Let>(&action)) {
    const Evaluated text = evaluate(let->text, stage_.bindings());
    if (!text.ok()) return skip_for(text);
    stage_.bindings().bind(let->name, text.bytes);
  } else if (const auto* repeat = std::get_if<script::Repeat>(&action)) {
    return begin_repeat(*repeat);
  } else if (const auto* words = std::get_if<script::For>(&action)) {
    return begin_words(*words);
  } else if (const auto* search = std::get_if<script::Search>(&action)) {
    auto searching = std::make_unique<Searching<W>>(*search, stage_);
    frames_.push_back({.steps = &search->steps, .search = std::move(searching)});
  }
  return Progress::finish();
}

template <World W>
Progress Interpreter<W>::begin_repeat(const script::Repeat& repeat) {
  if (repeat.until_bytes) {
    activity_.template emplace<Flooding<W>>(repeat);
    return Progress::finish();
  }
  std::uint64_t turns = repeat.count;
  if (repeat.times) {
    const auto number = number_of(*repeat.times, stage_.bindings());
    if (!number) return skip_for({.bytes = "", .missing = repeat.times->name});
    if (*number > kNamedTurnsMax) {
      return Progress::skip("{" + repeat.times->name + "} is " + std::to_string(*number) +
                            ", too many to try");
    }
    turns = *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
  }
  if (turns == 0 || !may_begin(repeat)) return Progress::finish();
  const std::string* name = repeat.name ? &*repeat.name : nullptr;
  if (name != nullptr) bind_turn(*name, "1");
  frames_.push_back({.steps = &repeat.steps, .name = name, .repeat = &repeat, .turns = turns});
  return Progress::finish();
}

// Whether a turn may begin: not once the client that ends the loop has seen its end.
template <World W>
bool Interpreter<W>::may_begin(const script::Repeat& repeat) {
  if (!repeat.until_closed) return true;
  const auto clients = stage_.members({*repeat.until_closed});
  return std::ranges::any_of(clients, [this](std::size_t i) { return stage_.client(i).open(); });
}

// All words are looked at before the first turn: a loop is played as a whole or not at all.
template <World W>
Progress Interpreter<W>::begin_words(const script::For& words) {
  if (words.words.empty()) return Progress::finish();
  for (const script::Text& word : words.words) {
    const Evaluated text = evaluate(word, stage_.bindings());
    if (!text.ok()) return skip_for(text);
  }
  bind_turn(words.name, evaluate(words.words.front(), stage_.bindings()).bytes);
  frames_.push_back({.steps = &words.steps, .name = &words.name, .words = &words});
  return Progress::finish();
}

template <World W>
Progress Interpreter<W>::begin_for(const script::Step& step, std::size_t index) {
  const script::Action& action = step.action;
  Client& client = stage_.client(index);
  activity_began_ = stage_.world().now();
  if (const auto* send = std::get_if<script::Send>(&action)) {
    return begin_send(*send, index);
  } else if (const auto* expect = std::get_if<script::Expect>(&action)) {
    return begin_expect(step, *expect, index);
  } else if (const auto* connect = std::get_if<script::Connect>(&action)) {
    if (connect->nick) {
      const Evaluated nick = evaluate(*connect->nick, stage_.bindings());
      if (!nick.ok()) return skip_for(nick);
      client.nick = nick.bytes;
      client.nick_is_meant = true;
      stage_.bindings().bind(client.name, client.nick, Bindings::Kind::name);
    }
    activity_.template emplace<Registering<W>>(std::vector<std::size_t>{}, std::vector{index});
  } else if (const auto way = way_out(action, stage_.bindings())) {
    const bool asks = std::holds_alternative<script::Leave>(action);
    const Provokes provokes = asks ? Provokes::input : Provokes::nothing;
    activity_.template emplace<Leaving<W>>(index, *way, provokes);
  } else if (std::holds_alternative<script::Mute>(action)) {
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
    activity_.template emplace<Awaiting<W>>(index, expect);
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
  if (std::holds_alternative<BetweenPlays>(activity_)) leave_play(progress);
  activity_ = std::monostate{};
  if (progress.step == nullptr) progress.step = step_;
  if (progress.state == Progress::State::failed) progress.actual += turns();
  return progress;
}

template <World W>
void Interpreter<W>::bind_turn(const std::string& name, const std::string& value) {
  stage_.bindings().bind(name, value);
  stage_.transcript().note(name + " = " + value);
}

// In which turn of which loops it is, of this play of a search: " (how = rst)".
template <World W>
std::string Interpreter<W>::turns() const {
  std::string text;
  for (const Frame& frame : frames_) {
    if (frame.search != nullptr) text.clear();
    if (frame.name == nullptr) continue;
    const std::string& value = *stage_.bindings().find(*frame.name);
    text += (text.empty() ? " (" : ", ") + *frame.name + " = " + value;
  }
  return text.empty() ? text : text + ")";
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
