// Going through the steps of a case without knowing every kind of block.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "harness/script/model.h"

namespace conform::script {

// std::visit with one lambda per alternative.
template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

// The lists of steps directly in `action`; none where it is no block. Only one of them is played
// where it is an alternative or a branch. Views into `action`.
std::vector<const Steps*> lists_of(const Action& action);

// Who stands in `steps`, however deep: first those who do something, then those who only see.
std::vector<ClientIndex> actors_then_observers(const Steps& steps);

// Whether the lists of `action` exclude each other: a one-of or an if.
bool is_choice(const Action& action);

// Whether `wanted` holds for a step of `steps`, however deep.
template <class Predicate>
bool any_step(const Steps& steps, const Predicate& wanted) {
  for (const Step& step : steps) {
    if (wanted(step)) return true;
    for (const Steps* list : lists_of(step.action)) {
      if (any_step(*list, wanted)) return true;
    }
  }
  return false;
}

}  // namespace conform::script
