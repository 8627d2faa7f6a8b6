// What only the simulation can show: time that passes, and faults that follow from a seed.
#include "tests/loop/sim_loop.h"

#include <string>
#include <string_view>
#include <vector>

namespace irc {
namespace {

using std::chrono::seconds;

TEST_F(SimLoop, WaitsForNothingButTheNextDeadline) {
  SimPeer a = user("a");
  pass(seconds(60));  // It has registered in time.
  EXPECT_EQ(world.net.wake_at(), world.net.now() + seconds(60));
  world.peer_close(a);
  run();
  EXPECT_EQ(world.net.descriptors(), 1);
}

TEST_F(SimLoop, GivesUpAClientThatIsClosedAndNeverEnds) {
  SimPeer a = user("a");
  send(a, "QUIT\r\n");
  run();
  EXPECT_EQ(loop.connections(), 1U);
  EXPECT_EQ(world.net.wake_at(), world.net.now() + seconds(3));
  pass(seconds(3));
  EXPECT_EQ(loop.connections(), 0U);
  EXPECT_EQ(rest(a), "ERROR :Closing Link: 127.0.0.1 (Quit: )\r\neof");
}

TEST_F(SimLoop, GivesUpAClientThatIsClosedAndNeverReads) {
  SimPeer a = user("a");
  world.net.peer_receive_buffer(a, 16);
  send(a, "MOTD\r\nQUIT\r\n");
  run();
  EXPECT_EQ(loop.connections(), 1U);
  pass(seconds(3));
  EXPECT_EQ(loop.connections(), 0U);
}

TEST_F(SimLoop, WaitsForAHalfClosedClientThatDoesNotRead) {
  SimPeer a = user("a");
  world.net.peer_receive_buffer(a, 16);
  send(a, "MOTD\r\n");
  world.peer_shutdown_write(a);
  run();
  EXPECT_EQ(world.net.wake_at(), world.net.now() + seconds(3));
}

TEST_F(SimLoop, DoesNotReadForEverWhatAClosedClientSends) {
  SimPeer a = user("a");
  send(a, "QUIT\r\n");
  run();
  const std::string chunk(60'000, 'x');
  for (int i = 0; i < 100 && loop.connections() == 1; ++i) {
    world.peer_send(a, chunk);
    run();
  }
  EXPECT_EQ(loop.connections(), 0U);
}

TEST_F(SimLoop, WaitsWithoutDescriptorsUntilAMomentHasPassed) {
  user("a");
  world.allow_descriptors(0);
  world.connect();
  run();
  EXPECT_EQ(world.net.wake_at(), world.net.now() + seconds(1));
  world.allow_descriptors(1);
  pass(seconds(1));
  EXPECT_EQ(loop.connections(), 2U);
}

TEST_F(SimLoop, EndsAClientThatNeitherReadsNorAnswers) {
  SimPeer a = member("a");
  SimPeer b = member("b");
  sync(a);
  world.net.peer_receive_buffer(b, 1);
  pass(seconds(120));
  sync(a);
  pass(seconds(60));
  EXPECT_EQ(sync(a), ":b!u@127.0.0.1 QUIT :Ping timeout: 60 seconds\r\n");
}

// Counts what it is asked about its clients.
class CountingCore : public Server {
 public:
  using Server::Server;

  std::string_view output(ConnId id) const {
    ++asked;
    return Server::output(id);
  }
  bool closing(ConnId id) const {
    ++asked;
    return Server::closing(id);
  }

  mutable int asked = 0;
};

// How often the core is asked in the round of a PING, beside so many who are silent.
int questions_of_a_ping(int silent) {
  SimNet net(1);
  CountingCore core(small_config());
  PollLoop<SimNet, CountingCore> loop(net, core, net.listen());
  std::vector<SimPeer> peers;
  for (int i = 0; i <= silent; ++i) {
    peers.push_back(net.connect("h").value());
    loop.run_round();
    loop.run_round();
  }
  net.peer_send(peers.front(), "PING x\r\n");
  core.asked = 0;
  loop.run_round();
  return core.asked;
}

TEST(Round, AsksTheCoreNothingAboutTheSilent) {
  EXPECT_GT(questions_of_a_ping(1), 0);
  EXPECT_EQ(questions_of_a_ping(100), questions_of_a_ping(1));
}

TEST_F(SimLoop, SendsWhatTheCoreSaysBetweenRounds) {
  SimPeer a = user("a");
  SimPeer b = user("b");
  world.net.peer_receive_buffer(b, 1);
  server.shut_down("bye");
  run();
  EXPECT_EQ(rest(a), "ERROR :Closing Link: 127.0.0.1 (bye)\r\neof");
  pass(seconds(3));  // One of them has not read it.
  EXPECT_EQ(loop.connections(), 0U);
}

TEST(SpuriousReadiness, IsNoDisconnect) {
  SimNet net(1, SimFaults{.would_block = 0.5, .spurious = 1});
  Server server(small_config());
  PollLoop<SimNet> loop(net, server, net.listen());
  const SimPeer a = net.connect("h").value();
  for (int i = 0; i < 100; ++i) loop.run_round();
  EXPECT_EQ(loop.connections(), 1U);
  net.peer_send(a, "PING x\r\n");
  for (int i = 0; i < 100; ++i) loop.run_round();
  std::string in(100, '\0');
  in.resize(net.peer_recv(a, in).bytes);
  EXPECT_EQ(in, ":s.x PONG s.x :x\r\n");
}

}  // namespace
}  // namespace irc
