// The report that a person reads: progress while cases are played, then every failure in full and
// one line that sums up. Results go to one stream, progress to another and only if it is a
// terminal. Everything that came from a server is escaped.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

#include "harness/report/style.h"
#include "harness/run/result.h"

namespace conform {

struct TerminalOptions {
  bool verbose = false;      // A line per result, all names, what was waited for.
  bool color = false;        // For the results; progress has none.
  bool progress = false;     // The progress stream is a terminal.
  std::size_t columns = 80;  // Its width; a longer progress line is cut.
  std::size_t fold = 0;  // The width of the results' terminal, to fold lines to; 0 if it is none.
  std::string output = {};  // The directory of --output, for the replay commands; may be empty.
};

// Call doing for what comes before the first case, started once, finished for each result as it
// comes, done once at the end.
class TerminalReport {
 public:
  // The streams outlive the report.
  TerminalReport(std::ostream& results, std::ostream& progress, TerminalOptions options);

  // Shows as progress what may take a while: "learning the target".
  void doing(std::string_view what);
  // `results_expected`: how many times finished() will be called.
  void started(std::size_t results_expected);
  void finished(const CaseResult& result);
  // Clears the progress line and writes the report; its last line is the summary.
  void done(const RunResult& run);
  void clear_progress();

  // How this terminal is written to.
  const Style& style() const { return style_; }

 private:
  void show_progress(const std::string& text);
  void write_line(const CaseResult& result);

  std::ostream& results_;
  std::ostream& progress_;
  TerminalOptions options_;
  Style style_;
  std::size_t expected_ = 0;
  std::size_t finished_ = 0;
  std::size_t failed_ = 0;
};

}  // namespace conform
