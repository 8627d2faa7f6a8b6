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

// What an adapter was asked, and what showed of its readings and of all that it says it differs in.
struct Tally {
  std::size_t streams = 0;
  std::size_t lines = 0;
  std::array<Sightings, kReadings.size()> shown;
  std::map<std::string, Sightings> differs;
};

// Holds inputs against one adapter, and keeps count of how it differs from irc-conform.
class DifferenceOracle {
 public:
  // The adapter must outlive it. With `learns`, a difference that one or two readings explain is no
  // finding: the adapter is taken to have them in the place of what it declares, and those that
  // explain what differs later have to explain this as well.
  explicit DifferenceOracle(Adapter& adapter, bool learns = false);

  // The first difference that is not declared, with a case that a server can be asked.
  Verdict judge(const FramerInput& input);

  // Of each reading that it has how often it showed, and all that the adapter says it differs in:
  // some lines of text.
  std::string report() const;

 private:
  // Whether what was seen is what is expected of who has the readings.
  using IsRight = std::function<bool(const Readings&)>;

  // What is not as declared; what it holds is valid as long as the input.
  struct Difference {
    Finding finding;
    IsRight is_right;  // Empty: there is no answer that could be.
    std::function<std::string(const ReadingRow*)> case_of;  // Of the reading that explains it.
  };

  // The first of the input.
  std::optional<Difference> difference(const FramerInput& input);
  std::optional<Difference> difference_of_frames(const FramerInput& input);
  std::optional<Difference> difference_of_message(const std::string& line);
  Finding finding(const Oracle& oracle, const std::string& setting, std::string expected,
                  std::string actual) const;
  // Counts those of its readings that show in what is expected of it.
  template <class ExpectedOf>
  void count(ExpectedOf expected_of, std::string_view input);
  std::string case_of_frames(const Topic& topic, const FramerInput& input);
  std::string case_of_message(const Topic& topic, std::string_view line);

  Adapter& adapter_;
  Readings readings_;
  bool learns_;
  std::vector<IsRight> learnt_;  // From these.
  Tally tally_;
};

}  // namespace fuzz
