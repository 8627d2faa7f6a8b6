#include "tests/support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "server/net/pipe.h"

namespace conform::testing {
namespace {

using Clock = std::chrono::steady_clock;

int status_of(int waited) {
  constexpr int kSignalled = 128;
  return WIFSIGNALED(waited) ? kSignalled + WTERMSIG(waited) : WEXITSTATUS(waited);
}

// Appends what one read brings; false at its end.
bool append_read(irc::UniqueFd& fd, std::string& text) {
  std::array<char, 4096> buffer{};
  const ssize_t count = ::read(fd.fd(), buffer.data(), buffer.size());
  if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0;
}

}  // namespace

Process::Process(std::vector<std::string> argv) {
  irc::Pipe out = irc::make_pipe();
  irc::Pipe err = irc::make_pipe();
  std::vector<char*> arguments;
  for (std::string& argument : argv) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out.write.fd(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, err.write.fd(), STDERR_FILENO);
  const int error =
      ::posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::system_error(error, std::generic_category(), argv[0]);
  out_ = std::move(out.read);
  err_ = std::move(err.read);
}

Process::~Process() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Process::send(int signal) const {
  ::kill(pid_, signal);
}

// False when both outputs have ended.
bool Process::read_some(Clock::time_point deadline) {
  std::array<pollfd, 2> fds = {pollfd{.fd = out_.fd(), .events = POLLIN, .revents = 0},
                               pollfd{.fd = err_.fd(), .events = POLLIN, .revents = 0}};
  if (!out_ && !err_) return false;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  if (left.count() <= 0 || ::poll(fds.data(), fds.size(), static_cast<int>(left.count())) == 0) {
    throw std::runtime_error("it takes too long; so far it wrote:\n" + ended_.out + ended_.err);
  }
  if (fds[0].revents != 0 && !append_read(out_, ended_.out)) out_ = irc::UniqueFd();
  if (fds[1].revents != 0 && !append_read(err_, ended_.err)) err_ = irc::UniqueFd();
  return true;
}

std::string Process::wait_for_output(const std::string& text) {
  const auto deadline = Clock::now() + kProcessLimit;
  while (true) {
    const std::size_t begin = ended_.out.find(text);
    const std::size_t end = ended_.out.find('\n', begin);
    if (begin != std::string::npos && end != std::string::npos) {
      return ended_.out.substr(begin + text.size(), end - begin - text.size());
    }
    if (read_some(deadline)) continue;
    throw std::runtime_error("it ended without '" + text + "':\n" + ended_.out + ended_.err);
  }
}

Ended Process::wait() {
  const auto deadline = Clock::now() + kProcessLimit;
  while (read_some(deadline)) {
  }
  int status = 0;
  ::waitpid(std::exchange(pid_, -1), &status, 0);
  ended_.status = status_of(status);
  return std::move(ended_);
}

Ended run_program(std::vector<std::string> argv) {
  return Process(std::move(argv)).wait();
}

char process_state(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string stat;
  if (!std::getline(file, stat)) return 0;
  // "PID (NAME) STATE ...", and a name may hold anything.
  return stat.at(stat.rfind(')') + 2);
}

std::vector<pid_t> children_of(pid_t pid, const std::string& name) {
  const std::string number = std::to_string(pid);
  std::ifstream file("/proc/" + number + "/task/" + number + "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; file >> child;) {
    std::ifstream comm("/proc/" + std::to_string(child) + "/comm");
    std::string found;
    if (std::getline(comm, found) && found == name) children.push_back(child);
  }
  return children;
}

bool eventually(const std::function<bool()>& condition) {
  const auto deadline = Clock::now() + kProcessLimit;
  while (!condition()) {
    if (Clock::now() >= deadline) return false;
  }
  return true;
}

}  // namespace conform::testing
