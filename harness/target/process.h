// The target's process as /proc shows it, and stopping and continuing it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace conform {

// What is known of a process at one moment.
struct ProcessFacts {
  std::uint32_t descriptors = 0;
  std::uint32_t sockets = 0;  // Among the descriptors.
  std::uint32_t threads = 0;
  std::uint64_t rss_bytes = 0;
  // With the time that it was ready to run and waited for a processor: on a busy machine one that
  // spins gets a small share only.
  std::chrono::nanoseconds cpu_time{0};
  // A thread of it runs or waits for a processor, which is in cpu_time only when it gets one.
  bool ready = false;
};

// What the process uses now; nothing if it is no more, or not ours to look at.
std::optional<ProcessFacts> process_facts(pid_t pid);

// The name of the program, as /proc/PID/comm has it (at most 15 bytes); empty if there is none.
std::string process_name(pid_t pid);

// Whether the process has the socket with this inode open; false if that may not be looked at.
bool holds_socket(pid_t pid, std::uint32_t inode);

// The process that holds the socket with this inode, among those that may be looked at.
std::optional<pid_t> socket_owner(std::uint32_t inode);

// Stops the process and waits until every thread of it has stopped, as /proc tells; false, and it
// goes on, if that takes longer than `limit` or there is no such process.
bool stop_process(pid_t pid, std::chrono::nanoseconds limit);
void continue_process(pid_t pid);

}  // namespace conform
