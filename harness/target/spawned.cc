#include "harness/target/spawned.h"

#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "server/net/pipe.h"

namespace conform {
namespace {

constexpr std::chrono::seconds kStartLimit{30};
constexpr int kStopMillis = 5'000;
constexpr std::size_t kTailBytes = 4096;
constexpr int kOutputBytes = 1 << 20;  // What a pipe may hold without privileges (pipe(7)).

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::string replaced(std::string text, std::string_view hole, const std::string& value) {
  for (std::size_t at = 0; (at = text.find(hole, at)) != std::string::npos; at += value.size()) {
    text.replace(at, hole.size(), value);
  }
  return text;
}

// A port that nobody has: in a range where no system puts outgoing connections by itself.
std::uint16_t free_port() {
  constexpr std::uint32_t kFirst = 20000, kCount = 12000;
  const std::uint32_t offset = std::random_device{}() % kCount;
  for (std::uint32_t tries = 0; tries < kCount; ++tries) {
    const auto port = static_cast<std::uint16_t>(kFirst + (offset + tries) % kCount);
    const irc::UniqueFd probe(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const Address address = resolve("127.0.0.1", port);
    if (probe && bind(probe.fd(), address.raw(), address.bytes) == 0) return port;
  }
  throw std::runtime_error("no free port between 20000 and 32000");
}

std::string fresh_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "irc-conform-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw_errno(name.c_str());
  return name;
}

// Becomes readable when that time is over.
irc::UniqueFd timer(std::chrono::seconds time) {
  irc::UniqueFd timer(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  const itimerspec once = {.it_interval = {}, .it_value = {.tv_sec = time.count(), .tv_nsec = 0}};
  if (!timer || timerfd_settime(timer.fd(), 0, &once, nullptr) != 0) throw_errno("timerfd");
  return timer;
}

bool readable(int fd, int millis) {
  pollfd entry{.fd = fd, .events = POLLIN, .revents = 0};
  return poll(&entry, 1, millis) > 0;
}

}  // namespace

Spawned::Spawned(SpawnPlan plan, SockDiag& diag, int interrupt_fd)
    : plan_(std::move(plan)), folder_(fresh_folder()) {
  try {
    address_ = resolve("127.0.0.1", free_port());
    start();
    wait_until_listening(diag, interrupt_fd);
  } catch (...) {
    stop();
    throw;
  }
}

Spawned::~Spawned() {
  stop();
}

void Spawned::start() {
  const Told told{std::to_string(address_.port()), plan_.password, folder_};
  // exec: the process that is waited for, stopped and looked at is the server, not a shell.
  std::string command = "exec " + plan_.command;
  for (const auto& [text, value] : placeholders::kAll) {
    command = replaced(std::move(command), text, told.*value);
  }
  if (plan_.nofile) command = "ulimit -n " + std::to_string(*plan_.nofile) + "; " + command;

  irc::Pipe input = irc::make_pipe();
  irc::Pipe output = irc::make_pipe();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input.read.fd(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output.write.fd(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output.write.fd(), STDERR_FILENO);
  if (!plan_.cwd.empty()) posix_spawn_file_actions_addchdir_np(&actions, plan_.cwd.c_str());
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::string shell = "sh", option = "-c";
  std::array<char*, 4> arguments = {shell.data(), option.data(), command.data(), nullptr};
  const int error = posix_spawn(&pid_, "/bin/sh", &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    pid_ = 0;
    throw std::system_error(error, std::generic_category(), "/bin/sh");
  }
  guardian_.emplace(Guardian::Duty::end_group, pid_, folder_);
  input_ = std::move(input.write);
  output_ = std::move(output.read);
  fcntl(output_.fd(), F_SETFL, O_NONBLOCK);
  // One that logs without end shall not seem to rest because it waits for us to read.
  fcntl(output_.fd(), F_SETPIPE_SZ, kOutputBytes);
  end_ = irc::UniqueFd(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0)));
  if (!end_) throw_errno("pidfd_open");
}

// A test connection would count as a client, so the kernel is asked for the listener.
void Spawned::wait_until_listening(SockDiag& diag, int interrupt_fd) {
  constexpr int kPauseMillis = 2;
  const irc::UniqueFd over = timer(kStartLimit);
  while (!readable(over.fd(), 0)) {
    if (!diag.with_local_port(address_.port(), 1U << TCP_LISTEN).empty()) return;
    readable(end_.fd(), kPauseMillis);
    if (readable(interrupt_fd, 0)) throw Interrupted();
    drain();
    if (const auto how = death()) {
      throw std::runtime_error("the server " + *how + " before it listened on port " +
                               std::to_string(address_.port()) + "\n" + tail());
    }
  }
  throw std::runtime_error("the server did not listen on port " + std::to_string(address_.port()) +
                           " in " + std::to_string(kStartLimit.count()) + " s\n" + tail());
}

void Spawned::drain() {
  constexpr int kReadsMax = 64;  // One that writes without end is not listened to without end.
  std::array<char, 4096> buffer;
  for (int reads = 0; reads < kReadsMax && output_; ++reads) {
    const ssize_t bytes = read(output_.fd(), buffer.data(), buffer.size());
    if (bytes == 0) output_ = irc::UniqueFd();  // It has closed its end: nothing more to wait for.
    if (bytes <= 0) return;
    written_.append(buffer.data(), static_cast<std::size_t>(bytes));
    if (written_.size() > 2 * kTailBytes) written_.erase(0, written_.size() - kTailBytes);
  }
}

std::optional<std::string> Spawned::death() {
  if (death_ || pid_ == 0) return death_;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
  drain();
  if (WIFSIGNALED(status)) {
    const char* name = sigabbrev_np(WTERMSIG(status));
    death_ = std::string("was killed by SIG") + (name != nullptr ? name : "?");
  } else {
    death_ = "exited with " + std::to_string(WEXITSTATUS(status));
  }
  return death_;
}

std::string Spawned::tail() {
  drain();
  if (written_.size() > kTailBytes) written_.erase(0, written_.size() - kTailBytes);
  return written_;
}

void Spawned::stop() {
  if (pid_ > 0) {
    if (!death()) {
      kill(pid_, plan_.stop_signal);
      kill(pid_, SIGCONT);
      // A server that says much while it ends must not wait for us to read it.
      constexpr int kPauseMillis = 10;
      for (int waited = 0; waited < kStopMillis && end_; waited += kPauseMillis) {
        if (readable(end_.fd(), kPauseMillis)) break;
        drain();
      }
    }
    kill(-pid_, SIGKILL);
    if (!death_) waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  guardian_.reset();
  if (folder_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  folder_.clear();
}

}  // namespace conform
