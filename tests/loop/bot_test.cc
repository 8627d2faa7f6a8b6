// The bot where it is at home: behind the loop, beside clients with sockets.
#include <string>

#include "tests/loop/sim_loop.h"

namespace irc {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class LoopWithABot : public SimLoop {
 protected:
  LoopWithABot() : SimLoop(config()) {}

  static ServerConfig config() {
    ServerConfig config = small_config();
    config.sendq_bytes_max = 4096;
    config.bot = BotConfig{.nick = "refbot", .channels = {"#c"}};
    return config;
  }
  static std::string said(const std::string& target, const std::string& text) {
    return ":refbot!bot@s.x NOTICE " + target + " :" + text + "\r\n";
  }
};

TEST_F(LoopWithABot, AnswersInTheSameRoundAndToAllOfTheChannel) {
  SimPeer a = member("a");
  SimPeer b = member("b");
  sync(a);
  send(a, "PRIVMSG #c :!topic\r\n");
  loop.run_round();
  EXPECT_EQ(take(a), said("#c", "#c has no topic."));
  EXPECT_EQ(take(b), ":a!u@127.0.0.1 PRIVMSG #c :!topic\r\n" + said("#c", "#c has no topic."));
}

TEST_F(LoopWithABot, HasNoDescriptorAndNoConnection) {
  user("a");
  EXPECT_EQ(loop.connections(), 1U);
  EXPECT_EQ(world.net.descriptors(), 2) << "the listener and a";
}

TEST_F(LoopWithABot, StaysThoughNothingHappensAndKeepsNobodyAwake) {
  SimPeer a = user("a");
  pass(minutes(1));  // Its time to register has passed.
  EXPECT_LE(rounds_until_idle(), 2);
  EXPECT_EQ(world.net.wake_at(), world.net.now() + seconds(60)) << "the next PING";
  world.peer_close(a);
  pass(minutes(60));
  SimPeer b = member("b");
  send(b, "PRIVMSG refbot :topic #c\r\n");
  EXPECT_EQ(sync(b), said("b", "#c has no topic."));
}

TEST_F(LoopWithABot, IsNotPulledDownByWhoDoesNotReadItsAnswers) {
  SimPeer a = member("a");
  SimPeer deaf = user("deaf");
  world.net.peer_receive_buffer(deaf, 1);
  for (int i = 0; i < 200 && loop.connections() == 2; ++i) {
    world.peer_send(deaf, "PRIVMSG refbot :help\r\n");
    pass(seconds(1));
  }
  EXPECT_EQ(loop.connections(), 1U);
  take(a);
  send(a, "PRIVMSG refbot :topic #c\r\n");
  EXPECT_EQ(sync(a), said("a", "#c has no topic."));
}

}  // namespace
}  // namespace irc
