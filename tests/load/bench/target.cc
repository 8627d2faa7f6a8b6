#include "tests/load/bench/target.h"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

#include "server/wire/check.h"

namespace irc::bench {
namespace {

std::string contents_of(pid_t pid, const char* file) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/" + file);
  std::ostringstream text;
  text << in.rdbuf();
  CHECK(!text.str().empty());
  return text.str();
}

}  // namespace

double Target::cpu_seconds() const {
  const std::string stat = contents_of(pid, "stat");
  // Behind the name in brackets, which may hold blanks: state, then 10 numbers, utime, stime.
  std::istringstream in(stat.substr(stat.rfind(')') + 1));
  std::string skipped;
  for (int i = 0; i < 11; ++i) in >> skipped;
  double user_ticks = 0;
  double system_ticks = 0;
  in >> user_ticks >> system_ticks;
  return (user_ticks + system_ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::size_t Target::resident_bytes() const {
  std::istringstream in(contents_of(pid, "statm"));
  std::size_t all_pages = 0;
  std::size_t resident_pages = 0;
  in >> all_pages >> resident_pages;
  return resident_pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::size_t Target::peak_resident_bytes() const {
  const std::string status = contents_of(pid, "status");
  std::istringstream in(status.substr(status.find("VmHWM:") + 6));
  std::size_t kibibytes = 0;
  in >> kibibytes;
  return kibibytes * 1024;
}

}  // namespace irc::bench
