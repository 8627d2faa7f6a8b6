// Flood control: the pace of the lines, and that nothing spins, waits or is lost for it.
#include "server/throttle.h"

#include <string>

#include "tests/loop/sim_loop.h"

namespace irc {
namespace {

using std::chrono::seconds;

TEST(Throttle, TakesFiveLinesAtOnceAndThenOneEveryTwoSeconds) {
  Throttle throttle;
  TimePoint now{seconds(100)};
  for (int i = 0; i < 5; ++i) {
    EXPECT_LE(throttle.ready_at(Pace{}), now) << i;
    throttle.charge(Pace{}, now);
  }
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(throttle.ready_at(Pace{}), now + seconds(2));
    now += seconds(2);
    throttle.charge(Pace{}, now);
  }
}

TEST(Throttle, SavesNothingUpForLater) {
  Throttle throttle;
  const TimePoint now{seconds(1000)};
  for (int i = 0; i < 5; ++i) throttle.charge(Pace{}, now);
  EXPECT_EQ(throttle.ready_at(Pace{}), now + seconds(2));
}

class ThrottledLoop : public SimLoop {
 protected:
  ThrottledLoop() : SimLoop(small_config(), LoopLimits{.pace = Pace{}}) {}

  // Registered, and its pace forgotten.
  SimPeer rested(const std::string& nick) {
    SimPeer peer = world.connect();
    send(peer, "NICK " + nick + "\r\nUSER u 0 * :r\r\n");
    pass(seconds(10));
    take(peer);
    return peer;
  }
  // "PING 1", "PING 2" and so on.
  static std::string pings(int count) {
    std::string lines;
    for (int i = 1; i <= count; ++i) lines += "PING " + std::to_string(i) + "\r\n";
    return lines;
  }
  // What has come for it, of each PONG only its number.
  std::string answers(SimPeer& peer) {
    std::string heard = take(peer);
    const std::string pong = ":s.x PONG s.x :";
    for (std::size_t at = 0; (at = heard.find(pong)) != std::string::npos;) {
      heard.erase(at, pong.size());
    }
    std::erase(heard, '\r');
    std::ranges::replace(heard, '\n', ' ');
    return heard;
  }
};

TEST_F(ThrottledLoop, TakesTheRestOfAFloodAtItsPace) {
  SimPeer a = rested("a");
  send(a, pings(8));
  run();
  EXPECT_EQ(answers(a), "1 2 3 4 5 ");
  EXPECT_EQ(world.net.wake_at(), world.net.now() + seconds(2));
  pass(seconds(1));
  EXPECT_EQ(answers(a), "");
  pass(seconds(1));
  EXPECT_EQ(answers(a), "6 ");
  pass(seconds(4));
  EXPECT_EQ(answers(a), "7 8 ");
}

TEST_F(ThrottledLoop, LeavesWhatIsMuchInTheKernel) {
  SimPeer a = rested("a");
  const std::string lines = pings(3000);
  send(a, lines);
  run();
  EXPECT_GT(world.net.server_side(a).unread_bytes, lines.size() - 6000);
  EXPECT_EQ(answers(a), "1 2 3 4 5 ");
  std::string heard;
  std::string expected;
  for (int i = 6; i <= 3000; ++i) expected += std::to_string(i) + " ";
  for (int i = 0; i < 3000; ++i) {
    pass(seconds(2));
    heard += answers(a);
  }
  EXPECT_EQ(heard, expected);
  EXPECT_EQ(loop.connections(), 1U);
}

TEST_F(ThrottledLoop, KeepsNobodyElseWaiting) {
  SimPeer a = rested("a");
  SimPeer b = rested("b");
  send(a, pings(100));
  run();
  send(b, pings(1));
  run();
  EXPECT_EQ(answers(b), "1 ");
}

TEST_F(ThrottledLoop, SendsToWhoIsHeld) {
  SimPeer a = rested("a");
  SimPeer b = rested("b");
  send(a, pings(100));
  run();
  take(a);
  send(b, "PRIVMSG a :hello\r\n");
  run();
  EXPECT_EQ(take(a), ":b!u@127.0.0.1 PRIVMSG a :hello\r\n");
}

TEST_F(ThrottledLoop, TakesTheEndBehindTheLinesBeforeIt) {
  SimPeer a = rested("a");
  SimPeer b = rested("b");
  send(b,
       "PRIVMSG a :1\r\nPING x\r\nPING x\r\nPING x\r\nPING x\r\nPRIVMSG a :6\r\nPRIVMSG a :7\r\n");
  world.peer_shutdown_write(b);
  run();
  EXPECT_EQ(take(a), ":b!u@127.0.0.1 PRIVMSG a :1\r\n");
  pass(seconds(4));
  EXPECT_EQ(take(a), ":b!u@127.0.0.1 PRIVMSG a :6\r\n:b!u@127.0.0.1 PRIVMSG a :7\r\n");
  EXPECT_EQ(loop.connections(), 2U);
  pass(seconds(2));
  EXPECT_EQ(loop.connections(), 1U);
}

TEST_F(ThrottledLoop, GivesUpTheLinesOfWhoHasLongLeft) {
  SimPeer a = rested("a");
  send(a, pings(3000));
  run();
  world.peer_shutdown_write(a);
  pass(seconds(59));
  EXPECT_EQ(loop.connections(), 1U);
  pass(seconds(1));
  EXPECT_TRUE(take(a).ends_with("ERROR :Closing Link: 127.0.0.1 (Connection closed)\r\n"));
  EXPECT_EQ(loop.connections(), 0U);
}

TEST_F(ThrottledLoop, LosesAHeldClientThatIsResetAtOnce) {
  SimPeer a = rested("a");
  send(a, pings(3000));
  run();
  world.peer_reset(a);
  run();
  EXPECT_EQ(loop.connections(), 0U);
}

TEST_F(ThrottledLoop, LosesAtOnceAHeldClientThatHadLeftBeforeItIsReset) {
  SimPeer a = rested("a");
  send(a, pings(3000));
  world.peer_shutdown_write(a);
  run();
  EXPECT_EQ(loop.connections(), 1U);
  world.peer_reset(a);
  run();
  EXPECT_EQ(loop.connections(), 0U);
}

TEST_F(ThrottledLoop, EndsAHeldClientThatIsKilledAtOnce) {
  SimPeer a = rested("a");
  send(a, "PING 1\r\nPING 2\r\nQUIT\r\n" + pings(100));
  run();
  EXPECT_TRUE(take(a).ends_with("ERROR :Closing Link: 127.0.0.1 (Quit: )\r\n"));
  world.peer_close(a);
  run();
  EXPECT_EQ(loop.connections(), 0U);
}

}  // namespace
}  // namespace irc
