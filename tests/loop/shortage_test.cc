// When there is too little of something: descriptors, room in a queue, time.
#include <string>
#include <vector>

#include "tests/loop/sim_loop.h"

namespace irc {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class LoopInNeed : public SimLoop {
 protected:
  LoopInNeed() : SimLoop(config()) {}

 private:
  static ServerConfig config() {
    ServerConfig config = small_config();
    config.sendq_bytes_max = 65536;
    return config;
  }
};

TEST_F(LoopInNeed, ServesHundredsInTurnWithTwentyDescriptors) {
  constexpr std::size_t kMany = 300;
  SimPeer first = user("first");
  world.allow_descriptors(20);
  std::vector<SimPeer> waiting;
  for (std::size_t i = 0; i < kMany; ++i) {
    waiting.push_back(world.connect());
    world.peer_send(waiting.back(), "PING " + std::to_string(i) + "\r\n");
  }
  std::size_t answered = 0;
  for (std::size_t i = 0; i < kMany; ++i) {
    run();  // Fails the test if it spins.
    sync(first);
    EXPECT_LE(loop.connections(), 21U);
    if (take(waiting[i]) == ":s.x PONG s.x :" + std::to_string(i) + "\r\n") ++answered;
    i % 2 == 0 ? world.peer_close(waiting[i]) : world.peer_reset(waiting[i]);
  }
  run();
  EXPECT_EQ(answered, kMany);
  EXPECT_EQ(loop.connections(), 1U);
}

TEST_F(LoopInNeed, WakesUpOnceASecondAsLongAsThereIsNoDescriptor) {
  user("first");
  world.allow_descriptors(0);
  world.connect();
  run();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(world.net.wake_at(), world.net.now() + seconds(1));
    world.net.advance_to(world.net.now() + seconds(1));
    const int rounds = rounds_until_idle();
    EXPECT_LE(rounds, 2);
  }
}

TEST_F(LoopInNeed, AsksEveryoneAfterAJumpOfTheClockBeforeItGivesThemUp) {
  std::vector<SimPeer> peers;
  for (int i = 0; i < 10; ++i) peers.push_back(member("m" + std::to_string(i)));
  for (SimPeer& peer : peers) take(peer);
  world.net.advance_to(world.net.now() + hours(24 * 365));
  run();
  EXPECT_EQ(loop.connections(), 10U);
  for (SimPeer& peer : peers) EXPECT_EQ(take(peer), "PING :s.x\r\n");
  for (std::size_t i = 0; i < 5; ++i) world.peer_send(peers[i], "PONG s.x\r\n");
  run();
  world.net.advance_to(world.net.now() + hours(1));
  run();
  for (std::size_t i = 0; i < 5; ++i) world.peer_send(peers[i], "PONG s.x\r\n");
  pass(seconds(10));
  EXPECT_EQ(loop.connections(), 5U);
}

TEST_F(LoopInNeed, EndsAtOnceWhoTurnsAnEndlessAnswerDown) {
  SimPeer a = member("a");
  world.net.peer_receive_buffer(a, 512);
  std::string lines;
  for (int i = 0; i < 2000; ++i) lines += "WHO #c\r\n";
  send(a, lines);
  run();
  pass(seconds(3));
  EXPECT_EQ(loop.connections(), 0U);
}

TEST_F(LoopInNeed, LosesNoLineOfAQueueThatFillsAndEmpties) {
  SimPeer a = user("a");
  SimPeer b = user("b");
  std::string heard;
  std::string expected;
  for (int i = 0; i < 200; ++i) {
    // Now it reads, now it does not; 40 lines of 400 bytes are less than may wait.
    world.net.peer_receive_buffer(b, i % 3 == 0 ? 65536 : 1);
    for (int k = 0; k < 40; ++k) {
      const std::string text = std::to_string(i * 40 + k) + std::string(380, 'x');
      send(a, "PRIVMSG b :" + text + "\r\n");
      expected += ":a!u@127.0.0.1 PRIVMSG b :" + text + "\r\n";
    }
    run();
    heard += take(b);
    if (i % 3 == 0) heard += sync(b);
  }
  world.net.peer_receive_buffer(b, 65536);
  heard += sync(b);
  EXPECT_TRUE(heard == expected);
}

class LoopWithLittleMemory : public SimLoop {
 protected:
  LoopWithLittleMemory() : SimLoop(config()) {}

 private:
  static ServerConfig config() {
    ServerConfig config = small_config();
    config.sendq_all_bytes_max = 1'000'000;
    return config;
  }
};

TEST_F(LoopWithLittleMemory, EndsThoseWhoHoldMuchOfIt) {
  SimPeer a = user("a");
  std::vector<SimPeer> deaf;
  for (int i = 0; i < 20; ++i) {
    deaf.push_back(user("d" + std::to_string(i)));
    world.net.peer_receive_buffer(deaf.back(), 1);
  }
  const std::string text(400, 'x');
  std::size_t most = 0;
  for (int i = 0; i < 1000; ++i) {
    for (int k = 0; k < 20; ++k) send(a, "PRIVMSG d" + std::to_string(k) + " :" + text + "\r\n");
    run();
    std::size_t all = 0;
    server.for_each_output([&all](ConnId, std::string_view output) { all += output.size(); });
    most = std::max(most, all);
    take(a);
  }
  EXPECT_GT(most, 900'000U);
  EXPECT_LE(most, 1'000'000U + 20U * 65536U);
  pass(seconds(3));
  EXPECT_LT(loop.connections(), 21U);
  EXPECT_TRUE(sync(a).empty());
}

}  // namespace
}  // namespace irc
