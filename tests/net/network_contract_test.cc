// What the concept Network promises beyond its signatures, on both of its models: what the kernel
// does, the simulation does. The rows of events were measured on Linux 6.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/net/network_worlds.h"

namespace irc {
namespace {

using Kind = IoResult::Kind;

// "done 5", "would_block", "eof", "failed ECONNRESET".
std::string to_string(const IoResult& result) {
  switch (result.kind) {
    case Kind::done:
      return "done " + std::to_string(result.bytes);
    case Kind::would_block:
      return "would_block";
    case Kind::eof:
      return "eof";
    case Kind::failed:
      break;
  }
  if (result.error == ECONNRESET) return "failed ECONNRESET";
  if (result.error == EPIPE) return "failed EPIPE";
  return "failed " + std::to_string(result.error);
}

// "IN|HUP", or "0".
std::string names_of(short events) {
  constexpr std::pair<short, const char*> kNames[] = {
      {POLLIN, "IN"},   {POLLOUT, "OUT"},     {POLLERR, "ERR"},
      {POLLHUP, "HUP"}, {POLLRDHUP, "RDHUP"}, {POLLNVAL, "NVAL"},
  };
  std::string names;
  for (const auto& [event, name] : kNames) {
    if ((events & event) != 0) names.append(names.empty() ? "" : "|").append(name);
  }
  return names.empty() ? "0" : names;
}

template <class World>
class NetworkContract : public testing::Test {
 protected:
  using Socket = typename World::Net::Socket;
  using Peer = typename World::Peer;

  // The next that waits, which must be there, or come.
  Socket accept() {
    events(world.listener, POLLIN, "IN");
    return std::move(world.net.accept(world.listener).accepted.value().socket);
  }
  std::pair<Peer, Socket> connected_pair() {
    Peer peer = world.connect();
    return {std::move(peer), accept()};
  }

  // What poll reports: as soon as it is what is expected, else when patience is at its end.
  std::string events(const Socket& socket, int asked, std::string_view expected) {
    const TimePoint end = world.net.now() + world.patience();
    pollfd entry{.fd = world.net.fd(socket), .events = static_cast<short>(asked), .revents = 0};
    do {
      world.net.poll({&entry, 1}, world.net.now());
    } while (names_of(entry.revents) != expected && world.net.now() < end);
    return names_of(entry.revents);
  }
  // What poll reports now.
  std::string events_now(const Socket& socket, int asked) {
    pollfd entry{.fd = world.net.fd(socket), .events = static_cast<short>(asked), .revents = -1};
    world.net.poll({&entry, 1}, world.net.now());
    return names_of(entry.revents);
  }
  void wait_readable(const Socket& socket) { events(socket, POLLIN, "IN"); }

  std::string recv(Socket& socket, std::size_t bytes_max = 4096) {
    std::string in(bytes_max, '\0');
    return said(world.net.recv(socket, in), in);
  }
  std::string peer_recv(Peer& peer) {
    std::string in(4096, '\0');
    world.wait_readable(peer);
    return said(world.peer_recv(peer, in), in);
  }
  std::string send(Socket& socket, std::string_view out) {
    return to_string(world.net.send(socket, out));
  }
  // What recv says until the end of the stream, or until there is nothing more.
  std::string recv_all(Socket& socket) {
    std::string all;
    std::string last;
    while (last != "eof" && last != "would_block") {
      last = recv(socket);
      all.append(all.empty() ? "" : ", ").append(last);
    }
    return all;
  }

  // Writes until nothing more fits. How many bytes that was; nothing if it never ends.
  std::optional<std::size_t> fill(Socket& socket) {
    const std::string chunk(1 << 16, 'x');
    constexpr std::size_t kBytesMax = 1 << 28;
    std::size_t bytes = 0;
    while (bytes < kBytesMax) {
      const IoResult result = world.net.send(socket, chunk);
      if (result.kind == Kind::failed) return std::nullopt;
      bytes += result.bytes;
      const bool full = result.kind == Kind::would_block;
      if (full && events_now(socket, POLLOUT) == "0") return bytes;
    }
    return std::nullopt;
  }
  std::size_t peer_drain(Peer& peer, std::size_t bytes) {
    std::string in(1 << 16, '\0');
    std::size_t drained = 0;
    while (drained < bytes && world.wait_readable(peer)) {
      drained += world.peer_recv(peer, in).bytes;
    }
    return drained;
  }

  World world;

