// irc-refd with TLS, over loopback: what the simulation cannot show.
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <signal.h>

#include <string>

#include "server/tls/tls_context.h"
#include "tests/load/client.h"
#include "tests/load/refd_process.h"
#include "tests/tls/certificate.h"
#include "tests/tls/tls_client.h"

namespace irc {
namespace {

using conform::testing::Ended;
using conform::testing::run_program;

// A client with a socket, which sends so many bytes at once.
class TlsOverLoopback {
 public:
  TlsOverLoopback(std::uint16_t port, std::size_t at_once)
      : socket_(connect_to(port)), at_once_(at_once) {
    const int on = 1;
    ::setsockopt(socket_.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  // Until `text` was heard; false at the end of the stream, or of patience.
  bool hears(const std::string& text) {
    std::string in(65536, '\0');
    while (client_.heard().find(text) == std::string::npos) {
      send_all();
      const ssize_t count = ::recv(socket_.fd(), in.data(), in.size(), 0);
      if (count <= 0) return false;
      client_.feed({in.data(), static_cast<std::size_t>(count)});
    }
    return true;
  }
  void say(std::string_view text) { client_.say(text); }
  bool told_to_end() const { return client_.told_to_end(); }

 private:
  void send_all() {
    for (std::string bytes; !(bytes = client_.ciphertext(at_once_)).empty();) {
      EXPECT_TRUE(irc::say(socket_, bytes));
    }
  }

  UniqueFd socket_;
  std::size_t at_once_;
  TlsClient client_;
};

TEST(RefdWithTls, ServesThoseWithAndThoseWithoutTogether) {
  const Certificate certificate;
  RefdProcess server({"--no-throttle", "--tls-listen", "127.0.0.1:0", "--tls-cert",
                      certificate.certificate(), "--tls-key", certificate.key()});
  const UniqueFd plain = registered(server.port(), "plain");
  const std::uint16_t port = server.port("for TLS on 127.0.0.1:");
  for (const std::size_t at_once : {std::size_t{1}, std::size_t{1} << 16}) {
    TlsOverLoopback client(port, at_once);
    client.say("NICK tls\r\nUSER u 0 * :r\r\nPRIVMSG plain :hello\r\n");
    ASSERT_TRUE(client.hears(" 422 tls "));
    EXPECT_TRUE(hears(plain, ":tls!u@127.0.0.1 PRIVMSG plain :hello\r\n"));
    ASSERT_TRUE(say(plain, "WHOIS tls\r\nWHOIS plain\r\n"));
    const std::string known = heard_until(plain, " 318 plain plain :");
    EXPECT_NE(known.find(" 671 plain tls :is using a secure connection\r\n"), known.npos);
    EXPECT_NE(known.find(" 311 plain plain "), known.npos);
    EXPECT_EQ(known.find(" 671 plain plain "), known.npos);
    client.say("QUIT :bye\r\n");
    EXPECT_TRUE(client.hears("ERROR :Closing Link: 127.0.0.1 (Quit: bye)\r\n"));
    EXPECT_FALSE(client.hears("anything else"));
    EXPECT_TRUE(client.told_to_end());
  }
}

TEST(RefdWithTls, SaysWhatIsWrongWithItsFiles) {
  const Certificate certificate;
  const Certificate* other = &certificate;
  struct Case {
    std::string cert, key, wrong;
  };
  const Case cases[] = {
      {"/nonexistent", certificate.key(),
       "irc-refd: cannot use the certificate /nonexistent: No such file or directory\n"},
      {certificate.certificate(), "/nonexistent",
       "irc-refd: cannot use the key /nonexistent: No such file or directory\n"},
      {certificate.key(), other->key(),
       "irc-refd: cannot use the certificate " + certificate.key() + ": no start line\n"},
  };
  for (const Case& each : cases) {
    const Ended ended =
        RefdProcess({"--tls-listen", "127.0.0.1:0", "--tls-cert", each.cert, "--tls-key", each.key})
            .wait();
    EXPECT_EQ(ended.status, 1);
    EXPECT_EQ(ended.err, each.wrong);
  }
  const Ended ended = run_program({kRefd, "--tls-listen", "127.0.0.1:0"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.err, "irc-refd: --tls-listen: needs --tls-cert and --tls-key\n");
}

}  // namespace
}  // namespace irc
