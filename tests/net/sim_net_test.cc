#include "server/net/sim_net.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace irc {
namespace {

using Kind = IoResult::Kind;
using std::chrono::seconds;

constexpr SimFaults kAllFaults{.short_read = 0.3,
                               .short_write = 0.3,
                               .would_block = 0.3,
                               .spurious = 0.3,
                               .interrupted = 0.3,
                               .reset = 0.02,
                               .aborted = 0.3};

// A network, a listener, and one connection where nothing goes wrong before it is there.
struct Connected {
  explicit Connected(SimFaults faults, std::uint64_t seed = 1, SimLimits limits = {})
      : net(seed, faults, limits) {
    while (!socket) {
      peer = net.connect("127.0.0.1").value();
      if (auto result = net.accept(listener); result.accepted) {
        socket.emplace(std::move(result.accepted->socket));
      }
    }
  }
  short poll(std::optional<TimePoint> deadline = std::nullopt) {
    pollfd entry{.fd = net.fd(*socket), .events = POLLIN, .revents = 0};
    net.poll({&entry, 1}, deadline);
    return entry.revents;
  }
  IoResult recv() { return net.recv(*socket, in); }

  SimNet net;
  SimNet::Socket listener = net.listen();
  SimPeer peer{};
  std::optional<SimNet::Socket> socket;
  std::string in = std::string(64, '\0');
};

// A hundred rounds of an echo, as what poll, recv and send said.
std::string trace(std::uint64_t seed) {
  Connected echo(kAllFaults, seed);
  std::string trace;
  const auto note = [&trace](const IoResult& result) {
    trace += ' ' + std::to_string(static_cast<int>(result.kind)) + ':' +
             std::to_string(result.bytes) + ':' + std::to_string(result.error);
  };
  for (int round = 0; round < 100; ++round) {
    echo.net.peer_send(echo.peer, "0123456789");
    trace += '\n' + std::to_string(echo.poll());
    note(echo.recv());
    note(echo.net.send(*echo.socket, "0123456789"));
  }
  return trace;
}

TEST(SimNet, GivesTheSameRunForTheSameSeed) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) EXPECT_EQ(trace(seed), trace(seed)) << seed;
}

TEST(SimNet, GivesAnotherRunForAnotherSeed) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) EXPECT_NE(trace(seed), trace(seed + 1)) << seed;
}

TEST(SimNet, DoesNothingUnexpectedWithoutFaults) {
  Connected quiet(SimFaults{});
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(quiet.poll(), 0);
    quiet.net.peer_send(quiet.peer, "0123456789");
    EXPECT_EQ(quiet.poll(), POLLIN);
    EXPECT_EQ(quiet.recv().bytes, 10u);
    EXPECT_EQ(quiet.net.send(*quiet.socket, "01234").bytes, 5u);
  }
}

TEST(SimNet, ReadsShortButEverythingAndInOrder) {
  Connected faulty({.short_read = 0.5});
  faulty.net.peer_send(faulty.peer, "the quick brown fox");
  std::string all;
  int reads = 0;
  for (IoResult result = faulty.recv(); result.kind == Kind::done; result = faulty.recv()) {
    EXPECT_GE(result.bytes, 1u);
    all.append(faulty.in, 0, result.bytes);
    ++reads;
  }
  EXPECT_EQ(all, "the quick brown fox");
  EXPECT_GT(reads, 1);
}

TEST(SimNet, WritesShortButAtLeastOneByte) {
  Connected faulty({.short_write = 1});
  EXPECT_EQ(faulty.net.send(*faulty.socket, "x").bytes, 1u);
  for (int i = 0; i < 100; ++i) {
    const IoResult result = faulty.net.send(*faulty.socket, "0123456789");
    EXPECT_EQ(result.kind, Kind::done);
    EXPECT_GE(result.bytes, 1u);
    EXPECT_LT(result.bytes, 10u);
  }
}

