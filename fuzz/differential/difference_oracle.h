// What has to hold of an adapter, for every stream: however it is cut, its framer gives the lines,
// and its parser the messages, that the naive ones give with the readings it declares.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/differential/adapter.h"
#include "fuzz/differential/difference_case.h"
#include "fuzz/finding.h"
#include "fuzz/framer_oracle.h"
#include "fuzz/readings.h"

namespace fuzz {

// What is expected of who has these readings.
Frames expected_frames(const FramerInput& input, const Readings& readings);
MessageSeen expected_message(std::string_view line, const Readings& readings);

// How often something was seen, and the shortest input that showed it.
struct Sightings {
  std::size_t count = 0;
  std::string shortest;
};

// Holds inputs against one adapter, and keeps count of how it differs from irc-conform.
class DifferenceOracle {
 public:
  // The adapter must outlive it.
  explicit DifferenceOracle(Adapter& adapter);

  // The first difference that is not declared, with a case that a server can be asked.
  Verdict judge(const FramerInput& input);

  // What the adapter would have to declare for the last difference that judge() found: the readings
  // it has then. Nothing if no two readings explain it.
  const std::optional<Readings>& explanation() const { return explanation_; }
  // Takes the explanation's readings in the place of those that the adapter declares; those that
  // explain what differs later have to explain this as well. Requires: there is one.
  void adopt_explanation();

  // Of each reading that it has how often it showed, and all that the adapter says it differs in:
  // some lines of text.
  std::string report() const;

 private:
  // Whether what was seen is what is expected of who has the readings.
  using IsRight = std::function<bool(const Readings&)>;

  Verdict judge_frames(const FramerInput& input);
  Verdict judge_message(std::string_view line);
  Finding finding(const Oracle& oracle, const std::string& setting, std::string expected,
                  std::string actual) const;
  // Looks for readings under which what was seen is right: one or two more than it has, or else one
  // or two more or less. Gives the row of one of them, or nothing.
  const ReadingRow* explain(IsRight is_right);
  bool explains_all(const Readings& readings) const;
  std::string explained() const;
  // Counts those of its readings that show in what is expected of it.
  template <class ExpectedOf>
  void count(ExpectedOf expected_of, std::string_view input);
  std::string case_of_frames(const Topic& topic, const FramerInput& input);
  std::string case_of_message(const Topic& topic, std::string_view line);

  Adapter& adapter_;
  Readings readings_;
  std::optional<Readings> explanation_;
  std::vector<IsRight> evidence_;  // What was adopted before, and what is to be explained.
  std::size_t streams_ = 0;
  std::size_t lines_ = 0;
  std::array<Sightings, kReadings.size()> shown_;
  std::map<std::string, Sightings> differs_;
};

}  // namespace fuzz
