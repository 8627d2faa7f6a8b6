// The blocks that are open while steps are read, innermost last.
#pragma once

#include <cstddef>
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

  // `block` is a step that holds steps; it comes empty.
  void open(Step block, std::string_view word);
  void alternative(Alternative alternative, std::string_view word);
  void otherwise(const Span& span);
  void end(const Span& span);

  // Closes what is open, reporting it, and gives all steps. The stack is then as new.
  Steps finish();

 private:
  struct Open {
    Step block;        // Of the outermost, which is the case itself, only the span means something.
    std::string word;  // "glue"
    Span span;         // Of the line that began that part.
    Steps steps;       // Of the part that is being read: of the alternative, of the else.
    std::size_t lines = 0;  // In that part, broken ones included.
    bool in_else = false;
  };

  // The innermost block if it is one that has alternatives, or two parts.
  OneOf* one_of();
  If* condition();
  void check_filled(std::string_view word);
  void close_part();
  void close();

  ProblemList* problems_;
  std::vector<Open> open_;
  std::size_t too_deep_ = 0;  // How many more are open than are kept.
};

}  // namespace conform::script