TEST(SimNet, SaysWouldBlockThoughItCould) {
  Connected faulty({.would_block = 0.5});
  int blocked = 0;
  for (int i = 0; i < 1000; ++i) {
    blocked += faulty.net.send(*faulty.socket, "x").kind == Kind::would_block ? 1 : 0;
  }
  EXPECT_GT(blocked, 400);
  EXPECT_LT(blocked, 600);
}

TEST(SimNet, ReportsInputWhereThereIsNone) {
  Connected faulty({.spurious = 1});
  EXPECT_EQ(faulty.poll(), POLLIN);
  EXPECT_EQ(faulty.recv().kind, Kind::would_block);
}

TEST(SimNet, InterruptsAPollThatHadEvents) {
  Connected faulty({.spurious = 1, .interrupted = 1});
  faulty.net.peer_send(faulty.peer, "x");
  EXPECT_EQ(faulty.poll(), 0);
  EXPECT_FALSE(faulty.net.idle());
}

TEST(SimNet, ResetsBothEndsAndKeepsWhatHadArrived) {
  Connected faulty({.reset = 1});
  faulty.net.peer_send(faulty.peer, "data");
  EXPECT_EQ(faulty.recv().bytes, 4u);
  EXPECT_EQ(faulty.recv().error, ECONNRESET);
  faulty.net.shutdown_write(*faulty.socket);
  EXPECT_EQ(faulty.net.peer_recv(faulty.peer, faulty.in).error, ECONNRESET);
}

TEST(SimNet, AbortsAConnectionThatWaited) {
  SimNet net(1, {.aborted = 1});
  SimNet::Socket listener = net.listen();
  const SimPeer peer = net.connect("127.0.0.1").value();
  std::string in(1, '\0');
  EXPECT_EQ(net.accept(listener).error, AcceptError::aborted);
  EXPECT_EQ(net.accept(listener).error, AcceptError::would_block);
  EXPECT_EQ(net.peer_recv(peer, in).error, ECONNRESET);
  EXPECT_FALSE(net.server_side(peer).accepted);
}

TEST(SimNet, KeepsTimeUntilItIsAdvanced) {
  Connected quiet(SimFaults{});
  const TimePoint start = quiet.net.now();
  quiet.poll(start + seconds(90));
  EXPECT_EQ(quiet.net.now(), start);
  quiet.net.advance_to(start + seconds(90));
  EXPECT_EQ(quiet.net.now(), start + seconds(90));
}

TEST(SimNetDeathTest, AbortsWhenTimeWouldGoBack) {
  SimNet net(1);
  EXPECT_DEATH(net.advance_to(net.now() - seconds(1)), "CHECK failed");
}

TEST(SimNet, IsIdleExactlyWhenPollWouldHaveWaited) {
  Connected quiet(SimFaults{});
  const TimePoint later = quiet.net.now() + seconds(1);
  EXPECT_FALSE(quiet.net.idle()) << "before the first poll";
  quiet.poll(later);
  EXPECT_TRUE(quiet.net.idle()) << "until the deadline";
  EXPECT_EQ(quiet.net.wake_at(), later);
  quiet.poll();
  EXPECT_TRUE(quiet.net.idle()) << "for ever";
  EXPECT_EQ(quiet.net.wake_at(), std::nullopt);
  quiet.poll(quiet.net.now());
  EXPECT_FALSE(quiet.net.idle()) << "the deadline has come";
  quiet.net.peer_send(quiet.peer, "x");
  quiet.poll(later);
  EXPECT_FALSE(quiet.net.idle()) << "there is input";
  EXPECT_EQ(quiet.net.wake_at(), std::nullopt);
}

TEST(SimNet, RefusesAConnectionWhenNobodyListens) {
  SimNet net(1);
  EXPECT_FALSE(net.connect("127.0.0.1"));
  { const SimNet::Socket listener = net.listen(); }
  EXPECT_FALSE(net.connect("127.0.0.1"));
}

TEST(SimNet, RefusesAConnectionBeyondTheBacklog) {
  SimNet net(1, {}, {.backlog_max = 1});
  SimNet::Socket listener = net.listen();
  EXPECT_TRUE(net.connect("127.0.0.1"));
  EXPECT_FALSE(net.connect("127.0.0.1"));
  const auto accepted = net.accept(listener);
  EXPECT_TRUE(net.connect("127.0.0.1"));
}

