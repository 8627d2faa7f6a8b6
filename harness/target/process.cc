#include "harness/target/process.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <memory>
#include <sstream>

namespace conform {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};
using Directory = std::unique_ptr<DIR, CloseDirectory>;

std::string proc_path(pid_t pid, const std::string& name) {
  return "/proc/" + std::to_string(pid) + "/" + name;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The names in a directory of /proc, without "." and "..".
std::vector<std::string> entries(const std::string& path) {
  std::vector<std::string> names;
  const Directory directory(opendir(path.c_str()));
  if (directory == nullptr) return names;
  while (const dirent* entry = readdir(directory.get())) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  return names;
}

// Empty if it is no symbolic link.
std::string link_target(const std::string& path) {
  std::array<char, 64> target{};
  const ssize_t bytes = readlink(path.c_str(), target.data(), target.size());
  return {target.data(), bytes > 0 ? static_cast<std::size_t>(bytes) : 0};
}

// The words of a stat file behind the program's name, which may hold anything: state is the first.
std::vector<std::string> stat_words(const std::string& stat) {
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream text(stat.substr(name_end + 1));
  std::vector<std::string> words;
  for (std::string word; text >> word;) words.push_back(word);
  return words;
}

std::uint64_t number(const std::string& word) {
  std::uint64_t value = 0;
  std::from_chars(word.data(), word.data() + word.size(), value);
  return value;
}

// Gone, or waiting for its parent to take notice.
bool has_ended(pid_t pid) {
  const std::vector<std::string> words = stat_words(read_file(proc_path(pid, "stat")));
  return words.empty() || words[0] == "Z" || words[0] == "X";
}

// What its threads ran and what they waited for a processor, as the scheduler counts them (0 where
// the kernel does not), and whether one of them is ready now.
void look_at_threads(pid_t pid, ProcessFacts& facts) {
  std::uint64_t nanos = 0;
  for (const std::string& thread : entries(proc_path(pid, "task"))) {
    const std::string folder = proc_path(pid, "task/" + thread);
    std::istringstream text(read_file(folder + "/schedstat"));
    std::uint64_t ran = 0, waited = 0;
    text >> ran >> waited;
    nanos += ran + waited;
    const std::vector<std::string> words = stat_words(read_file(folder + "/stat"));
    facts.ready |= !words.empty() && words[0] == "R";
  }
  facts.cpu_time = std::max(facts.cpu_time, std::chrono::nanoseconds(nanos));
}

void count_descriptors(pid_t pid, ProcessFacts& facts) {
  for (const std::string& fd : entries(proc_path(pid, "fd"))) {
    ++facts.descriptors;
    if (link_target(proc_path(pid, "fd/" + fd)).starts_with("socket:")) ++facts.sockets;
  }
}

bool every_thread_stopped(pid_t pid) {
  const std::vector<std::string> threads = entries(proc_path(pid, "task"));
  for (const std::string& thread : threads) {
    const auto words = stat_words(read_file(proc_path(pid, "task/" + thread + "/stat")));
    if (words.empty() || (words[0] != "T" && words[0] != "t")) return false;
  }
  return !threads.empty();
}

}  // namespace

std::optional<ProcessFacts> process_facts(pid_t pid) {
  // Positions in /proc/PID/stat, counted from the state (proc(5): fields 14, 15, 20 and 24).
  constexpr std::size_t kUserTime = 11, kSystemTime = 12, kThreads = 17, kRssPages = 21;
  const std::vector<std::string> words = stat_words(read_file(proc_path(pid, "stat")));
  if (words.size() <= kRssPages) return std::nullopt;
  const auto ticks = number(words[kUserTime]) + number(words[kSystemTime]);
  const auto ticks_per_second = static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK));
  const auto page_bytes = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  constexpr std::uint64_t kNanos = 1'000'000'000;
  ProcessFacts facts;
  count_descriptors(pid, facts);
  facts.threads = static_cast<std::uint32_t>(number(words[kThreads]));
  facts.rss_bytes = number(words[kRssPages]) * page_bytes;
  facts.cpu_time = std::chrono::nanoseconds(ticks * (kNanos / ticks_per_second));
  look_at_threads(pid, facts);
  return facts;
}

std::string process_name(pid_t pid) {
  std::string name = read_file(proc_path(pid, "comm"));
  if (name.ends_with('\n')) name.pop_back();
  return name;
}

bool holds_socket(pid_t pid, std::uint32_t inode) {
  const std::string wanted = "socket:[" + std::to_string(inode) + "]";
  for (const std::string& fd : entries(proc_path(pid, "fd"))) {
    if (link_target(proc_path(pid, "fd/" + fd)) == wanted) return true;
  }
  return false;
}

std::optional<pid_t> socket_owner(std::uint32_t inode) {
  for (const std::string& name : entries("/proc")) {
    const auto pid = static_cast<pid_t>(number(name));
    if (pid != 0 && holds_socket(pid, inode)) return pid;
  }
  return std::nullopt;
}

bool stop_process(pid_t pid, std::chrono::nanoseconds limit) {
  constexpr auto kPause = std::chrono::microseconds(50);
  if (kill(pid, SIGSTOP) != 0) return false;
  for (auto waited = std::chrono::nanoseconds(0); waited < limit; waited += kPause) {
    if (every_thread_stopped(pid)) return true;
    if (has_ended(pid)) return false;
    const timespec pause{.tv_sec = 0, .tv_nsec = std::chrono::nanoseconds(kPause).count()};
    nanosleep(&pause, nullptr);
  }
  continue_process(pid);
  return false;
}

void continue_process(pid_t pid) {
  kill(pid, SIGCONT);
}

}  // namespace conform
