#include "harness/target/sock_diag.h"

#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace conform::testing {
namespace {

using irc::UniqueFd;

Address name_of(const UniqueFd& socket) {
  Address address;
  address.bytes = sizeof address.storage;
  getsockname(socket.fd(), address.raw(), &address.bytes);
  return address;
}

UniqueFd socket_at(const Address& address) {
  UniqueFd made(::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(made.fd(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(made.fd(), address.raw(), address.bytes) != 0) ADD_FAILURE() << address.text();
  return made;
}

// A listener, a client of it, and what the kernel says of the server's end of their connection.
class Pair {
 public:
  explicit Pair(const Address& at, const Address& from) : listener_(socket_at(at)) {
    listen(listener_.fd(), 8);
    server_ = name_of(listener_);
    connect_from(from);
  }

  void connect_from(const Address& from) {
    client_ = socket_at(from);
    if (::connect(client_.fd(), server_.raw(), server_.bytes) != 0) ADD_FAILURE() << errno;
    peer_ = name_of(client_);
  }
  void accept() { accepted_ = UniqueFd(::accept(listener_.fd(), nullptr, nullptr)); }
  void close_accepted() { accepted_ = UniqueFd(); }
  void send(std::string_view bytes) {
    EXPECT_EQ(::send(client_.fd(), bytes.data(), bytes.size(), 0), std::ssize(bytes));
  }
  void fin() { shutdown(client_.fd(), SHUT_WR); }
  void abort() {
    const linger now{.l_onoff = 1, .l_linger = 0};
    setsockopt(client_.fd(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    client_ = UniqueFd();
  }
  ssize_t read() {
    std::array<char, 64> buffer;
    return ::recv(accepted_.fd(), buffer.data(), buffer.size(), 0);
  }
  int accepted_fd() const { return accepted_.fd(); }
  const Address& server() const { return server_; }
  const Address& peer() const { return peer_; }

  SocketInfo info() { return diag_.find(server_, peer_).value_or(SocketInfo{}); }
  std::size_t count(std::uint32_t states) {
    return diag_.with_local_port(server_.port(), states).size();
  }

 private:
  UniqueFd listener_, client_, accepted_;
  Address server_, peer_;
  SockDiag diag_;
};

class SockDiagAt : public ::testing::TestWithParam<std::array<const char*, 2>> {
 protected:
  SockDiagAt() : pair_(resolve(GetParam()[0], 0), resolve(GetParam()[1], 0)) {}
  Pair pair_;
};

INSTANTIATE_TEST_SUITE_P(Loopback, SockDiagAt,
                         ::testing::Values(std::array{"127.0.0.1", "127.0.0.1"},
                                           std::array{"127.0.0.1", "127.9.8.7"},
                                           std::array{"::1", "::1"}));

TEST_P(SockDiagAt, SeesAConnectionBeforeAndAfterItIsAccepted) {
  EXPECT_EQ(pair_.info().state, TCP_ESTABLISHED);
  EXPECT_EQ(pair_.info().inode, 0U);
  const std::uint64_t cookie = pair_.info().cookie;
  pair_.accept();
  EXPECT_NE(pair_.info().inode, 0U);
  EXPECT_EQ(pair_.info().cookie, cookie);
}

TEST_P(SockDiagAt, CountsWhatWasReceivedAndWhatIsUnread) {
  pair_.accept();
  pair_.send("hello");
  EXPECT_EQ(pair_.info().receive_queue, 5U);
  EXPECT_EQ(pair_.info().bytes_received, 5U);
  EXPECT_EQ(pair_.read(), 5);
  EXPECT_EQ(pair_.info().receive_queue, 0U);
  EXPECT_EQ(pair_.info().bytes_received, 5U);
}

TEST_P(SockDiagAt, CountsAFinAsOneByteUntilItIsRead) {
  pair_.accept();
  pair_.fin();
  EXPECT_EQ(pair_.info().state, TCP_CLOSE_WAIT);
  EXPECT_EQ(pair_.info().bytes_received, 1U);
  EXPECT_EQ(pair_.info().receive_queue, 1U);
  EXPECT_EQ(pair_.read(), 0);
  EXPECT_EQ(pair_.info().receive_queue, 0U);
}

TEST_P(SockDiagAt, CountsAFinBehindDataAsReadWithThatData) {
  pair_.accept();
  pair_.send("hello");
  pair_.fin();
  EXPECT_EQ(pair_.info().receive_queue, 6U);
  EXPECT_EQ(pair_.read(), 5);
  // The application learns of it only by its next recv; the kernel does not wait for that.
  EXPECT_EQ(pair_.info().receive_queue, 0U);
  EXPECT_EQ(pair_.read(), 0);
}

TEST_P(SockDiagAt, FallsThroughToTheListenerWhereThereIsNoConnection) {
  pair_.accept();
  pair_.abort();
  EXPECT_EQ(pair_.read(), -1);
  EXPECT_EQ(pair_.info().state, TCP_LISTEN);
}

TEST_P(SockDiagAt, TellsASocketFromALaterOneWithTheSameAddresses) {
  const std::uint64_t cookie = pair_.info().cookie;
  const Address peer = pair_.peer();
  pair_.accept();
  pair_.abort();
  pair_.read();
  pair_.close_accepted();
  pair_.connect_from(peer);
  EXPECT_EQ(pair_.info().state, TCP_ESTABLISHED);
  EXPECT_NE(pair_.info().cookie, cookie);
}

TEST_P(SockDiagAt, NamesTheInodeOfTheSocket) {
  pair_.accept();
  struct stat status {};
  ASSERT_EQ(fstat(pair_.accepted_fd(), &status), 0);
  EXPECT_EQ(pair_.info().inode, status.st_ino);
}

TEST_P(SockDiagAt, FindsSocketsByPortAndState) {
  EXPECT_EQ(pair_.count(1U << TCP_LISTEN), 1U);
  EXPECT_EQ(pair_.count(1U << TCP_ESTABLISHED), 1U);
  EXPECT_EQ(pair_.count(1U << TCP_CLOSE_WAIT), 0U);
  pair_.accept();
  pair_.fin();
  EXPECT_EQ(pair_.count(1U << TCP_CLOSE_WAIT), 1U);
}

TEST_P(SockDiagAt, SeesWhatTheServerHasWrittenAndTheClientHasNotTaken) {
  pair_.accept();
  EXPECT_EQ(pair_.info().send_queue, 0U);
  const std::string flood(std::size_t{8} << 20, 'x');
  ASSERT_GT(::send(pair_.accepted_fd(), flood.data(), flood.size(), MSG_DONTWAIT), 0);
  EXPECT_GT(pair_.info().send_queue, 0U);
}

TEST(SockDiag, FindsNothingWhereNobodyListens) {
  Address nobody;
  {
    const UniqueFd bound = socket_at(resolve("127.0.0.1", 0));
    nobody = name_of(bound);
  }
  SockDiag diag;
  EXPECT_FALSE(diag.find(nobody, nobody));
  EXPECT_TRUE(diag.with_local_port(nobody.port(), ~0U).empty());
}

}  // namespace
}  // namespace conform::testing
