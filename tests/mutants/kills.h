// Which mutant fails which cases: the suite played in simulation against each of them, and the
// table that is made of it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/sim_suite.h"

namespace conform::testing {

// The suite as it stands in corpus/cases.
const std::vector<script::Script>& suite();

// How a mutant plays the suite.
struct Play {
  irc::SimFaults faults;
  // Cases with megabytes, or thousands of lines or clients, take most of the time; they are left
  // out where nothing about them is in question.
  bool floods = true;
  // Else it is taken for the reference, for what cannot be learnt.
  bool learns = true;
  // Only cases whose ids begin so.
  std::string_view only = {};
  Cuts cuts{.cuts = {Cut{}}};
};

// What becomes of the suite with the server of that name.
std::vector<CaseResult> play_mutant(std::string_view name, const Play& play);

// Of a case's id "area/slug".
std::string_view area_of(std::string_view id);

// The ids of those that failed.
std::set<std::string> failed(const std::vector<CaseResult>& results);

// By case id, the mutants that fail it.
using Kills = std::map<std::string, std::set<std::string>>;

// A line per case of the suite: its level, its id, and the mutants that fail it, or "-".
std::string to_table(const Kills& kills);
// What to_table wrote.
Kills parse_table(const std::string& table);

}  // namespace conform::testing
