// The blocks that are open while steps are read, innermost last. What a broken block holds goes to
// the block around it, so that nothing is lost and `end` keeps its meaning.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/faults.h"
#include "harness/script/model.h"

namespace conform::script {

class BlockStack {
 public:
  explicit BlockStack(ProblemList& problems) : problems_(&problems) { open_.emplace_back(); }

  // A step that is whole. In a one-of before its first grade it is reported.
  void add(Step step);
  // A line that could not be read stood here.
  void skip(const Span& span);

  // `block` is a step that holds steps; it comes empty. Without one the block is broken.
  void open(std::optional<Step> block, std::string_view word, const Span& span);
  void alternative(std::optional<Alternative> alternative, std::string_view word, const Span& span);
  void otherwise(const Span& span);
  void end(const Span& span);

  // Closes what is open, reporting it, and gives all steps. The stack is then as new.
  Steps finish();

 private:
  struct Open {
    std::optional<Step> block;  // Without one: broken, or the case itself.
    std::string word;           // "glue"
    Span span;
    Steps steps;            // Of the part that is being read: of the alternative, of the else.
    std::size_t lines = 0;  // In that part, broken ones included.
    bool in_else = false;
  };

  // The innermost block if it is one that has alternatives, or two parts.
  OneOf* one_of();
  If* condition();
  // Nothing is said of a block that is broken or too deep.
  bool unsure() const { return too_deep_ > 0 || (open_.size() > 1 && !open_.back().block); }
  void check_filled(std::string_view word);
  void close_part();
  void close();

  ProblemList* problems_;
  std::vector<Open> open_;
  std::size_t too_deep_ = 0;  // How many more are open than are kept.
};

}  // namespace conform::script
