// Planning: which plays a case gets, and with which cuts.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/oracle/invariance.h"
#include "harness/run/cut.h"
#include "harness/script/model.h"

namespace conform {

// The cuts that are asked for.
struct Cuts {
  std::vector<Cut> cuts;
  bool each_cut = false;    // One play for each offset at which a send can be cut.
  std::uint64_t drawn = 0;  // So many plays with random cuts.

  bool operator==(const Cuts&) const = default;
};

// What a case came to with each client's sends whole: what its other cuts are held against.
struct Whole {
  std::vector<Replies> replies;  // Of each of its plays that came to its end.
  std::set<std::size_t> cut_points;
  std::uint64_t sends = 0;
  std::uint64_t bytes = 0;     // Of them.
  bool each_cut = false;       // Plays for the cut points are wanted.
  std::uint32_t troubled = 0;  // How many plays with other cuts did not pass.
};

// One play of a case, and the text that its spans point into.
struct PlannedCase {
  const script::Case* item = nullptr;
  const script::SourceText* source = nullptr;
  Cut cut;
  std::uint32_t repetition = 1;
  // Shared by the plays of one repetition; null where only what is written is played.
  std::shared_ptr<Whole> whole;

  // Played again to find out whose doing a death was, though it be not worth its time otherwise.
  bool suspected = false;

  // Others are held against it, so that it is played before them.
  bool is_reference() const { return whole && cut.kind == Cut::Kind::whole; }
};

struct PlanOptions {
  std::optional<Cuts> cuts;  // Without: those that each case asks for.
  std::uint32_t repetitions = 1;
  std::uint64_t seed = 1;
};

// As it is written, and what the case's header asks for besides.
Cuts cuts_of(const script::Segments& segments);

// Whether a case is played with the cuts that are asked of all: not one whose header forbids it,
// that waits for timers, searches, or needs the target to itself.
bool takes_any_cut(const script::Case& item);

// The plays of a case, but for those of each-cut: where its sends can be cut is known only when
// they have been seen. Where anything but the written segments is played, `whole` is played first,
// twice.
std::vector<PlannedCase> plan(const script::Case& item, const script::SourceText& source,
                              const PlanOptions& options);

// Those of each-cut, if the case of this play asks for them, has shown where its sends can be cut,
// and has not got them yet. Too many are thinned evenly.
std::vector<PlannedCase> plan_each_cut(const PlannedCase& played);
std::vector<PlannedCase> plan_each_cut(const std::vector<PlannedCase>& played);

// Why a play is not worth its time any more; empty if it is.
std::string given_up(const PlannedCase& planned);

}  // namespace conform
