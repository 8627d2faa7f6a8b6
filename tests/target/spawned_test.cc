#include "harness/target/spawned.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "harness/target/process.h"
#include "tests/support/files.h"

namespace conform::testing {
namespace {

const std::string kServer = BINARY_DIR "/irc-refd --no-throttle --listen 127.0.0.1:{port}";
constexpr int kGenerousMillis = 30'000;

bool becomes_readable(int fd) {
  pollfd entry{.fd = fd, .events = POLLIN, .revents = 0};
  return poll(&entry, 1, kGenerousMillis) == 1;
}

std::string death_of(Spawned& server) {
  if (!becomes_readable(server.end_fd())) return "does not end";
  return server.death().value_or("lives");
}

// What it says of a command that does not come to listen.
std::string failure_of(const std::string& command) {
  SockDiag diag;
  try {
    const Spawned server({.command = command}, diag);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "it listens";
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

class SpawnedServer : public ::testing::Test {
 protected:
  Spawned spawn(const std::string& command) { return Spawned({.command = command}, diag_); }
  Spawned spawn() { return spawn(kServer); }

  SockDiag diag_;
};

TEST_F(SpawnedServer, ListensWhenItIsThere) {
  Spawned server = spawn();
  EXPECT_EQ(diag_.with_local_port(server.address().port(), 1U << 10 /* TCP_LISTEN */).size(), 1U);
  EXPECT_TRUE(server.address().is_loopback_v4());
  EXPECT_EQ(server.death(), std::nullopt);
}

TEST_F(SpawnedServer, IsTheProcessItselfNotAShell) {
  const Spawned server = spawn();
  EXPECT_EQ(process_name(server.pid()), "irc-refd");
  EXPECT_EQ(getpgid(server.pid()), server.pid());
}

TEST_F(SpawnedServer, TellsTheSignalThatKilledIt) {
  Spawned server = spawn();
  kill(server.pid(), SIGKILL);
  EXPECT_EQ(death_of(server), "was killed by SIGKILL");
  EXPECT_EQ(death_of(server), "was killed by SIGKILL") << "asked again";
}

TEST_F(SpawnedServer, TellsTheStatusItExitedWith) {
  Spawned server = spawn();
  kill(server.pid(), SIGTERM);
  EXPECT_EQ(death_of(server), "exited with 0");
}

TEST_F(SpawnedServer, KeepsTheEndOfWhatItWrote) {
  Spawned server = spawn("sh -c 'echo first line >&2; exec " + kServer + "'");
  EXPECT_TRUE(contains(server.tail(), "first line"));
  Spawned chatty =
      spawn("sh -c 'i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done; exec " +
            kServer + "'");
  EXPECT_LE(chatty.tail().size(), 4096U);
  EXPECT_TRUE(contains(chatty.tail(), "line 2999"));
}

// Else one that logs without end would rest whenever we do not come to read.
TEST_F(SpawnedServer, WritesAMegabyteWithoutWaitingForItsReader) {
  const TemporaryFolder pipes;
  const std::string go = pipes.path("go"), done = pipes.path("done");
  ASSERT_EQ(mkfifo(go.c_str(), 0600), 0);
  ASSERT_EQ(mkfifo(done.c_str(), 0600), 0);
  const irc::UniqueFd written(open(done.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  const Spawned server = spawn("sh -c '(read line <" + go + "; head -c 1000000 /dev/zero; echo >" +
                               done + ") & exec " + kServer + "'");
  write_file(go, "now\n");
  EXPECT_TRUE(becomes_readable(written.fd()));
}

TEST_F(SpawnedServer, HasAFolderOfItsOwnWhileItIsThere) {
  const TemporaryFolder notes;
  std::string folder;
  {
    const Spawned server = spawn("sh -c 'echo {dir} >" + notes.path("dir") +
                                 "; touch {dir}/file; exec " + kServer + "'");
    folder = read_file(notes.path("dir"));
    folder.pop_back();
    EXPECT_TRUE(std::filesystem::exists(folder + "/file"));
  }
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST_F(SpawnedServer, LeavesNoProcessBehind) {
  const TemporaryFolder notes;
  irc::UniqueFd orphan;
  {
    const Spawned server = spawn("sh -c 'sh -c \"trap \\\"\\\" TERM; echo \\$\\$ >" +
                                 notes.path("pid") + "; kill -STOP \\$\\$\" & while [ ! -s " +
                                 notes.path("pid") + " ]; do :; done; exec " + kServer + "'");
    const pid_t pid = std::stoi(read_file(notes.path("pid")));
    orphan = irc::UniqueFd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
    ASSERT_TRUE(orphan);
  }
  EXPECT_TRUE(becomes_readable(orphan.fd()));
}

TEST_F(SpawnedServer, FillsInThePassword) {
  const TemporaryFolder notes;
  const Spawned server(
      {.command = "sh -c 'echo {password} >" + notes.path("it") + "; exec " + kServer + "'",
       .password = "secret"},
      diag_);
  EXPECT_EQ(read_file(notes.path("it")), "secret\n");
}

TEST_F(SpawnedServer, RunsWhereItIsTold) {
  const TemporaryFolder folder;
  const Spawned server(
      {.command = "sh -c 'pwd >out; exec " + kServer + "'", .cwd = folder.path("")}, diag_);
  EXPECT_FALSE(read_file(folder.path("out")).empty());
}

TEST_F(SpawnedServer, HasNoMoreDescriptorsThanItMay) {
  const Spawned server({.command = kServer, .nofile = 77}, diag_);
  rlimit limit{};
  ASSERT_EQ(prlimit(server.pid(), RLIMIT_NOFILE, nullptr, &limit), 0);
  EXPECT_EQ(limit.rlim_cur, 77U);
}

TEST_F(SpawnedServer, EndsWithTheOneThatOwnsIt) {
  irc::UniqueFd end;
  {
    const Spawned server = spawn();
    end = irc::UniqueFd(static_cast<int>(syscall(SYS_pidfd_open, server.pid(), 0)));
  }
  EXPECT_TRUE(becomes_readable(end.fd()));
}

TEST_F(SpawnedServer, IsEndedThoughItDoesNotWantTo) {
  irc::UniqueFd end;
  {
    // A stop signal that does nothing to it: it is killed in the end.
    const Spawned server({.command = kServer, .stop_signal = SIGKILL}, diag_);
    kill(server.pid(), SIGSTOP);
    end = irc::UniqueFd(static_cast<int>(syscall(SYS_pidfd_open, server.pid(), 0)));
  }
  EXPECT_TRUE(becomes_readable(end.fd()));
}

TEST(SpawnedCommand, ThatDoesNotExistIsNamed) {
  const std::string failure = failure_of("/no/such/server {port}");
  EXPECT_TRUE(contains(failure, "exited with 127")) << failure;
  EXPECT_TRUE(contains(failure, "/no/such/server")) << failure;
}

TEST(SpawnedCommand, ThatEndsAtOnceIsQuoted) {
  const std::string failure = failure_of("sh -c 'echo bad option >&2; exit 3'");
  EXPECT_TRUE(contains(failure, "the server exited with 3 before it listened")) << failure;
  EXPECT_TRUE(contains(failure, "bad option")) << failure;
}

TEST(SpawnedCommand, ThatIsKilledSaysBy) {
  EXPECT_TRUE(contains(failure_of("sh -c 'kill -ABRT $$'"), "was killed by SIGABRT"));
}

}  // namespace
}  // namespace conform::testing
