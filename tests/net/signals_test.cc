#include "server/net/signals.h"

#include <gtest/gtest.h>
#include <poll.h>

namespace irc {
namespace {

bool readable(const SignalFd& signals) {
  pollfd entry{.fd = signals.fd(), .events = POLLIN, .revents = 0};
  return ::poll(&entry, 1, 0) == 1;
}

TEST(SignalFd, TakesNothingBeforeASignalHasCome) {
  SignalFd signals;
  EXPECT_FALSE(readable(signals));
  EXPECT_EQ(signals.take(), std::nullopt);
}

TEST(SignalFd, TakesEachSignalOnceInsteadOfDying) {
  for (const int signal : {SIGINT, SIGTERM}) {
    SignalFd signals;
    ::raise(signal);
    EXPECT_TRUE(readable(signals));
    EXPECT_EQ(signals.take(), signal);
    EXPECT_EQ(signals.take(), std::nullopt);
  }
}

TEST(SignalFd, LeavesNoSignalBehindThatWasNotTaken) {
  {
    const SignalFd signals;
    ::raise(SIGINT);
    ::raise(SIGTERM);
  }
  sigset_t pending;
  ::sigpending(&pending);
  EXPECT_FALSE(::sigismember(&pending, SIGINT) || ::sigismember(&pending, SIGTERM));
}

TEST(SignalFdDeathTest, GivesTheSignalsBackWhenItEnds) {
  { const SignalFd signals; }
  EXPECT_EXIT(::raise(SIGTERM), testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace irc
