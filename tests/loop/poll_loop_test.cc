// What a loop gets wrong, in both worlds: the kernel's and the simulated one.
#include "server/poll_loop.h"

#include <string>

#include "tests/loop/loop_fixture.h"

namespace irc {
namespace {

using Worlds = testing::Types<LoopOnPosix, LoopOnSim>;
class WorldNames {
 public:
  template <class World>
  static std::string GetName(int) {
    return std::is_same_v<World, LoopOnPosix> ? "Posix" : "Sim";
  }
};

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string_view::npos; ++at) ++found;
  return found;
}

template <class World>
class LoopInAWorld : public LoopTest<World> {};
TYPED_TEST_SUITE(LoopInAWorld, Worlds, WorldNames);

TYPED_TEST(LoopInAWorld, JoinsALineThatComesInParts) {
  auto a = this->user("a");
  auto b = this->user("b");
  std::string heard;
  for (const char* part :
       {"PRIVMSG ", "b :on", "e\r", "\n", "PRIVMSG b :two\r\nPRIV", "MSG b x\n"}) {
    this->send(a, part);
    heard += this->sync(b);
  }
  this->sync(a);
  EXPECT_EQ(heard + this->sync(b),
            ":a!u@127.0.0.1 PRIVMSG b :one\r\n:a!u@127.0.0.1 PRIVMSG b :two\r\n"
            ":a!u@127.0.0.1 PRIVMSG b :x\r\n");
}

TYPED_TEST(LoopInAWorld, ServesEveryoneOfARoundThoughNeighboursLeaveInIt) {
  auto a = this->member("a");
  auto b = this->member("b");
  auto c = this->member("c");
  auto d = this->member("d");
  auto e = this->member("e");
  this->sync(a), this->sync(c), this->sync(e);
  this->world.peer_reset(b);
  this->send(c, "PRIVMSG #c :here\r\n");
  this->world.peer_close(d);
  const std::string heard = this->sync(e) + this->sync(e);
  EXPECT_EQ(count(heard, "PRIVMSG #c :here"), 1U) << heard;
  EXPECT_EQ(count(heard, ":b!u@127.0.0.1 QUIT"), 1U) << heard;
  EXPECT_EQ(count(heard, ":d!u@127.0.0.1 QUIT"), 1U) << heard;
  EXPECT_EQ(this->sync(a) + this->sync(a), heard);
}

TYPED_TEST(LoopInAWorld, LosesTheFirstAndTheLastOfTheArrayAtOnce) {
  auto first = this->member("first");
  auto middle = this->member("middle");
  auto last = this->member("last");
  this->sync(middle);
  this->world.peer_reset(last);
  this->world.peer_reset(first);
  const std::string heard = this->sync(middle) + this->sync(middle);
  EXPECT_EQ(count(heard, " QUIT :Connection reset by peer\r\n"), 2U) << heard;
  EXPECT_EQ(this->loop.connections(), 1U);
}

TYPED_TEST(LoopInAWorld, GivesTheNextOnThatDescriptorNothingOfTheLast) {
  auto b = this->user("b");
  auto a = this->user("a");
  this->send(a, "PRIVMSG b :stale");
  this->world.peer_close(a);
  ASSERT_TRUE(this->run_until([this] { return this->loop.connections() == 1; }));
  auto next = this->world.connect();
  this->send(next, "\r\nJOIN #c\r\n");
  EXPECT_EQ(this->sync(next), ":s.x 451 * :You have not registered\r\n");
  EXPECT_EQ(this->sync(b), "");
}

TYPED_TEST(LoopInAWorld, DoesNothingThatFollowsAQuit) {
  auto a = this->member("a");
  auto b = this->member("b");
  this->send(a, "QUIT :bye\r\nPRIVMSG #c :after\r\nJOIN #d\r\n");
  EXPECT_TRUE(this->rest(a).ends_with("ERROR :Closing Link: 127.0.0.1 (Quit: bye)\r\neof"));
  EXPECT_EQ(this->sync(b), ":a!u@127.0.0.1 QUIT :Quit: bye\r\n");
}

TYPED_TEST(LoopInAWorld, DeliversTheErrorLineDespiteInputThatNobodyReads) {
  auto a = this->user("a");
  std::string lines = "QUIT\r\n";
  while (lines.size() < 32768) lines += "PRIVMSG a :unread\r\n";
  this->send(a, lines);
  EXPECT_EQ(this->rest(a), "ERROR :Closing Link: 127.0.0.1 (Quit: )\r\neof");
}

TYPED_TEST(LoopInAWorld, ClosesWhenThePeerHasReadTheError) {
  auto a = this->user("a");
  this->send(a, "QUIT\r\n");
  this->rest(a);
  this->world.peer_close(a);
  EXPECT_TRUE(this->run_until([this] { return this->loop.connections() == 0; }));
}