 private:
  // The bytes themselves, or how it is that there are none.
  static std::string said(const IoResult& result, const std::string& in) {
    return result.kind == Kind::done ? in.substr(0, result.bytes) : to_string(result);
  }
};

using Worlds = testing::Types<OnPosix, OnSim>;
class WorldNames {
 public:
  template <class World>
  static std::string GetName(int) {
    return std::is_same_v<World, OnPosix> ? "Posix" : "Sim";
  }
};
TYPED_TEST_SUITE(NetworkContract, Worlds, WorldNames);

TYPED_TEST(NetworkContract, AcceptWouldBlockWhenNobodyWaits) {
  const auto result = this->world.net.accept(this->world.listener);
  EXPECT_EQ(result.error, AcceptError::would_block);
  EXPECT_FALSE(result.accepted);
  EXPECT_EQ(this->events_now(this->world.listener, POLLIN), "0");
}

TYPED_TEST(NetworkContract, AcceptSaysWhoIsAtTheOtherEnd) {
  [[maybe_unused]] const auto peer = this->world.connect();
  EXPECT_EQ(this->events(this->world.listener, POLLIN, "IN"), "IN");
  const auto result = this->world.net.accept(this->world.listener);
  EXPECT_EQ(result.error, AcceptError::none);
  ASSERT_TRUE(result.accepted);
  EXPECT_EQ(result.accepted->host, "127.0.0.1");
}

TYPED_TEST(NetworkContract, AcceptTakesThemInTheOrderInWhichTheyCame) {
  std::vector<typename TypeParam::Peer> peers;
  for (const char* name : {"a", "b", "c"}) {
    peers.push_back(this->world.connect());
    this->world.peer_send(peers.back(), name);
  }
  for (const char* name : {"a", "b", "c"}) {
    auto socket = this->accept();
    this->wait_readable(socket);
    EXPECT_EQ(this->recv(socket), name);
  }
}

TYPED_TEST(NetworkContract, AcceptGivesTheLowestFreeDescriptor) {
  std::vector<typename TypeParam::Peer> peers;
  for (int i = 0; i < 5; ++i) peers.push_back(this->world.connect());
  std::optional first = this->accept();
  std::optional second = this->accept();
  const int lower = this->world.net.fd(*first);
  const int higher = this->world.net.fd(*second);
  second.reset();
  first.reset();
  EXPECT_EQ(this->world.net.fd(first.emplace(this->accept())), lower);
  EXPECT_EQ(this->world.net.fd(second.emplace(this->accept())), higher);
  EXPECT_LT(lower, higher);
}

TYPED_TEST(NetworkContract, AcceptIsExhaustedAtTheLimitUntilADescriptorIsClosed) {
  [[maybe_unused]] const auto first_peer = this->world.connect();
  [[maybe_unused]] const auto second_peer = this->world.connect();
  this->world.allow_descriptors(1);
  std::optional first = this->accept();
  EXPECT_EQ(this->world.net.accept(this->world.listener).error, AcceptError::exhausted);
  EXPECT_EQ(this->events_now(this->world.listener, POLLIN), "IN");
  first.reset();
  EXPECT_EQ(this->world.net.accept(this->world.listener).error, AcceptError::none);
}

TYPED_TEST(NetworkContract, AcceptGivesAConnectionThatWasResetMeanwhile) {
  auto peer = this->world.connect();
  this->events(this->world.listener, POLLIN, "IN");
  this->world.peer_reset(peer);
  auto socket = this->accept();
  EXPECT_EQ(this->recv_all(socket), "failed ECONNRESET, eof");
}

TYPED_TEST(NetworkContract, RecvWouldBlockUntilBytesCome) {
  auto [peer, socket] = this->connected_pair();
  EXPECT_EQ(this->recv(socket), "would_block");
  this->world.peer_send(peer, "PING");
  EXPECT_EQ(this->events(socket, POLLIN, "IN"), "IN");
  EXPECT_EQ(this->recv_all(socket), "PING, would_block");
}

TYPED_TEST(NetworkContract, RecvTakesNoMoreThanThereIsRoomAndLeavesTheRest) {
  auto [peer, socket] = this->connected_pair();
  this->world.peer_send(peer, "PING");
  this->wait_readable(socket);
  EXPECT_EQ(this->recv(socket, 3), "PIN");
  EXPECT_EQ(this->events_now(socket, POLLIN), "IN");
  EXPECT_EQ(this->recv(socket, 3), "G");
}

TYPED_TEST(NetworkContract, RecvSaysEofAgainAndAgain) {
  auto [peer, socket] = this->connected_pair();
  this->world.peer_close(peer);
  this->wait_readable(socket);
  EXPECT_EQ(this->recv(socket), "eof");
  EXPECT_EQ(this->recv(socket), "eof");
  EXPECT_EQ(this->events_now(socket, POLLIN), "IN");
}

TYPED_TEST(NetworkContract, ResetIsSaidOnceAndThenItIsTheEnd) {
  auto [peer, socket] = this->connected_pair();
  this->world.peer_reset(peer);
  EXPECT_EQ(this->events(socket, POLLIN, "IN|ERR|HUP"), "IN|ERR|HUP");
  EXPECT_EQ(this->recv(socket), "failed ECONNRESET");
  EXPECT_EQ(this->recv(socket), "eof");
  EXPECT_EQ(this->events_now(socket, POLLIN), "IN|HUP");
  EXPECT_EQ(this->send(socket, "x"), "failed EPIPE");
}

TYPED_TEST(NetworkContract, SendSaysTheResetIfItIsTheFirstToMeetIt) {
  auto [peer, socket] = this->connected_pair();
  this->world.peer_reset(peer);
  this->events(socket, POLLIN, "IN|ERR|HUP");
  EXPECT_EQ(this->send(socket, "x"), "failed ECONNRESET");
  EXPECT_EQ(this->send(socket, "x"), "failed EPIPE");
  EXPECT_EQ(this->recv(socket), "eof");
}

TYPED_TEST(NetworkContract, SendWorksOnceAfterThePeerHasClosed) {
  auto [peer, socket] = this->connected_pair();
  this->world.peer_close(peer);
  this->wait_readable(socket);
  EXPECT_EQ(this->send(socket, "first"), "done 5");
  EXPECT_EQ(this->events(socket, POLLIN, "IN|ERR|HUP"), "IN|ERR|HUP");
  EXPECT_EQ(this->send(socket, "second"), "failed EPIPE");
  EXPECT_EQ(this->send(socket, "third"), "failed EPIPE");
}

TYPED_TEST(NetworkContract, SendAfterShutdownWriteIsABrokenPipe) {
  auto [peer, socket] = this->connected_pair();
  this->world.net.shutdown_write(socket);
  EXPECT_EQ(this->send(socket, "x"), "failed EPIPE");
}

TYPED_TEST(NetworkContract, SendIsTakenWhileThePeerIsOnlyHalfClosed) {
  auto [peer, socket] = this->connected_pair();
  this->world.peer_shutdown_write(peer);
  this->wait_readable(socket);
  EXPECT_EQ(this->recv(socket), "eof");
  EXPECT_EQ(this->send(socket, "ERROR :bye"), "done 10");
  EXPECT_EQ(this->peer_recv(peer), "ERROR :bye");
}

TYPED_TEST(NetworkContract, ShutdownWriteIsTheEndForThePeerWhichCanStillSend) {
  auto [peer, socket] = this->connected_pair();
  this->send(socket, "ERROR :bye");
  this->world.net.shutdown_write(socket);
  EXPECT_EQ(this->peer_recv(peer), "ERROR :bye");
  EXPECT_EQ(this->peer_recv(peer), "eof");
  EXPECT_EQ(to_string(this->world.peer_send(peer, "late")), "done 4");
  this->wait_readable(socket);
  EXPECT_EQ(this->recv(socket), "late");
}

TYPED_TEST(NetworkContract, CloseWithAllInputReadIsAFinForThePeer) {
  auto [peer, socket] = this->connected_pair();
  this->send(socket, "ERROR :bye");
  { const auto closed = std::move(socket); }
  EXPECT_EQ(this->peer_recv(peer), "ERROR :bye");
  EXPECT_EQ(this->peer_recv(peer), "eof");
}

TYPED_TEST(NetworkContract, CloseWithUnreadInputIsAResetForThePeer) {
  auto [peer, socket] = this->connected_pair();
  this->world.peer_send(peer, "unread");
  this->wait_readable(socket);
  this->send(socket, "ERROR :bye");
  { const auto closed = std::move(socket); }
  EXPECT_EQ(this->peer_recv(peer), "ERROR :bye");
  EXPECT_EQ(this->peer_recv(peer), "failed ECONNRESET");
  EXPECT_EQ(this->peer_recv(peer), "eof");
}

TYPED_TEST(NetworkContract, FullBufferBlocksUntilThePeerHasRead) {
  auto [peer, socket] = this->connected_pair();
  EXPECT_EQ(this->events(socket, POLLOUT, "OUT"), "OUT");
  const auto bytes = this->fill(socket);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(this->peer_drain(peer, *bytes), *bytes);
  EXPECT_EQ(this->events(socket, POLLOUT, "OUT"), "OUT");
  EXPECT_EQ(this->send(socket, "x"), "done 1");
}

TYPED_TEST(NetworkContract, PollSkipsNegativeDescriptorsAndOverwritesWhatWasThere) {
  const auto [peer, socket] = this->connected_pair();
  std::array<pollfd, 2> fds = {{{.fd = -1, .events = POLLIN, .revents = POLLIN},
                                {.fd = this->world.net.fd(socket), .events = 0, .revents = -1}}};
  this->world.net.poll(fds, this->world.net.now());
  EXPECT_EQ(fds[0].revents, 0);
  EXPECT_EQ(fds[1].revents, 0);
}

// What happened to a connection, what poll then reports and what recv says: without and with
// POLLRDHUP asked for, which changes nothing but that bit.
template <class Contract>
struct EventRow {
  const char* happened;
  void (*play)(Contract&, typename Contract::Peer&, typename Contract::Socket&);
  const char* events;
  const char* events_with_rdhup;
  const char* recv;
};

template <class World>
class NetworkEvents : public NetworkContract<World> {
 public:
  using typename NetworkContract<World>::Peer;
  using typename NetworkContract<World>::Socket;
  using NetworkContract<World>::send;
  using NetworkContract<World>::wait_readable;
  using NetworkContract<World>::world;
  using Row = EventRow<NetworkEvents>;

