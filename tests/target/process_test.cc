#include "harness/target/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <future>
#include <thread>
#include <vector>

#include "server/net/unique_fd.h"

namespace conform::testing {
namespace {

using namespace std::chrono_literals;

constexpr auto kGenerous = 30s;

// A child that does nothing until it is killed.
class Idler {
 public:
  Idler() : pid_(fork()) {
    while (pid_ == 0) pause();
  }
  ~Idler() { end(); }
  Idler(const Idler&) = delete;
  Idler& operator=(const Idler&) = delete;

  pid_t pid() const { return pid_; }
  void end() {
    if (pid_ < 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
  // Waits for the change of state that it says; what waitid told.
  int change(int which) {
    siginfo_t info{};
    waitid(P_PID, static_cast<id_t>(pid_), &info, which);
    return info.si_code;
  }

 private:
  pid_t pid_;
};

TEST(ProcessFacts, CountDescriptors) {
  const auto before = process_facts(getpid());
  const irc::UniqueFd opened(open("/dev/null", O_RDONLY | O_CLOEXEC));
  const auto after = process_facts(getpid());
  ASSERT_TRUE(before && after);
  EXPECT_EQ(after->descriptors, before->descriptors + 1);
  EXPECT_EQ(after->sockets, before->sockets);
}

TEST(ProcessFacts, CountSocketsAmongDescriptors) {
  const auto before = process_facts(getpid());
  const irc::UniqueFd opened(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto after = process_facts(getpid());
  ASSERT_TRUE(before && after);
  EXPECT_EQ(after->descriptors, before->descriptors + 1);
  EXPECT_EQ(after->sockets, before->sockets + 1);
}

TEST(ProcessFacts, CountThreads) {
  const auto before = process_facts(getpid());
  std::promise<void> end;
  std::thread idler([&end] { end.get_future().wait(); });
  const auto after = process_facts(getpid());
  end.set_value();
  idler.join();
  ASSERT_TRUE(before && after);
  EXPECT_EQ(after->threads, before->threads + 1);
}

TEST(ProcessFacts, SeeMemoryThatIsUsed) {
  constexpr std::size_t kBytes = std::size_t{32} << 20;
  const auto before = process_facts(getpid());
  const std::string used(kBytes, 'x');
  const auto after = process_facts(getpid());
  ASSERT_TRUE(before && after);
  EXPECT_GT(after->rss_bytes, before->rss_bytes + kBytes / 2) << used.back();
}

TEST(ProcessFacts, SeeTimeThatIsSpent) {
  const auto before = process_facts(getpid());
  ASSERT_TRUE(before);
  volatile unsigned work = 0;
  auto after = before;
  while (after && after->cpu_time == before->cpu_time) {
    for (int i = 0; i < 1'000'000; ++i) work = work + 1;
    after = process_facts(getpid());
  }
  EXPECT_TRUE(after && after->cpu_time > before->cpu_time);
}

// More of them than there are processors, so that each spins and runs for a part of the time only.
TEST(ProcessFacts, CountTheTimeThatIsWaitedForAProcessor) {
  using Clock = std::chrono::steady_clock;
  const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
  std::atomic<bool> over = false;
  std::vector<std::jthread> spinners;
  const auto before = process_facts(getpid());
  ASSERT_TRUE(before);
  const auto began = Clock::now();
  for (unsigned i = 0; i < 4 * processors; ++i) {
    spinners.emplace_back([&over] {
      while (!over) continue;
    });
  }
  const auto wanted_more_than_there_is = [&] {
    const auto elapsed = Clock::now() - began;
    const auto now = process_facts(getpid());
    return now && now->cpu_time - before->cpu_time > processors * elapsed;
  };
  bool seen = false;
  while (!seen && Clock::now() - began < kGenerous) seen = wanted_more_than_there_is();
  over = true;
  EXPECT_TRUE(seen);
}

TEST(ProcessFacts, AreNothingOfAProcessThatIsNoMore) {
  Idler idler;
  const pid_t pid = idler.pid();
  EXPECT_TRUE(process_facts(pid));
  idler.end();
  EXPECT_FALSE(process_facts(pid));
  EXPECT_EQ(process_name(pid), "");
}

TEST(ProcessName, IsThatOfTheProgram) {
  EXPECT_EQ(process_name(getpid()), "target_tests");
}

TEST(SocketOwner, IsTheProcessThatHoldsIt) {
  std::array<int, 2> ends{};
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  irc::UniqueFd one(ends[0]);
  const irc::UniqueFd other(ends[1]);
  struct stat status {};
  ASSERT_EQ(fstat(one.fd(), &status), 0);
  const auto inode = static_cast<std::uint32_t>(status.st_ino);
  EXPECT_EQ(socket_owner(inode), getpid());
  one = irc::UniqueFd();
  EXPECT_EQ(socket_owner(inode), std::nullopt);
}

TEST(StopProcess, StopsAChildAndContinuesIt) {
  Idler idler;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(stop_process(idler.pid(), kGenerous)) << i;
    continue_process(idler.pid());
    EXPECT_EQ(idler.change(WCONTINUED), CLD_CONTINUED);
  }
}

TEST(StopProcess, StopsWhatIsNoChildOfOurs) {
  Idler idler;
  ASSERT_TRUE(stop_process(idler.pid(), kGenerous));
  EXPECT_EQ(idler.change(WSTOPPED | WNOWAIT), CLD_STOPPED);
  continue_process(idler.pid());
  EXPECT_EQ(idler.change(WCONTINUED), CLD_CONTINUED);
}

TEST(StopProcess, TellsThatTheProcessHasEnded) {
  Idler idler;
  kill(idler.pid(), SIGKILL);
  EXPECT_FALSE(stop_process(idler.pid(), kGenerous));
  // It is still there for whoever waits for its end.
  EXPECT_EQ(idler.change(WEXITED), CLD_KILLED);
  EXPECT_FALSE(stop_process(idler.pid(), kGenerous));
}

}  // namespace
}  // namespace conform::testing
