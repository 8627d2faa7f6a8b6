#include "harness/run/course.h"

#include <algorithm>
#include <utility>

#include "harness/run/activity/acting.h"
#include "harness/run/conditions.h"
#include "harness/run/kernel_world.h"
#include "harness/run/sim_world.h"

namespace conform {

namespace {

// Of a loop that a name counts: what stands for it may be the server's.
constexpr std::int64_t kNamedTurnsMax = 10'000;

}  // namespace

template <World W>
Course<W>::Course(Stage<W>& stage) : stage_(stage) {
  frames_.push_back({.steps = &stage.item().steps});
}

template <World W>
const script::Step* Course<W>::next() {
  while (!frames_.empty()) {
    Frame& frame = frames_.back();
    if (frame.next < frame.steps->size()) return &(*frame.steps)[frame.next++];
    if (between_plays() != nullptr) return nullptr;
    if (!next_turn(frame)) frames_.pop_back();
  }
  return nullptr;
}

// The next turn of a loop, if there is one: its name is bound, its steps begin again.
template <World W>
bool Course<W>::next_turn(Frame& frame) {
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

template <World W>
Progress Course<W>::enter(const script::If& condition) {
  const bool holding = holds(condition.condition, stage_.profile(), stage_.world().abilities());
  frames_.push_back({.steps = holding ? &condition.then_steps : &condition.else_steps});
  return Progress::finish();
}

template <World W>
Progress Course<W>::enter(const script::Repeat& repeat) {
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
bool Course<W>::may_begin(const script::Repeat& repeat) {
  if (!repeat.until_closed) return true;
  const auto clients = stage_.members({*repeat.until_closed});
  return std::ranges::any_of(clients, [this](std::size_t i) { return stage_.client(i).open(); });
}

// All words are looked at before the first turn: a loop is played as a whole or not at all.
template <World W>
Progress Course<W>::enter(const script::For& words) {
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
Progress Course<W>::enter(const script::Search& search) {
  auto searching = std::make_unique<Searching<W>>(search, stage_);
  frames_.push_back({.steps = &search.steps, .search = std::move(searching)});
  return Progress::finish();
}

template <World W>
Searching<W>* Course<W>::between_plays() const {
  if (frames_.empty()) return nullptr;
  const Frame& frame = frames_.back();
  return frame.next == frame.steps->size() ? frame.search.get() : nullptr;
}

template <World W>
std::string Course<W>::leave_play(const Progress& progress) {
  Frame& frame = frames_.back();
  if (progress.done() && !frame.search->over()) {
    frame.next = 0;
    return "";
  }
  std::string cut_short = frame.search->cut_short();
  frames_.pop_back();
  return cut_short;
}

template <World W>
bool Course<W>::fail_play(const Progress& failure) {
  const auto is_search = [](const Frame& frame) { return frame.search != nullptr; };
  const auto found = std::find_if(frames_.rbegin(), frames_.rend(), is_search);
  if (found == frames_.rend()) return false;
  found->next = found->steps->size();
  found->search->fail_play(stage_, failure);
  frames_.erase(found.base(), frames_.end());
  return true;
}

template <World W>
void Course<W>::bind_turn(const std::string& name, const std::string& value) {
  stage_.bindings().bind(name, value);
  stage_.transcript().note(name + " = " + value);
}

template <World W>
std::string Course<W>::turns() const {
  std::string text;
  for (const Frame& frame : frames_) {
    if (frame.search != nullptr) text.clear();
    if (frame.name == nullptr) continue;
    const std::string& value = *stage_.bindings().find(*frame.name);
    text += (text.empty() ? " (" : ", ") + *frame.name + " = " + value;
  }
  return text.empty() ? text : text + ")";
}

template class Course<KernelWorld>;
template class Course<SimWorld>;

}  // namespace conform