TEST(SimNet, ResetsThoseWhoWaitWhenTheListenerCloses) {
  SimNet net(1);
  std::optional listener = net.listen();
  const SimPeer peer = net.connect("127.0.0.1").value();
  listener.reset();
  std::string in(1, '\0');
  EXPECT_EQ(net.peer_recv(peer, in).error, ECONNRESET);
  EXPECT_TRUE(net.server_side(peer).closed);
  EXPECT_EQ(net.descriptors(), 0);
}

TEST(SimNet, ShowsTheServersSideOfAConnection) {
  Connected quiet(SimFaults{});
  quiet.net.peer_send(quiet.peer, "four");
  quiet.net.peer_shutdown_write(quiet.peer);
  quiet.net.send(*quiet.socket, "fifteen");
  const SimNet::ServerSide before = quiet.net.server_side(quiet.peer);
  EXPECT_TRUE(before.accepted && before.fin_unread && !before.closed);
  EXPECT_EQ(before.unread_bytes, 4u);
  EXPECT_EQ(before.unsent_bytes, 7u);
  quiet.recv();
  EXPECT_TRUE(quiet.net.server_side(quiet.peer).fin_unread) << "not before eof was said";
  quiet.recv();
  EXPECT_FALSE(quiet.net.server_side(quiet.peer).fin_unread);
  quiet.socket.reset();
  EXPECT_TRUE(quiet.net.server_side(quiet.peer).closed);
}

TEST(SimNet, BoundsWhatAPeerHoldsUnread) {
  Connected quiet(SimFaults{});
  quiet.net.peer_receive_buffer(quiet.peer, 3);
  EXPECT_EQ(quiet.net.send(*quiet.socket, "12345").bytes, 3u);
  EXPECT_EQ(quiet.net.send(*quiet.socket, "45").kind, Kind::would_block);
  quiet.net.peer_receive_buffer(quiet.peer, 1);
  EXPECT_EQ(quiet.net.send(*quiet.socket, "45").kind, Kind::would_block);
  quiet.net.peer_recv(quiet.peer, quiet.in);
  EXPECT_EQ(quiet.net.send(*quiet.socket, "45").bytes, 1u);
}

TEST(SimNet, KnowsWhenAPeerCanReadOrWrite) {
  Connected quiet(SimFaults{}, 1, {.socket_buffer_bytes = 2});
  EXPECT_FALSE(quiet.net.peer_readable(quiet.peer));
  EXPECT_TRUE(quiet.net.peer_writable(quiet.peer));
  quiet.net.peer_send(quiet.peer, "ab");
  EXPECT_FALSE(quiet.net.peer_writable(quiet.peer));
  quiet.net.send(*quiet.socket, "x");
  EXPECT_TRUE(quiet.net.peer_readable(quiet.peer));
}

TEST(SimNet, DoesNothingForAPeerThatHasClosed) {
  Connected quiet(SimFaults{});
  quiet.net.peer_close(quiet.peer);
  quiet.net.peer_reset(quiet.peer);
  quiet.net.peer_shutdown_write(quiet.peer);
  EXPECT_EQ(quiet.net.peer_send(quiet.peer, "x").error, EBADF);
  EXPECT_EQ(quiet.net.peer_recv(quiet.peer, quiet.in).error, EBADF);
  EXPECT_FALSE(quiet.net.peer_readable(quiet.peer) || quiet.net.peer_writable(quiet.peer));
  EXPECT_EQ(quiet.recv().kind, Kind::eof) << "the FIN came before";
}

TEST(SimNet, ReportsADescriptorThatIsNotOpen) {
  Connected quiet(SimFaults{});
  pollfd entry{.fd = 99, .events = POLLIN, .revents = 0};
  quiet.net.poll({&entry, 1}, std::nullopt);
  EXPECT_EQ(entry.revents, POLLNVAL);
}

}  // namespace
}  // namespace irc
