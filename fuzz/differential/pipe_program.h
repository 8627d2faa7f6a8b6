// PipeProgram: a program that answers requests on its standard input and output, one at a time. It
// may die, hang or talk nonsense; that is an AdapterFault, and the next request starts it anew. It
// never outlives us: it is killed, with all that it started, when we are done with it, and the
// kernel kills it when we die.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "server/net/unique_fd.h"

namespace fuzz {

// In front of what goes over a pipe stands its length in so many bytes, the highest first.
inline constexpr std::size_t kLengthBytes = 4;
std::string with_length(std::string_view bytes);
// Requires: at least kLengthBytes.
std::size_t length_in(std::string_view bytes);

class PipeProgram {
 public:
  // The longest answer that is read.
  static constexpr std::size_t kAnswerBytesMax = std::size_t{1} << 20U;

  // A command for /bin/sh, which execs it. Nothing is started yet. Ignores SIGPIPE in this process.
  PipeProgram(std::string command, std::chrono::milliseconds deadline);
  ~PipeProgram();
  PipeProgram(const PipeProgram&) = delete;
  PipeProgram& operator=(const PipeProgram&) = delete;

  // Sends the request and returns the answer, each with its length. Starts the program if none
  // runs. Throws AdapterFault if it ends, does not answer before the deadline, gives a longer
  // answer than is read, or says something that it was not asked.
  std::string ask(std::string_view request);

  // Of the one that runs; -1 if none does.
  pid_t pid() const { return pid_; }

 private:
  void start();
  void await_end();
  // Kills and reaps it and its process group. How it had ended: "exited with 3".
  std::string stop();
  void must_be_silent();
  void exchange(std::string_view request, std::string& answer);
  void send_some(std::string_view& request);
  bool receive_some(std::string& answer);
  void arm();

  std::string command_;
  std::chrono::milliseconds deadline_;
  pid_t pid_ = -1;
  irc::UniqueFd input_;   // Its standard input, to be written to.
  irc::UniqueFd output_;  // Its standard output, to be read.
  irc::UniqueFd timer_;   // Becomes readable at the deadline.
};

}  // namespace fuzz
