#include "harness/script/walk.h"

#include <algorithm>

namespace conform::script {

std::vector<const Steps*> lists_of(const Action& action) {
  using Lists = std::vector<const Steps*>;
  const auto one_of = [](const OneOf& choice) {
    Lists lists;
    for (const Alternative& alternative : choice.alternatives) lists.push_back(&alternative.steps);
    return lists;
  };
  return std::visit(Overloaded{
                        [](const Glue& block) { return Lists{&block.steps}; },
                        [](const Repeat& block) { return Lists{&block.steps}; },
                        [](const For& block) { return Lists{&block.steps}; },
                        [](const Search& block) { return Lists{&block.steps}; },
                        [](const Unordered& block) { return Lists{&block.steps}; },
                        [](const If& fork) {
                          return Lists{&fork.then_steps, &fork.else_steps};
                        },
                        one_of,
                        [](const auto&) { return Lists{}; },
                    },
                    action);
}

std::vector<ClientIndex> actors_then_observers(const Steps& steps) {
  std::vector<ClientIndex> clients;
  const auto add = [&clients](const Step& step) {
    for (const ClientIndex client : step.who) {
      if (std::ranges::find(clients, client) == clients.end()) clients.push_back(client);
    }
    return false;
  };
  const auto acts = [](const Step& step) { return !std::holds_alternative<Expect>(step.action); };
  any_step(steps, [&](const Step& step) { return acts(step) && add(step); });
  any_step(steps, add);
  return clients;
}

bool is_choice(const Action& action) {
  return std::holds_alternative<OneOf>(action) || std::holds_alternative<If>(action);
}

}  // namespace conform::script
