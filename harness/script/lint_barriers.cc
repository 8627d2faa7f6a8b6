// Barriers come after what they end, so the steps are gone through backwards.

#include <algorithm>
#include <iterator>
#include <set>

#include "harness/script/lint_rules.h"
#include "harness/script/walk.h"

namespace conform::script {

namespace {

// What is certain to come later in the case.
struct Later {
  std::set<ClientIndex> barriers;  // Clients that are synced, or seen to the end.
  bool sync = false;
};

bool is_end(const Pattern& pattern) {
  const auto* event = std::get_if<Event>(&pattern);
  return event != nullptr &&
         (*event == Event::eof || *event == Event::reset || *event == Event::closed);
}

bool needs_barrier(const Expect& expect) {
  const auto* event = std::get_if<Event>(&expect.pattern);
  return expect.mode == Expect::Mode::never || (event != nullptr && *event == Event::silence);
}

// What comes in both.
Later common(const Later& a, const Later& b) {
  Later both;
  std::ranges::set_intersection(a.barriers, b.barriers,
                                std::inserter(both.barriers, both.barriers.end()));
  both.sync = a.sync && b.sync;
  return both;
}

class BarrierLint {
 public:
  explicit BarrierLint(const Subject& subject) : subject_(subject) {}

  // What comes from the begin of `steps` on, if `later` comes behind them.
  Later go(const Steps& steps, Later later) {
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) later = before(*step, later);
    return later;
  }

 private:
  Later before(const Step& step, Later later) {
    const auto lists = lists_of(step.action);
    if (lists.empty()) {
      look_at(step, later);
      return later;
    }
    // Each play of a search ends with a barrier of all who stand in it.
    if (const auto* search = std::get_if<Search>(&step.action)) {
      for (const ClientIndex client : actors_then_observers(search->steps)) {
        later.barriers.insert(client);
      }
      later.sync = true;
    }
    Later result = go(*lists.front(), later);
    for (std::size_t i = 1; i < lists.size(); ++i) result = common(result, go(*lists[i], later));
    return result;
  }

  void look_at(const Step& step, Later& later) {
    if (std::holds_alternative<Sync>(step.action)) {
      later.sync = true;
      later.barriers.insert(step.who.begin(), step.who.end());
    } else if (std::holds_alternative<Wait>(step.action)) {
      if (later.sync || subject_.doubt.about("sync")) return;
      subject_.problems.add(step.span, Fault::wait_without_sync);
    } else if (const auto* expect = std::get_if<Expect>(&step.action)) {
      look_at(step, *expect, later);
    }
  }

  void look_at(const Step& step, const Expect& expect, Later& later) {
    if (needs_barrier(expect)) {
      for (const ClientIndex client : step.who) check(step, client, later);
    } else if (is_end(expect.pattern)) {
      later.barriers.insert(step.who.begin(), step.who.end());
    }
  }

  void check(const Step& step, ClientIndex client, const Later& later) {
    if (later.barriers.contains(client) || subject_.doubts(client)) return;
    const std::string_view what =
        std::get<Expect>(step.action).mode == Expect::Mode::never ? "<!" : "silence";
    subject_.problems.add(step.span, Fault::no_barrier, what, subject_.item.clients[client].name);
  }

  const Subject& subject_;
};

}  // namespace

void lint_barriers(const Subject& subject) {
  BarrierLint(subject).go(subject.item.steps, {});
}

}  // namespace conform::script
