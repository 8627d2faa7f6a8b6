// RefdProcess: irc-refd as a process of its own, and its clients.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "tests/load/client.h"
#include "tests/support/process.h"

namespace irc {

inline const std::string kRefd = BINARY_DIR "/irc-refd";

class RefdProcess : public conform::testing::Process {
 public:
  // Listens on a free port of 127.0.0.1, and wherever else the options say.
  explicit RefdProcess(const std::vector<std::string>& options = {})
      : Process(command_line(options)) {}

  // Waits until it listens; throws as wait_for_output does. `where` is how it says so.
  std::uint16_t port(const std::string& where = "on 127.0.0.1:") {
    return static_cast<std::uint16_t>(std::stoul(wait_for_output("irc-refd: listening " + where)));
  }
  // Its exit status after that signal.
  int stop(int signal) {
    send(signal);
    return wait().status;
  }
  // Of what it has in memory.
  std::size_t resident_bytes() const {
    std::ifstream statm("/proc/" + std::to_string(pid()) + "/statm");
    std::size_t all_pages = 0;
    std::size_t resident_pages = 0;
    statm >> all_pages >> resident_pages;
    return resident_pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  }

 private:
  static std::vector<std::string> command_line(const std::vector<std::string>& options) {
    std::vector<std::string> words = {kRefd, "--listen", "127.0.0.1:0"};
    words.insert(words.end(), options.begin(), options.end());
    return words;
  }
};

// A client that is registered, its welcome begun.
inline UniqueFd registered(std::uint16_t port, const std::string& nick) {
  UniqueFd client = connect_to(port);
  EXPECT_TRUE(say(client, "NICK " + nick + "\r\nUSER u 0 * :r\r\n"));
  EXPECT_TRUE(hears(client, " 001 " + nick + " "));
  return client;
}

}  // namespace irc
