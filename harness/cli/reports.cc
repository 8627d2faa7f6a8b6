#include "harness/cli/reports.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <system_error>

#include "harness/report/json.h"
#include "harness/report/output.h"

namespace conform {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kColumnsMin = 20;

std::size_t columns_of(int fd) {
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col < kColumnsMin) return kColumns;
  return size.ws_col;
}

// Does `write`; false, and a line that says why, if it threw.
template <class Write>
bool written(Write write) {
  try {
    write();
    return true;
  } catch (const std::system_error& error) {
    std::cerr << fmt::format("irc-conform: {}\n", error.what());
    return false;
  }
}

}  // namespace

TerminalReport terminal_report(const ReportOptions& options) {
  const bool on_stderr = options.json == "-";
  const int fd = on_stderr ? STDERR_FILENO : STDOUT_FILENO;
  const bool color =
      use_color(options.color, ::isatty(fd) == 1, std::getenv("NO_COLOR"), std::getenv("TERM"));
  return TerminalReport(on_stderr ? std::cerr : std::cout, std::cerr,
                        {.verbose = options.verbose,
                         .color = color,
                         .progress = ::isatty(STDERR_FILENO) == 1,
                         .columns = columns_of(STDERR_FILENO),
                         .fold = ::isatty(fd) == 1 ? columns_of(fd) : 0,
                         .output = options.output});
}

ExitStatus write_reports(RunResult run, const Options& options) {
  const std::string& json = options.reports.json;
  const std::string& output = options.reports.output;
  bool complete = true;
  if (!json.empty()) complete &= written([&] { write_json(run, json); });
  if (!output.empty()) complete &= written([&] { write_output(run, output); });
  if (!complete && run.end != RunEnd::interrupted) run.end = RunEnd::usage;
  return exit_status(run, options.manner.strict);
}

}  // namespace conform
