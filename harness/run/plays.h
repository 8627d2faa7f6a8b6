// Plays: all that a run plays, what each play came to and when. Once the last play of a case has
// ended it tells what the case came to.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/run/plan.h"
#include "harness/run/result.h"
#include "server/net/clock.h"

namespace conform {

class Plays {
 public:
  using Indices = std::vector<std::size_t>;
  // Called for each case, with the one result of all its plays.
  using OnResult = std::function<void(const CaseResult&)>;

  explicit Plays(OnResult on_result);

  void add(std::vector<PlannedCase> plays);
  // Those of each-cut, now that where the sends can be cut has been seen. No case gets a play more:
  // from here on cases are told, first those that have ended already.
  void add_each_cut();

  std::size_t size() const { return planned_.size(); }
  const PlannedCase& planned(std::size_t index) const { return planned_[index]; }

  // What a play came to; once more if it was played again, or found guilty later.
  void keep(std::size_t index, CaseResult result, irc::TimePoint now);
  // Nothing until it has ended.
  const std::optional<CaseResult>& result(std::size_t index) const { return results_[index]; }
  std::optional<irc::TimePoint> ended_at(std::size_t index) const { return ended_at_[index]; }

  Indices all() const;
  Indices unplayed_of(const Indices& indices) const;
  // In the order in which they ended.
  Indices ended_since(irc::TimePoint time) const;

  // The scripts of those of these cases that are played, in the order of the suite.
  std::string scripts_of(const std::set<std::string>& ids) const;

  // Of cases that were not played to their end, what there is.
  void tell_rest();
  // Of all plays that have ended.
  std::vector<CaseResult> take_results();

 private:
  struct OfCase {
    Indices indices;
    std::size_t left = 0;
    std::optional<std::size_t> worst;  // That has ended.
    bool told = false;
  };

  OfCase& case_of(const PlannedCase& planned);
  void tell(OfCase& of_case);

  OnResult on_result_;
  std::vector<PlannedCase> planned_;
  std::vector<std::optional<CaseResult>> results_;
  std::vector<std::optional<irc::TimePoint>> ended_at_;
  std::vector<OfCase> cases_;  // In the order of their first plays.
  std::map<const script::Case*, std::size_t> place_of_;
  bool all_planned_ = false;
};

}  // namespace conform
