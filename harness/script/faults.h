// What can be wrong with a script: every message in one table, so that a test can hold the golden
// files against it, and the list that a reading fills.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/parse.h"

namespace conform::script {

// In the order of the table in faults.cc.
enum class Fault : std::uint8_t {
  // The file and its lines.
  file_too_large,
  too_many_problems,
  no_case,
  not_utf8,
  control_byte,
  expected,
  unexpected,
  expected_case,
  duplicate_id,
  wrong_area,
  // Headers.
  missing_header,
  unknown_header,
  duplicate_header,
  no_value,
  no_rule,
  no_steps,
  unknown_level,
  unknown_source,
  no_section,
  none_without_reason,
  reserved_name,
  duplicate_client,
  unknown_option,
  raw_and_absent,
  unknown_requirement,
  unknown_segmentation,
  duplicate_word,
  out_of_range,
  // Text.
  quote_open,
  unknown_escape,
  short_hex_escape,
  bad_hex,
  brace_open,
  brace_stray,
  capture_misplaced,
  plain_only,
  must_quote,
  trailing_blank,
  nothing_to_send,
  empty_segment,
  fill_outside_send,
  too_many_bytes,
  // Expectations.
  bad_command,
  any_number_twice,
  too_many_params,
  regex_open,
  bad_regex,
  empty_choice,
  within_never,
  within_elsewhere,
  silence_elsewhere,
  // Steps and blocks.
  unknown_verb,
  unknown_client,
  unknown_fact,
  stray_end,
  stray_else,
  stray_grade,
  no_grade,
  not_closed,
  empty_block,
  too_deep,
  // Lint.
  unknown_name,
  name_out_of_scope,
  name_taken,
  not_a_number,
  capture_by_many,
  capture_in_never,
  no_barrier,
  no_control,
  no_control_of_command,
  wait_without_sync,
  sync_unterminated,
  sync_half_closed,
  sync_paused,
  not_connected,
  already_connected,
  sends_after_fin,
  sends_after_end,
  unused_client,
  always_holds,
  bad_way,
  not_in_glue,
  not_in_unordered,
};

// The message of `fault`, with {} where its arguments go.
std::string_view pattern_of(Fault fault);

inline constexpr std::size_t kFaultCount = static_cast<std::size_t>(Fault::not_in_unordered) + 1;

// Problems in the order in which they were found; at most kProblemsMax of them.
class ProblemList {
 public:
  static constexpr std::size_t kProblemsMax = 1000;

  template <class... Args>
  void add(const Span& span, Fault fault, const Args&... args) {
    ++found_;
    if (muted_) return;
    if (problems_.size() == kProblemsMax) {
      full_ = true;
      return;
    }
    problems_.push_back({span, fmt::format(fmt::runtime(pattern_of(fault)), args...)});
  }

  // Whether no more are kept.
  bool full() const { return full_; }

  // How many there were to report, those that are not kept included.
  std::size_t found() const { return found_; }

  // While muted nothing is kept: for a line of which the cause is told already.
  void mute(bool muted) { muted_ = muted; }

  // In the order of the text, without duplicates; leaves the list empty.
  std::vector<Problem> take();

 private:
  std::vector<Problem> problems_;
  std::size_t found_ = 0;
  bool muted_ = false;
  bool full_ = false;
};

// `bytes` for a message: odd bytes escaped, and cut short where it is long.
std::string shown(std::string_view bytes);

}  // namespace conform::script