TYPED_TEST(LoopInAWorld, HandlesAllLinesThatCameWithAFin) {
  auto b = this->member("b");
  auto a = this->member("a");
  this->sync(b);
  std::string lines;
  for (int i = 0; i < 400; ++i) lines += "PRIVMSG #c :" + std::string(40, 'x') + "\r\n";
  this->send(a, lines + "PRIVMSG #c :unterminated");
  this->world.peer_shutdown_write(a);
  ASSERT_TRUE(this->run_until([this] { return this->loop.connections() == 1; }));
  const std::string heard = this->sync(b);
  EXPECT_EQ(count(heard, "PRIVMSG #c :xxx"), 400U);
  EXPECT_EQ(count(heard, "unterminated"), 0U);
  EXPECT_TRUE(heard.ends_with("x\r\n:a!u@127.0.0.1 QUIT :Connection closed\r\n"));
}

TYPED_TEST(LoopInAWorld, AnswersWhatWasAskedBeforeAHalfClose) {
  auto a = this->user("a");
  this->send(a, "PING last\r\n");
  this->world.peer_shutdown_write(a);
  EXPECT_EQ(this->rest(a),
            ":s.x PONG s.x :last\r\nERROR :Closing Link: 127.0.0.1 (Connection closed)\r\neof");
}

TYPED_TEST(LoopInAWorld, SurvivesPeersThatVanishDuringABroadcast) {
  auto a = this->member("a");
  auto gone = this->member("gone");
  auto b = this->member("b");
  this->sync(a);
  this->world.peer_reset(gone);
  for (int i = 0; i < 3; ++i) this->send(a, "PRIVMSG #c :text\r\n");
  const std::string heard = this->sync(a) + this->sync(b) + this->sync(b);
  EXPECT_EQ(count(heard, "PRIVMSG #c :text"), 3U) << heard;
  EXPECT_EQ(count(heard, ":gone!u@127.0.0.1 QUIT"), 2U) << heard;
}

TYPED_TEST(LoopInAWorld, GivesASlowReaderEverythingInOrder) {
  auto slow = this->member("slow");
  auto a = this->member("a");
  this->sync(slow);
  std::string expected;
  const std::string padding(450, 'x');
  for (int i = 0; i < 16'000; ++i) {
    const std::string text = "PRIVMSG #c :" + std::to_string(i) + padding + "\r\n";
    this->send(a, text);
    expected += ":a!u@127.0.0.1 " + text;
  }
  this->sync(a);
  EXPECT_TRUE(this->sync(slow) == expected);
}

TYPED_TEST(LoopInAWorld, AcceptsABurst) {
  std::vector<typename TestFixture::Peer> peers;
  for (int i = 0; i < 10; ++i) peers.push_back(this->world.connect());
  EXPECT_TRUE(this->run_until([this] { return this->loop.connections() == 10; }));
}

TYPED_TEST(LoopInAWorld, GoesOnWithoutDescriptorsAndAcceptsWhenThereIsOneAgain) {
  auto a = this->user("a");
  auto b = this->world.connect();
  auto waiting = this->world.connect();
  this->world.allow_descriptors(1);
  this->sync(b);
  this->sync(a);
  EXPECT_EQ(this->loop.connections(), 2U);
  this->world.peer_close(b);
  this->sync(waiting);
  EXPECT_EQ(this->loop.connections(), 2U);
}

template <class World>
class LoopWithASmallSendQueue : public LoopTest<World> {
 protected:
  LoopWithASmallSendQueue() : LoopTest<World>(config()) {}

 private:
  static ServerConfig config() {
    ServerConfig config = small_config();
    config.sendq_bytes_max = 65536;
    return config;
  }
};
TYPED_TEST_SUITE(LoopWithASmallSendQueue, Worlds, WorldNames);

TYPED_TEST(LoopWithASmallSendQueue, EndsAClientThatDoesNotReadAndNobodyElse) {
  auto a = this->member("a");
  auto deaf = this->member("deaf");
  this->sync(a);
  std::string heard;
  for (int i = 0; i < 50 && heard.empty(); ++i) {
    std::string lines;
    for (int k = 0; k < 2000; ++k) lines += "PRIVMSG #c :" + std::string(400, 'x') + "\r\n";
    this->send(a, lines);
    heard = this->sync(a);
  }
  EXPECT_EQ(heard, ":deaf!u@127.0.0.1 QUIT :Max SendQ exceeded\r\n");
  // What it is told to its end are whole lines.
  EXPECT_TRUE(this->rest(deaf).ends_with(
      "xxx\r\nERROR :Closing Link: 127.0.0.1 (Max SendQ exceeded)\r\neof"));
}

}  // namespace
}  // namespace irc
