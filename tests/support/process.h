// Process: a program that a test runs, with its output read through pipes; and looks at others in
// /proc. Whatever is still running when a Process ends is killed.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "server/net/unique_fd.h"

namespace conform::testing {

// Far more than anything takes, so that a hang fails a test instead of stopping all of them.
inline constexpr std::chrono::seconds kProcessLimit{120};

// How a program ended.
struct Ended {
  int status = 0;  // Its exit status, or 128 and the signal that killed it.
  std::string out, err;
};

class Process {
 public:
  // Starts the program at the path argv[0], without shell; its standard input is empty. Throws
  // std::system_error if it cannot.
  explicit Process(std::vector<std::string> argv);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  void send(int signal) const;
  // Waits until a line with `text` has come on its standard output, and returns what stands behind
  // it in that line. Throws std::runtime_error, with what has come instead, if it ends before or
  // takes longer than kProcessLimit.
  std::string wait_for_output(const std::string& text);
  // Returns when it has ended. Throws std::runtime_error if it takes longer than kProcessLimit.
  Ended wait();

 private:
  bool read_some(std::chrono::steady_clock::time_point deadline);

  pid_t pid_ = -1;
  irc::UniqueFd out_, err_;
  Ended ended_;
};

// Starts it and waits for its end.
Ended run_program(std::vector<std::string> argv);

// As /proc has it: 'R', 'S', 'T' for stopped, 'Z' for ended and not waited for; 0 if there is none.
char process_state(pid_t pid);
// The children of a process by the name of their program (/proc/PID/comm).
std::vector<pid_t> children_of(pid_t pid, const std::string& name);

// Asks again and again, without rest, until the condition holds; false if it did not in
// kProcessLimit. For what no event tells.
bool eventually(const std::function<bool()>& condition);

}  // namespace conform::testing
