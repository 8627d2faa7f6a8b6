#include "fuzz/differential/pipe_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

#include "fuzz/differential/adapter.h"
#include "server/net/pipe.h"

namespace fuzz {
namespace {

void make_nonblocking(const irc::UniqueFd& fd) {
  ::fcntl(fd.fd(), F_SETFL, ::fcntl(fd.fd(), F_GETFL) | O_NONBLOCK);
}

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// In the child: only what is safe in a copy of a process with threads.
[[noreturn]] void become(const char* command, int input, int output, pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::signal(SIGPIPE, SIG_DFL);
  ::dup2(input, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::execl("/bin/sh", "sh", "-c", command, nullptr);
  ::_exit(127);
}

}  // namespace

std::string with_length(std::string_view bytes) {
  std::string text;
  for (unsigned shift = 8 * kLengthBytes; shift > 0; shift -= 8) {
    text += static_cast<char>(bytes.size() >> (shift - 8));
  }
  return text.append(bytes);
}

std::size_t length_in(std::string_view bytes) {
  std::size_t length = 0;
  for (const char byte : bytes.substr(0, kLengthBytes)) {
    length = length << 8U | static_cast<std::uint8_t>(byte);
  }
  return length;
}

PipeProgram::PipeProgram(std::string command, std::chrono::milliseconds deadline)
    : command_("exec " + std::move(command)),
      deadline_(deadline),
      timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)) {
  if (!timer_) fail("timerfd_create");
  ::signal(SIGPIPE, SIG_IGN);
}

PipeProgram::~PipeProgram() {
  if (pid_ > 0) stop();
}

void PipeProgram::start() {
  irc::Pipe input = irc::make_pipe();
  irc::Pipe output = irc::make_pipe();
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ == 0) become(command_.c_str(), input.read.fd(), output.write.fd(), parent);
  if (pid_ < 0) fail("fork");
  ::setpgid(pid_, pid_);  // Here too: whoever comes first, it is done before the other goes on.
  input_ = std::move(input.write);
  output_ = std::move(output.read);
  make_nonblocking(input_);
  make_nonblocking(output_);
}

// Until it has ended, or the deadline.
void PipeProgram::await_end() {
  input_ = irc::UniqueFd();
  const irc::UniqueFd end(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  std::array<pollfd, 2> fds{pollfd{.fd = end.fd(), .events = POLLIN, .revents = 0},
                            pollfd{.fd = timer_.fd(), .events = POLLIN, .revents = 0}};
  while (::poll(fds.data(), fds.size(), -1) < 0 && errno == EINTR) {
  }
}

std::string PipeProgram::stop() {
  input_ = irc::UniqueFd();
  output_ = irc::UniqueFd();
  siginfo_t end{};
  ::waitid(P_PID, static_cast<id_t>(pid_), &end, WEXITED | WNOHANG | WNOWAIT);
  const bool ended_by_itself = end.si_pid == pid_;
  ::kill(-pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  if (!ended_by_itself) return "closed its output";
  if (WIFEXITED(status)) return "exited with " + std::to_string(WEXITSTATUS(status));
  return "was killed by signal " + std::to_string(WTERMSIG(status));
}

void PipeProgram::arm() {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(deadline_);
  const auto rest = std::chrono::nanoseconds(deadline_ - seconds);
  const itimerspec once{.it_interval = {},
                        .it_value = {.tv_sec = seconds.count(), .tv_nsec = rest.count()}};
  ::timerfd_settime(timer_.fd(), 0, &once, nullptr);
}

void PipeProgram::send_some(std::string_view& request) {
  const ssize_t count = ::write(input_.fd(), request.data(), request.size());
  // Who does not read any more may still have answered; its end shows at its output.
  if (count < 0 && errno == EPIPE) request = {};
  if (count > 0) request.remove_prefix(static_cast<std::size_t>(count));
}

// False at the end of its output.
bool PipeProgram::receive_some(std::string& answer) {
  std::array<char, 65536> buffer;
  const ssize_t count = ::read(output_.fd(), buffer.data(), buffer.size());
  if (count > 0) answer.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

void PipeProgram::exchange(std::string_view request, std::string& answer) {
  arm();
  while (answer.size() < kLengthBytes || answer.size() < kLengthBytes + length_in(answer)) {
    std::array<pollfd, 3> fds{
        pollfd{.fd = output_.fd(), .events = POLLIN, .revents = 0},
        pollfd{.fd = timer_.fd(), .events = POLLIN, .revents = 0},
        pollfd{.fd = request.empty() ? -1 : input_.fd(), .events = POLLOUT, .revents = 0}};
    if (::poll(fds.data(), fds.size(), -1) < 0) {
      if (errno == EINTR) continue;
      fail("poll");
    }
    if (fds[2].revents != 0) send_some(request);
    if (fds[0].revents != 0 && !receive_some(answer)) {
      const bool in_answer = !answer.empty();
      await_end();
      throw AdapterFault(oracles::kAdapterLives, stop() + (in_answer ? " within an answer" : ""));
    }
    if (fds[0].revents == 0 && fds[1].revents != 0) {
      stop();
      throw AdapterFault(oracles::kAdapterReturns,
                         "no answer in " + std::to_string(deadline_.count()) + " ms");
    }
    if (answer.size() >= kLengthBytes && length_in(answer) > kAnswerBytesMax) {
      stop();
      throw AdapterFault(oracles::kAdapterAnswers,
                         "an answer of " + std::to_string(length_in(answer)) + " bytes");
    }
  }
}

// Whoever has said something since its last answer was not asked.
void PipeProgram::must_be_silent() {
  pollfd output{.fd = output_.fd(), .events = POLLIN, .revents = 0};
  std::string unasked;
  if (::poll(&output, 1, 0) <= 0 || !receive_some(unasked) || unasked.empty()) return;
  stop();
  throw AdapterFault(oracles::kAdapterAnswers, "bytes that nobody asked for, before this request");
}

std::string PipeProgram::ask(std::string_view request) {
  if (pid_ < 0) {
    start();
  } else {
    must_be_silent();
  }
  std::string answer;
  exchange(with_length(request), answer);
  if (answer.size() > kLengthBytes + length_in(answer)) {
    stop();
    throw AdapterFault(oracles::kAdapterAnswers, "bytes behind the end of an answer");
  }
  answer.erase(0, kLengthBytes);
  return answer;
}

}  // namespace fuzz
