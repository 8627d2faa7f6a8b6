// What both models of World keep, so that what is played in simulation is true of sockets too.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <thread>

#include "harness/run/kernel_world.h"
#include "harness/run/sim_world.h"
#include "harness/target/address.h"
#include "server/net/sim_net.h"
#include "server/net/unique_fd.h"

namespace conform::testing {
namespace {

using State = ServerSide::State;
constexpr auto kGenerous = std::chrono::seconds(30);

// A world, and the server's end of one connection in the test's own hands.
class OnKernel {
 public:
  OnKernel() : listener_(listening()), world_(TargetPlan{.address = name_of(listener_)}) {}

  KernelWorld& world() { return world_; }
  void accept() { accepted_ = irc::UniqueFd(::accept(listener_.fd(), nullptr, nullptr)); }
  void close() { accepted_ = irc::UniqueFd(); }
  void say(std::string_view bytes) {
    ASSERT_EQ(::send(accepted_.fd(), bytes.data(), bytes.size(), 0), std::ssize(bytes));
  }
  // Writes as much as the kernel takes, until told to stop: it holds the socket most of the time.
  void chatter(std::stop_token stop) const {
    const std::string bytes(4'000, 'x');
    while (!stop.stop_requested()) {
      ::send(accepted_.fd(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    }
  }
  // What recv gives: bytes, "(eof)" or "(reset)".
  std::string hear() {
    std::array<char, 64> buffer;
    const ssize_t bytes = ::recv(accepted_.fd(), buffer.data(), buffer.size(), 0);
    if (bytes < 0) return "(reset)";
    return bytes == 0 ? "(eof)" : std::string(buffer.data(), static_cast<std::size_t>(bytes));
  }

 private:
  static irc::UniqueFd listening() {
    irc::UniqueFd made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const Address any = resolve("127.0.0.1", 0);
    EXPECT_EQ(::bind(made.fd(), any.raw(), any.bytes), 0);
    EXPECT_EQ(::listen(made.fd(), 8), 0);
    return made;
  }
  static Address name_of(const irc::UniqueFd& socket) {
    Address address;
    address.bytes = sizeof address.storage;
    getsockname(socket.fd(), address.raw(), &address.bytes);
    return address;
  }

  irc::UniqueFd listener_, accepted_;
  KernelWorld world_;
};

class OnSim {
 public:
  OnSim() : net_(1), listener_(net_.listen()), world_(net_, [this] { return idle_round(); }) {}

  SimWorld& world() { return world_; }
  void accept() { accepted_.emplace(std::move(net_.accept(listener_).accepted->socket)); }
  void close() { accepted_.reset(); }
  void say(std::string_view bytes) { net_.send(*accepted_, bytes); }
  std::string hear() {
    std::array<char, 64> buffer;
    const irc::IoResult result = net_.recv(*accepted_, buffer);
    if (result.kind == irc::IoResult::Kind::failed) return "(reset)";
    if (result.kind == irc::IoResult::Kind::eof) return "(eof)";
    return {buffer.data(), result.bytes};
  }

 private:
  bool idle_round() {
    net_.poll({}, std::nullopt);
    return true;
  }

  irc::SimNet net_;
  irc::SimNet::Socket listener_;
  std::optional<irc::SimNet::Socket> accepted_;
  SimWorld world_;
};

template <class On>
class WorldContract : public ::testing::Test {
 protected:
  ConnectionId connected() {
    const auto id = on_.world().connect({});
    EXPECT_TRUE(id) << on_.world().why_not();
    return *id;
  }
  ConnectionId accepted() {
    const ConnectionId id = connected();
    on_.accept();
    return id;
  }
  State state(ConnectionId id) { return on_.world().server_side(id).state; }
  // Whether there is something to be had before a generous deadline.
  bool becomes_ready(ConnectionId id) {
    std::array watches = {Watch{.connection = id}};
    on_.world().poll(watches, on_.world().now() + kGenerous);
    return watches[0].ready;
  }
  // What recv gives, as hear() says it.
  std::string received(ConnectionId id) {
    std::array<char, 64> buffer;
    EXPECT_TRUE(becomes_ready(id));
    const IoResult result = on_.world().recv(id, buffer);
    if (result.kind == IoResult::Kind::failed) return "(reset)";
    if (result.kind == IoResult::Kind::eof) return "(eof)";
    return {buffer.data(), result.bytes};
  }

  On on_;
};

using Worlds = ::testing::Types<OnKernel, OnSim>;
TYPED_TEST_SUITE(WorldContract, Worlds);

TYPED_TEST(WorldContract, TellsWhetherAConnectionWasAccepted) {
  const ConnectionId id = this->connected();
  EXPECT_FALSE(this->on_.world().server_side(id).accepted);
  EXPECT_EQ(this->state(id), State::waiting);
  this->on_.accept();
  EXPECT_TRUE(this->on_.world().server_side(id).accepted);
  EXPECT_EQ(this->state(id), State::read);
}

TYPED_TEST(WorldContract, CountsThoseWhoWaitToBeAccepted) {
  EXPECT_EQ(this->on_.world().accept_queue(), 0U);
  this->connected();
  this->connected();
  EXPECT_EQ(this->on_.world().accept_queue(), 2U);
  this->on_.accept();
  EXPECT_EQ(this->on_.world().accept_queue(), 1U);
}

TYPED_TEST(WorldContract, CountsConnectionsUntilOneSideHasEndedThem) {
  const ConnectionId id = this->accepted();
  const ConnectionId other = this->connected();
  EXPECT_EQ(this->on_.world().open_connections(), 2U);
  this->on_.world().rst(other);
  EXPECT_EQ(this->on_.world().open_connections(), 1U);
  this->on_.close();
  EXPECT_EQ(this->received(id), "(eof)");
  EXPECT_EQ(this->on_.world().open_connections(), 0U);
}

TYPED_TEST(WorldContract, TellsWhetherTheServerHasReadWhatWasSent) {
  const ConnectionId id = this->accepted();
  EXPECT_EQ(this->on_.world().send(id, "hello", false).bytes, 5U);
  EXPECT_EQ(this->state(id), State::waiting);
  EXPECT_EQ(this->on_.world().server_side(id).unread_bytes, 5U);
  EXPECT_EQ(this->on_.hear(), "hello");
  EXPECT_EQ(this->state(id), State::read);
}

TYPED_TEST(WorldContract, TellsWhetherTheServerHasReadAFin) {
  const ConnectionId id = this->accepted();
  this->on_.world().fin(id);
  EXPECT_EQ(this->state(id), State::waiting);
  EXPECT_EQ(this->on_.hear(), "(eof)");
  EXPECT_EQ(this->state(id), State::read);
}

TYPED_TEST(WorldContract, GivesWhatTheServerSaidAndThenItsEnd) {
  const ConnectionId id = this->accepted();
  this->on_.say("hello");
  EXPECT_TRUE(this->becomes_ready(id));
  EXPECT_EQ(this->on_.world().unread_input(id), 5U);
  EXPECT_EQ(this->received(id), "hello");
  this->on_.close();
  EXPECT_EQ(this->received(id), "(eof)");
  EXPECT_EQ(this->state(id), State::ended);
}

TYPED_TEST(WorldContract, IsResetByAServerThatClosesWithUnreadInput) {
  const ConnectionId id = this->accepted();
  this->on_.world().send(id, "unread", false);
  this->on_.close();
  EXPECT_EQ(this->received(id), "(reset)");
}

TYPED_TEST(WorldContract, LeavesByReset) {
  const ConnectionId id = this->accepted();
  this->on_.world().rst(id);
  EXPECT_EQ(this->on_.hear(), "(reset)");
}

TYPED_TEST(WorldContract, LeavesByFinWhereEverythingWasRead) {
  const ConnectionId id = this->accepted();
  this->on_.world().close(id);
  EXPECT_EQ(this->on_.hear(), "(eof)");
}

TYPED_TEST(WorldContract, LeavesByResetWhereSomethingIsUnread) {
  const ConnectionId id = this->accepted();
  this->on_.say("unread");
  EXPECT_TRUE(this->becomes_ready(id));
  this->on_.world().close(id);
  EXPECT_EQ(this->on_.hear(), "(reset)");
}

TYPED_TEST(WorldContract, WakesAtTheDeadline) {
  const ConnectionId id = this->accepted();
  std::array watches = {Watch{.connection = id}};
  const TimePoint deadline = this->on_.world().now() + std::chrono::milliseconds(1);
  while (this->on_.world().now() < deadline) this->on_.world().poll(watches, deadline);
  EXPECT_FALSE(watches[0].ready);
}

TYPED_TEST(WorldContract, LeavesAPausedClientAlone) {
  const ConnectionId id = this->accepted();
  this->on_.say("hello");
  std::array watches = {Watch{.connection = id, .paused = true}};
  this->on_.world().poll(watches, this->on_.world().now() + std::chrono::milliseconds(1));
  EXPECT_FALSE(watches[0].ready);
}

TYPED_TEST(WorldContract, NamesConnectionsAnew) {
  const ConnectionId first = this->accepted();
  this->on_.world().rst(first);
  this->on_.close();
  EXPECT_NE(this->accepted(), first);
  EXPECT_EQ(this->state(first), State::ended);
}

// The kernel's answer is not of one moment, least of all while the server is busy with the socket.
// Where the two looks of server_side() are one, one in ten thousand is wrong.
TEST(KernelWorldFacts, BytesThatComeWhileTheKernelIsAskedAreNotRead) {
  OnKernel on;
  const ConnectionId id = on.world().connect({}).value();
  on.accept();
  const std::jthread server([&on](std::stop_token stop) { on.chatter(std::move(stop)); });
  std::array<char, 65'536> buffer;
  for (int i = 0; i < 10'000; ++i) {
    on.world().recv(id, buffer);
    ASSERT_EQ(on.world().send(id, "x", false).kind, IoResult::Kind::done);
    ServerSide side = on.world().server_side(id);
    while (!side.arrived) side = on.world().server_side(id);
    ASSERT_EQ(side.state, State::waiting) << "at byte " << i;
    ASSERT_EQ(side.unread_bytes, 1U);
    ASSERT_EQ(on.hear(), "x");
    ASSERT_EQ(on.world().server_side(id).state, State::read);
  }
}

}  // namespace
}  // namespace conform::testing
