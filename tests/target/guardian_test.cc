#include "harness/target/guardian.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>

#include "tests/support/files.h"

namespace conform::testing {
namespace {

constexpr int kGenerousMillis = 30'000;

bool becomes_readable(int fd, int millis = kGenerousMillis) {
  pollfd entry{.fd = fd, .events = POLLIN, .revents = 0};
  return poll(&entry, 1, millis) == 1;
}

irc::UniqueFd end_of(pid_t pid) {
  return irc::UniqueFd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
}

// A process group of one that waits for ever.
pid_t idle_group() {
  const pid_t pid = fork();
  if (pid == 0) {
    setpgid(0, 0);
    while (true) pause();
  }
  setpgid(pid, pid);
  return pid;
}

// Forks somebody who owns a guardian of `pid` and kills him when the guardian is there.
void lose_the_owner(Guardian::Duty duty, pid_t pid, const std::string& folder) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const irc::UniqueFd ready(ends[0]);
  irc::UniqueFd told(ends[1]);
  const pid_t owner = fork();
  if (owner == 0) {
    const Guardian guardian(duty, pid, folder);
    [[maybe_unused]] const ssize_t written = write(told.fd(), "x", 1);
    while (true) pause();
  }
  told = irc::UniqueFd();
  EXPECT_TRUE(becomes_readable(ready.fd()));
  kill(owner, SIGKILL);
  waitpid(owner, nullptr, 0);
}

void reap(pid_t pid) {
  kill(pid, SIGKILL);
  waitpid(pid, nullptr, 0);
}

TEST(Guardian, EndsTheGroupAndRemovesTheFolderWhenItsOwnerIsKilled) {
  const TemporaryFolder outer;
  const std::string folder = outer.path("of the server");
  std::filesystem::create_directory(folder);
  write_file(folder + "/file", "x");
  const pid_t pid = idle_group();
  const irc::UniqueFd end = end_of(pid);
  lose_the_owner(Guardian::Duty::end_group, pid, folder);
  EXPECT_TRUE(becomes_readable(end.fd()));
  // Only a look tells that a folder is gone; the rest of the guardian's work takes no time.
  for (int i = 0; i < kGenerousMillis && std::filesystem::exists(folder); ++i) {
    becomes_readable(-1, 1);
  }
  EXPECT_FALSE(std::filesystem::exists(folder));
  reap(pid);
}

TEST(Guardian, EndsEvenAGroupThatIsStopped) {
  const pid_t pid = idle_group();
  const irc::UniqueFd end = end_of(pid);
  kill(pid, SIGSTOP);
  lose_the_owner(Guardian::Duty::end_group, pid, "");
  EXPECT_TRUE(becomes_readable(end.fd()));
  reap(pid);
}

TEST(Guardian, ContinuesAProcessThatIsStopped) {
  const pid_t pid = idle_group();
  kill(pid, SIGSTOP);
  siginfo_t info{};
  waitid(P_PID, static_cast<id_t>(pid), &info, WSTOPPED);
  lose_the_owner(Guardian::Duty::continue_process, pid, "");
  waitid(P_PID, static_cast<id_t>(pid), &info, WCONTINUED);
  EXPECT_EQ(info.si_code, CLD_CONTINUED);
  reap(pid);
}

TEST(Guardian, DoesNothingWhenItIsRelieved) {
  const TemporaryFolder folder;
  const std::string file = folder.file("kept", "x");
  const pid_t pid = idle_group();
  // Whoever reads this pipe to its end knows that the guardian, which holds it, is gone.
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const irc::UniqueFd gone(ends[0]);
  irc::UniqueFd held(ends[1]);
  { const Guardian guardian(Guardian::Duty::end_group, pid, folder.path("")); }
  held = irc::UniqueFd();
  EXPECT_TRUE(becomes_readable(gone.fd()));
  EXPECT_EQ(kill(pid, 0), 0);
  EXPECT_EQ(waitpid(pid, nullptr, WNOHANG), 0);
  EXPECT_TRUE(std::filesystem::exists(file));
  reap(pid);
}

}  // namespace
}  // namespace conform::testing
