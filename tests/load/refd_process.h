// RefdProcess: irc-refd as a process of its own, on a free port, as long as the object lives.
#pragma once

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "server/wire/check.h"

namespace irc {

class RefdProcess {
 public:
  explicit RefdProcess(std::vector<std::string> options = {}) {
    int out[2];
    CHECK(::pipe(out) == 0);
    options.insert(options.begin(), {BINARY_DIR "/irc-refd", "--listen", "127.0.0.1:0"});
    std::vector<char*> argv(options.size() + 1, nullptr);
    std::ranges::transform(options, argv.begin(), [](std::string& each) { return each.data(); });
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out[1], STDERR_FILENO);
    ::posix_spawn_file_actions_addclose(&actions, out[0]);
    CHECK(::posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ) == 0);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(out[1]);
    said_ = first_line(out[0]);
    ::close(out[0]);
  }
  RefdProcess(const RefdProcess&) = delete;
  RefdProcess& operator=(const RefdProcess&) = delete;
  ~RefdProcess() {
    if (pid_ > 0) stop(SIGTERM);
  }

  // What it printed first: where it listens, or why it does not.
  const std::string& said() const { return said_; }
  std::uint16_t port() const {
    return static_cast<std::uint16_t>(std::stoul(said_.substr(said_.rfind(':') + 1)));
  }
  // Of what it has in memory.
  std::size_t resident_bytes() const {
    std::ifstream statm("/proc/" + std::to_string(pid_) + "/statm");
    std::size_t all_pages = 0;
    std::size_t resident_pages = 0;
    statm >> all_pages >> resident_pages;
    return resident_pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  }
  // Its end as waitpid says it, after that signal; 0 sends none.
  int stop(int signal) {
    int status = -1;
    ::kill(pid_, signal);
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return status;
  }

 private:
  static std::string first_line(int fd) {
    std::string line;
    for (char byte = 0; ::read(fd, &byte, 1) == 1 && byte != '\n';) line += byte;
    return line;
  }

  pid_t pid_ = -1;
  std::string said_;
};

}  // namespace irc
