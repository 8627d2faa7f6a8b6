#include "harness/script/blocks.h"

#include <iterator>
#include <utility>
#include <variant>

#include "harness/script/values.h"

namespace conform::script {

namespace {

void move_to(Steps& to, Steps& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  from.clear();
}

// The list of a block that has only one.
Steps* only_list(Action& action) {
  if (auto* glue = std::get_if<Glue>(&action)) return &glue->steps;
  if (auto* repeat = std::get_if<Repeat>(&action)) return &repeat->steps;
  if (auto* loop = std::get_if<For>(&action)) return &loop->steps;
  if (auto* search = std::get_if<Search>(&action)) return &search->steps;
  if (auto* unordered = std::get_if<Unordered>(&action)) return &unordered->steps;
  return nullptr;
}

// Whether only certain steps may stand in the block.
bool is_strict(const Action& action) {
  return std::holds_alternative<Glue>(action) || std::holds_alternative<Unordered>(action);
}

}  // namespace

OneOf* BlockStack::one_of() {
  return open_.size() > 1 ? std::get_if<OneOf>(&open_.back().block.action) : nullptr;
}

If* BlockStack::condition() {
  return open_.size() > 1 ? std::get_if<If>(&open_.back().block.action) : nullptr;
}

void BlockStack::add(Step step) {
  skip(step.span);
  open_.back().steps.push_back(std::move(step));
}

void BlockStack::skip(const Span& span) {
  Open& inner = open_.back();
  const OneOf* choice = one_of();
  if (too_deep_ == 0 && choice != nullptr && choice->alternatives.empty() && inner.lines == 0) {
    problems_->add(span, Fault::no_grade);
  }
  ++inner.lines;
}

void BlockStack::open(Step block, std::string_view word) {
  const Span span = block.span;
  if (too_deep_ == 0) skip(span);
  if (open_.size() <= kNestingMax) {
    open_.push_back({std::move(block), std::string(word), span, {}, 0, false});
    return;
  }
  if (too_deep_++ == 0) problems_->add(span, Fault::too_deep, kNestingMax);
}

void BlockStack::alternative(Alternative alternative, std::string_view word) {
  if (too_deep_ > 0) return;
  OneOf* choice = one_of();
  if (choice == nullptr) {
    problems_->add(alternative.span, Fault::stray_grade, word);
    return;
  }
  close_part();
  choice->alternatives.push_back(std::move(alternative));
}

void BlockStack::otherwise(const Span& span) {
  if (too_deep_ > 0) return;
  Open& inner = open_.back();
  if (condition() == nullptr || inner.in_else) {
    problems_->add(span, Fault::stray_else);
    return;
  }
  check_filled("if");
  close_part();
  inner.in_else = true;
  inner.span = span;
}

void BlockStack::end(const Span& span) {
  if (too_deep_ > 0) {
    --too_deep_;
  } else if (open_.size() == 1) {
    problems_->add(span, Fault::stray_end);
  } else {
    close();
  }
}

void BlockStack::check_filled(std::string_view word) {
  const Open& inner = open_.back();
  if (inner.lines == 0) problems_->add(inner.span, Fault::empty_block, word);
}

// Moves the steps of the part that was being read to where they belong.
void BlockStack::close_part() {
  Open& inner = open_.back();
  inner.lines = 0;
  if (OneOf* choice = one_of()) {
    if (!choice->alternatives.empty()) move_to(choice->alternatives.back().steps, inner.steps);
  } else if (If* fork = condition()) {
    move_to(inner.in_else ? fork->else_steps : fork->then_steps, inner.steps);
  } else {
    move_to(*only_list(inner.block.action), inner.steps);
  }
}

void BlockStack::close() {
  const OneOf* choice = one_of();
  if (choice == nullptr) {
    check_filled(open_.back().in_else ? "else" : open_.back().word);
  } else if (choice->alternatives.empty()) {
    check_filled("one-of");
  }
  close_part();
  Step closed = std::move(open_.back().block);
  open_.pop_back();
  open_.back().steps.push_back(std::move(closed));
}

Steps BlockStack::finish() {
  while (open_.size() > 1) {
    Open& inner = open_.back();
    problems_->add(inner.block.span, Fault::not_closed, inner.word);
    // What follows was perhaps meant to stand behind it, so the rules of these two do not hold.
    Action& action = inner.block.action;
    if (is_strict(action)) action = Repeat{};
    close();
  }
  too_deep_ = 0;
  Steps steps = std::move(open_.front().steps);
  open_.assign(1, {});
  return steps;
}

}  // namespace conform::script
