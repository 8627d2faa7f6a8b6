// Interpreter: plays one case. It turns each step of its course into an activity, and asks that
// until it is done: it never waits itself, so that many cases are played by one loop.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "harness/run/activity/acting.h"
#include "harness/run/activity/awaiting.h"
#include "harness/run/activity/choosing.h"
#include "harness/run/activity/flooding.h"
#include "harness/run/activity/gluing.h"
#include "harness/run/activity/measuring.h"
#include "harness/run/activity/registering.h"
#include "harness/run/activity/searching.h"
#include "harness/run/course.h"
#include "harness/run/sentinel.h"
#include "harness/run/stage.h"

namespace conform {

template <World W>
class Interpreter {
 public:
  Interpreter(Stage<W>& stage, Sentinel<W>& sentinel);

  // Goes on as far as it can. Progress::step is the step to blame for failed, inconclusive,
  // skipped.
  Progress advance();

  // Whether it does nothing by itself until a time in the future or a timer of the target: it may
  // as well be asked later.
  bool rests() const;

  // After done: what the one-of blocks came to.
  Grade grade() const { return grade_; }
  const std::string& policy() const { return policy_; }
  // What has been waited for, by name, and for how long.
  const std::map<std::string, Duration>& waits() const { return waits_; }

 private:
  struct Waiting {
    TimePoint until{};
  };
  struct Asking {
    std::uint64_t ticket = 0;
  };
  // Between two plays of the innermost search.
  struct BetweenPlays {
    Searching<W>* search = nullptr;
  };
  using Activity = std::variant<std::monostate, Registering<W>, Sending<W>, Leaving<W>, Awaiting<W>,
                                Syncing<W>, Choosing<W>, Collecting<W>, Gluing<W>, Flooding<W>,
                                Measuring<W>, Waiting, Asking, BetweenPlays>;

  // Begins an activity; it goes on with advance_activity.
  template <class A, class... Arguments>
  Progress take_up(Arguments&&... arguments) {
    activity_.template emplace<A>(std::forward<Arguments>(arguments)...);
    return Progress::finish();
  }
  Progress open();
  Progress go_on();
  bool has_ended() const;
  std::vector<std::size_t> starting(script::ClientDecl::Start start);
  bool lets_go_before(const script::Step& step);
  bool lets_go_before(const script::Step& step, std::size_t client);
  bool let_go();
  Progress begin_send(const script::Send& send, std::size_t client);
  Progress begin(const script::Step& step);
  Progress begin_block(const script::Action& action);
  Progress begin_fact(const script::ServerFact& fact);
  Progress bind(const script::Let& let);
  Progress begin_for(const script::Step& step, std::size_t index);
  Progress begin_expect(const script::Step& step, const script::Expect& expect, std::size_t index);
  Progress advance_activity();
  Progress ended(Progress progress);
  void worsen(const script::Alternative& chosen);
  void add_policy(const std::string& policy);
  std::string activity_name() const;

  Stage<W>& stage_;
  Sentinel<W>& sentinel_;
  Baseline base_;
  bool opened_ = false;
  Course<W> course_;
  const script::Step* step_ = nullptr;
  const script::Step* next_ = nullptr;  // What waits until nobody holds anything back.
  std::optional<std::size_t> holder_;   // The client whose sends are held back.
  std::vector<std::size_t> members_;    // Of the step, those that it has still to be played for.
  Activity activity_;
  TimePoint activity_began_{};
  Grade grade_ = Grade::pass;
  std::string policy_;
  std::map<std::string, Duration> waits_;
};

}  // namespace conform
