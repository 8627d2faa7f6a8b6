// What the concept Network promises beyond its signatures, on both of its models: what the kernel
// does, the simulation does.
#include "tests/net/network_contract.h"

#include <array>
#include <optional>
#include <utility>

namespace irc {
namespace {

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
  std::array peers = {this->world.connect(), this->world.connect(), this->world.connect()};
  this->world.peer_send(peers[0], "a");
  this->world.peer_send(peers[1], "b");
  this->world.peer_send(peers[2], "c");
  for (const char* name : {"a", "b", "c"}) {
    auto socket = this->accept();
    this->wait_readable(socket);
    EXPECT_EQ(this->recv(socket), name);
  }
}

TYPED_TEST(NetworkContract, AcceptGivesTheLowestFreeDescriptor) {
  [[maybe_unused]] const std::array peers = {this->world.connect(), this->world.connect(),
                                             this->world.connect(), this->world.connect()};
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
  this->wait_readable(this->world.listener);
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

TYPED_TEST(NetworkContract, FullBufferBlocksNoLongerWhenThePeerIsGone) {
  auto [peer, socket] = this->connected_pair();
  ASSERT_TRUE(this->fill(socket));
  this->world.peer_reset(peer);
  EXPECT_EQ(this->events(socket, POLLOUT, "OUT|ERR|HUP"), "OUT|ERR|HUP");
  EXPECT_EQ(this->send(socket, "x"), "failed ECONNRESET");
  EXPECT_EQ(this->events_now(socket, POLLOUT), "OUT|HUP");
}

TYPED_TEST(NetworkContract, FullBufferBlocksNoLongerWhenWritingWasShut) {
  auto [peer, socket] = this->connected_pair();
  ASSERT_TRUE(this->fill(socket));
  this->world.net.shutdown_write(socket);
  EXPECT_EQ(this->events_now(socket, POLLOUT), "OUT");
}

TYPED_TEST(NetworkContract, PollSkipsNegativeDescriptorsAndOverwritesWhatWasThere) {
  const auto [peer, socket] = this->connected_pair();
  std::array<pollfd, 2> fds = {{{.fd = -1, .events = POLLIN, .revents = POLLIN},
                                {.fd = this->world.net.fd(socket), .events = 0, .revents = -1}}};
  this->world.net.poll(fds, this->world.net.now());
  EXPECT_EQ(fds[0].revents, 0);
  EXPECT_EQ(fds[1].revents, 0);
}

}  // namespace
}  // namespace irc
