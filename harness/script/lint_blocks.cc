#include <algorithm>

#include "harness/script/lint_rules.h"
#include "harness/script/walk.h"

namespace conform::script {

namespace {

template <class... Kinds>
bool is_one_of(const Action& action) {
  return (std::holds_alternative<Kinds>(action) || ...);
}

bool fits_glue(const Step& step) {
  return is_one_of<Send, Fin, Rst, Close, Connect>(step.action);
}

bool fits_unordered(const Step& step) {
  const auto* expect = std::get_if<Expect>(&step.action);
  return expect != nullptr && expect->mode == Expect::Mode::eventually;
}

// "/.*/ ...": any message at all.
bool matches_anything(const Expect& expect) {
  const auto* message = std::get_if<MessagePattern>(&expect.pattern);
  if (message == nullptr || !message->tags.empty() || message->source) return false;
  const auto* command = std::get_if<Regex>(&message->command);
  return expect.mode != Expect::Mode::never && command != nullptr && command->pattern == ".*" &&
         message->params.size() == 1 && std::holds_alternative<AnyNumber>(message->params.front());
}

bool can_fail(const Step& step) {
  const auto* expect = std::get_if<Expect>(&step.action);
  if (expect != nullptr) return !matches_anything(*expect);
  const auto* fact = std::get_if<ServerFact>(&step.action);
  return fact != nullptr && fact->what != ServerFact::What::base;
}

void check_all(const Subject& subject, const Steps& steps, bool (*fits)(const Step&), Fault fault) {
  for (const Step& step : steps) {
    if (!fits(step)) subject.problems.add(step.span, fault);
  }
}

void check_block(const Subject& subject, const Action& action) {
  if (const auto* glue = std::get_if<Glue>(&action)) {
    check_all(subject, glue->steps, fits_glue, Fault::not_in_glue);
  } else if (const auto* unordered = std::get_if<Unordered>(&action)) {
    check_all(subject, unordered->steps, fits_unordered, Fault::not_in_unordered);
  } else if (const auto* one_of = std::get_if<OneOf>(&action)) {
    for (const Alternative& alternative : one_of->alternatives) {
      if (subject.doubt.any() || any_step(alternative.steps, can_fail)) continue;
      subject.problems.add(alternative.span, Fault::always_holds);
    }
  }
}

void check_steps(const Subject& subject, const Steps& steps) {
  for (const Step& step : steps) {
    check_block(subject, step.action);
    for (const Steps* list : lists_of(step.action)) check_steps(subject, *list);
  }
}

}  // namespace

void lint_blocks(const Subject& subject) {
  check_steps(subject, subject.item.steps);
}

}  // namespace conform::script
