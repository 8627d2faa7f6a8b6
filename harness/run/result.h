// What a run found: the values that the driver makes and every report is written from.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/script/model.h"
#include "server/net/clock.h"

namespace conform {

using irc::Duration;

// A case's grade, from best to worst but for the last three, which say that nothing was measured.
enum class Grade : std::uint8_t {
  pass,
  lenient,       // Allowed, not recommended.
  info,          // Neither right nor wrong: what this server does.
  fail,          // Not what the cited text requires.
  inconclusive,  // Played, but what it rests on did not happen; `reason` says what.
  skip,          // Not played; `reason` says what it needs.
  error,         // A fault of ours.
};

// How sure it is that the server read the segments of a case one by one.
enum class Boundaries : std::uint8_t {
  none,       // The case has none: every client sent one segment, or nothing, at a time.
  proved,     // The kernel said that each was read before the next was sent.
  witnessed,  // Each left this machine, and a witness was answered twice before the next.
  requested,  // Sent apart, with a gap in time.
};

// How many boundaries a play wanted, by what came of them.
struct BoundaryCounts {
  std::uint64_t proved = 0;
  std::uint64_t witnessed = 0;
  std::uint64_t requested = 0;
  std::uint64_t refuted = 0;  // The target did not read the segment before it in time.

  std::uint64_t attempted() const { return proved + witnessed + requested + refuted; }
  BoundaryCounts& operator+=(const BoundaryCounts& more) {
    proved += more.proved;
    witnessed += more.witnessed;
    requested += more.requested;
    refuted += more.refuted;
    return *this;
  }
};

// What the plays of a case with one kind of cuts came to.
struct VariantResult {
  std::string name;       // "as-written", "each-cut"; "bytes#2" in a repetition.
  std::size_t plays = 0;  // Those that were skipped are not counted.
  std::string worst;      // Its worst play: "cut(17)".
  Grade grade = Grade::pass;
  Boundaries boundaries = Boundaries::none;
  Duration duration{};  // Of the longest play.
  std::string reason;   // Of the worst play.
};

struct Location {
  std::string file;
  script::Span span;
  std::string text;  // The line that `span` points into.
};

struct CaseResult {
  std::string id;
  std::string variant;       // The play it tells of: "as-written", "cut(7)"; empty for any of them.
  std::string segmentation;  // The variant that is a play of: "each-cut" of "cut(7)".
  std::string title;
  script::Level level = script::Level::must;
  std::vector<script::Citation> citations;
  std::vector<std::string> tags;

  Grade grade = Grade::pass;
  Boundaries boundaries = Boundaries::none;
  BoundaryCounts boundary_counts;
  Duration duration{};  // Of the longest play; 0 where none came to its end.
  std::string reason;   // One sentence; always there for inconclusive, skip and error.
  std::string policy;   // What the server does, by the name of the alternative that held.

  // The step that decided a grade other than pass, or the case's first line.
  Location location;
  std::string step;  // As the notation writes it.
  std::string expected;
  std::string actual;      // One sentence: what was seen in its place.
  std::string root_cause;  // Equal for results with one cause: "target died: SIGSEGV after ...".

  std::string transcript;  // What was sent and received, in the notation, a line each.
  std::string replay;      // A whole script that plays it again; empty for pass.
  std::string seen_in;     // The id of another case, whose play it is that shows it; or empty.

  std::vector<VariantResult> variants;  // Once it stands for all plays of the case.
};

// One end of the target's process that nobody asked for.
struct Death {
  std::string case_id;       // Convicted by a re-run alone; empty if none could be.
  std::string how;           // "killed by SIGSEGV", "exited with 0".
  std::string stderr_tail;   // The last lines that it wrote.
  bool of_learning = false;  // Of a question before the first case: no case's doing.
  // Ids of the cases one of which did it, where the target cannot be started again to tell which.
  std::vector<std::string> suspects;
};

struct TargetInfo {
  std::string address;   // "127.0.0.1:6667"
  std::string software;  // By 004 or 002; empty if it does not say.
  std::optional<int> pid;
  std::map<std::string, std::string> isupport;
  std::map<std::string, std::string> learnt;  // "barrier" -> "PING", "time to welcome" -> "1.2 ms"
  bool built_in = false;  // No server of the user's: the reference server, for want of a target.
};

// How a run ended, other than by having played everything.
enum class RunEnd : std::uint8_t { complete, interrupted, unreachable, usage };

struct RunResult {
  std::uint64_t seed = 0;
  std::chrono::system_clock::time_point started;
  Duration duration{};
  TargetInfo target;
  std::vector<CaseResult> cases;  // One a case, its worst play, in the order of the suite.
  std::vector<Death> deaths;
  // What a command needs that plays a result again: this program as it was called; as a shell takes
  // it, how the target was named and where the cases came from; or the one script that was played.
  std::string program = "irc-conform";
  std::string target_options;
  std::string suite_options;
  std::string script;
  // How many cases were left as they are, though other cuts were asked of all.
  std::size_t not_recut = 0;
  RunEnd end = RunEnd::complete;
  std::string end_reason;                 // For unreachable: a sentence that helps.
  std::map<std::string, Duration> waits;  // What the driver waited for: "barrier" -> sum.
};

}  // namespace conform
