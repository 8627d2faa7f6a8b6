// The lexer: a text as lines, and a line as something that is read from left to right. What is
// wrong is reported with its span; readers then return nothing, and the line is given up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "harness/script/bytes.h"
#include "harness/script/faults.h"
#include "harness/script/model.h"

namespace conform::script {

// The lines of `text` without LF or CR LF. Views into it.
std::vector<std::string_view> split_lines(std::string_view text);

// One line that is being read. Views stay valid as long as the text it was made of.
class Line {
 public:
  Line(std::string_view text, std::uint32_t number, ProblemList& problems)
      : text_(text), number_(number), problems_(&problems) {}

  std::string_view text() const { return text_; }
  std::string_view rest() const { return text_.substr(at_); }
  std::uint32_t number() const { return number_; }
  std::size_t position() const { return at_; }
  bool at_end() const { return at_ == text_.size(); }
  // The next byte, or NUL at the end.
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  bool starts_with(std::string_view literal) const { return rest().starts_with(literal); }

  // Requires: not at_end().
  char take() { return text_[at_++]; }
  // Takes `literal` if it is next.
  bool take(std::string_view literal);
  // Takes `word` if it is next and a blank or the end follows.
  bool take_keyword(std::string_view word);
  // As many bytes as `wanted` holds for; maybe none.
  template <class Predicate>
  std::string_view take_while(Predicate wanted) {
    const std::size_t begin = at_;
    while (!at_end() && wanted(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  // Up to the next blank or the end.
  std::string_view take_word();
  // Back to a position() of before.
  void rewind(std::size_t position) { at_ = position; }
  void skip_blanks() { take_while(is_blank); }

  // From `begin` to where the reading is now.
  Span span_from(std::size_t begin) const;
  // The next `length` bytes, as far as there are so many.
  Span here(std::size_t length = 1) const;
  // Of everything between the outermost blanks.
  Span whole() const;

  // Reports; always false, so that a reader can end with it.
  template <class... Args>
  bool fail(const Span& span, Fault fault, const Args&... args) {
    problems_->add(span, fault, args...);
    return false;
  }
  // "expected …" at the next word.
  bool expected(std::string_view what);
  // Nothing but blanks may follow.
  bool finish();

 private:
  std::string_view text_;
  std::uint32_t number_;
  ProblemList* problems_;
  std::size_t at_ = 0;
};

// Reports the first byte of `line` that no script may hold: a control byte, or what is not UTF-8.
bool check_bytes(Line& line);

}  // namespace conform::script