  static std::vector<Row> rows();
};
TYPED_TEST_SUITE(NetworkEvents, Worlds, WorldNames);

template <class World>
auto NetworkEvents<World>::rows() -> std::vector<Row> {
  using Test = NetworkEvents;
  return {
      {"nothing", [](Test&, Peer&, Socket&) {}, "0", "0", "would_block"},
      {"data", [](Test& test, Peer& peer, Socket&) { test.world.peer_send(peer, "data"); }, "IN",
       "IN", "data, would_block"},
      {"close", [](Test& test, Peer& peer, Socket&) { test.world.peer_close(peer); }, "IN",
       "IN|RDHUP", "eof"},
      {"data, close",
       [](Test& test, Peer& peer, Socket&) {
         test.world.peer_send(peer, "data");
         test.world.peer_close(peer);
       },
       "IN", "IN|RDHUP", "data, eof"},
      {"half-close", [](Test& test, Peer& peer, Socket&) { test.world.peer_shutdown_write(peer); },
       "IN", "IN|RDHUP", "eof"},
      {"data, half-close",
       [](Test& test, Peer& peer, Socket&) {
         test.world.peer_send(peer, "data");
         test.world.peer_shutdown_write(peer);
       },
       "IN", "IN|RDHUP", "data, eof"},
      {"reset", [](Test& test, Peer& peer, Socket&) { test.world.peer_reset(peer); }, "IN|ERR|HUP",
       "IN|ERR|HUP|RDHUP", "failed ECONNRESET, eof"},
      {"data, reset",
       [](Test& test, Peer& peer, Socket& socket) {
         test.world.peer_send(peer, "data");
         test.wait_readable(socket);
         test.world.peer_reset(peer);
       },
       "IN|ERR|HUP", "IN|ERR|HUP|RDHUP", "data, failed ECONNRESET, eof"},
      {"data, close with unread input",
       [](Test& test, Peer& peer, Socket& socket) {
         test.send(socket, "unread");
         test.world.wait_readable(peer);
         test.world.peer_send(peer, "data");
         test.world.peer_close(peer);
       },
       "IN|ERR|HUP", "IN|ERR|HUP|RDHUP", "data, failed ECONNRESET, eof"},
      {"close, then the server sends",
       [](Test& test, Peer& peer, Socket& socket) {
         test.world.peer_close(peer);
         test.wait_readable(socket);
         test.send(socket, "x");
       },
       "IN|ERR|HUP", "IN|ERR|HUP|RDHUP", "eof"},
      {"both directions shut",
       [](Test& test, Peer& peer, Socket& socket) {
         test.world.peer_shutdown_write(peer);
         test.wait_readable(socket);
         test.world.net.shutdown_write(socket);
       },
       "IN|HUP", "IN|HUP|RDHUP", "eof"},
      {"half-close by the server",
       [](Test& test, Peer&, Socket& socket) { test.world.net.shutdown_write(socket); }, "0", "0",
       "would_block"},
  };
}

TYPED_TEST(NetworkEvents, AreTheKernelsForWhateverHappens) {
  for (const auto& row : TestFixture::rows()) {
    auto [peer, socket] = this->connected_pair();
    row.play(*this, peer, socket);
    EXPECT_EQ(this->events(socket, POLLIN, row.events), row.events) << row.happened;
    EXPECT_EQ(this->events(socket, POLLIN | POLLRDHUP, row.events_with_rdhup),
              row.events_with_rdhup)
        << row.happened;
    EXPECT_EQ(this->recv_all(socket), row.recv) << row.happened;
  }
}

}  // namespace
}  // namespace irc
