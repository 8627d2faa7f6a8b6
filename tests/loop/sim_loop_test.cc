// What only the simulation can show: time that passes, and faults that follow from a seed.
#include "tests/loop/sim_loop.h"

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>

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

// Clients that do anything, on a network where anything goes wrong.
class Chaos {
 public:
  explicit Chaos(std::uint64_t seed)
      : net_(seed, kFaults, SimLimits{.descriptors_max = 6, .socket_buffer_bytes = 2048}),
        random_(seed),
        server_(config()),
        loop_(net_, server_, net_.listen()) {}

  void play(int steps) {
    for (int i = 0; i < steps; ++i) {
      act();
      loop_.run_round();
      read();
      if (below(8) == 0) net_.advance_to(net_.now() + seconds(below(20)));
    }
  }
  // Everybody leaves, time passes: what is left of it?
  void finish() {
    for (const auto& [peer, line] : peers_) net_.peer_close(peer);
    for (int i = 0; i < 2000; ++i) {
      loop_.run_round();
      net_.advance_to(net_.now() + std::chrono::milliseconds(20));
    }
  }
  std::size_t connections() const { return loop_.connections(); }
  int descriptors() const { return net_.descriptors(); }
  std::optional<TimePoint> next_deadline() {
    server_.tick(net_.now() + seconds(1000));
    return server_.next_deadline();
  }

 private:
  static constexpr SimFaults kFaults{.short_read = 0.3,
                                     .short_write = 0.3,
                                     .would_block = 0.2,
                                     .spurious = 0.1,
                                     .interrupted = 0.1,
                                     .reset = 0.01};
  static constexpr std::string_view kSays[] = {
      "NICK a\r\n",
      "NICK b\r\nUSER u 0 * :r\r\n",
      "NICK c\r\nUSER u 0 * :r\r\n",
      "JOIN #x,#y\r\n",
      "PRIVMSG #x :text\r\n",
      "PRIVMSG b,c,#y :text\r\n",
      "PART #x\r\n",
      "MODE #x +kb-k k b!*@*\r\n",
      "KICK #x b,c,a\r\n",
      "QUIT :x\r\nJOIN #z\r",
      "\n",
      "PRIVMSG b :half",
      "NAMES #x\r\nWHO #x\r\nLIST\r\nWHOIS b\r\nMOTD\r\n",
      "TOPIC #y :topic\r\nINVITE c #x\r\n",
      "OPER o p\r\n",
      "KILL b :x\r\n",
      "JOIN 0\r\n",
  };

  static ServerConfig config() {
    ServerConfig config = small_config();
    config.sendq_bytes_max = 4096;
    config.operators = {{"o", "p"}};
    return config;
  }
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  void act() {
    if (peers_.size() < 8) {
      if (const auto peer = net_.connect("h")) peers_.emplace(*peer, "");
      return;
    }
    const SimPeer peer = std::next(peers_.begin(), static_cast<long>(below(peers_.size())))->first;
    switch (below(12)) {
      case 0:
        return forget(peer, &SimNet::peer_close);
      case 1:
        return forget(peer, &SimNet::peer_reset);
      case 2:
        return net_.peer_shutdown_write(peer);
      default:
        net_.peer_send(peer, kSays[below(std::size(kSays))]);
    }
  }
  void forget(SimPeer peer, void (SimNet::*leave)(SimPeer)) {
    (net_.*leave)(peer);
    peers_.erase(peer);
  }

  // Some read, some do not; whatever comes is lines.
  void read() {
    std::string in(512, '\0');
    for (auto& [peer, line] : peers_) {
      if (below(3) != 0) continue;
      line.append(in, 0, net_.peer_recv(peer, in).bytes);
      for (std::size_t end = 0; (end = line.find('\n')) != std::string::npos;
           line.erase(0, end + 1)) {
        EXPECT_LE(end, 511U) << line;
        EXPECT_EQ(line.find('\r'), end - 1) << line;
      }
    }
  }

  SimNet net_;
  std::mt19937_64 random_;
  Server server_;
  PollLoop<SimNet> loop_;
  std::map<SimPeer, std::string> peers_;  // And what has come of a line.
};

TEST(Chaos, LeavesNothingBehindUnderAnyOf200Seeds) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Chaos chaos(seed);
    chaos.play(600);
    chaos.finish();
    EXPECT_EQ(chaos.connections(), 0U) << seed;
    EXPECT_EQ(chaos.descriptors(), 1) << seed;
    EXPECT_EQ(chaos.next_deadline(), std::nullopt) << seed;
  }
}

}  // namespace
}  // namespace irc
