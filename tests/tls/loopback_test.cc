// irc-refd with TLS, over loopback: what the simulation cannot show.
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <signal.h>

#include <fstream>
#include <string>
#include <vector>

#include "server/tls/tls_context.h"
#include "tests/load/client.h"
#include "tests/load/refd_process.h"
#include "tests/support/files.h"
#include "tests/tls/certificate.h"
#include "tests/tls/tls_client.h"

namespace irc {
namespace {

using conform::testing::Ended;
using conform::testing::read_file;

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
  std::string certificate() const { return client_.certificate(); }

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

// Where the settings of TLS stand that irc-refd is started with.
class TlsFiles : public testing::Test {
 protected:
  ~TlsFiles() override { ::unlink(config_.c_str()); }

  const std::string& config() const { return config_; }
  // A file whose table [tls] has that certificate in its third line and that key in its fourth.
  void configure(const std::string& certificate, const std::string& key) {
    std::ofstream(config_) << "[tls]\nlisten = \"127.0.0.1:0\"\ncertificate = \"" << certificate
                           << "\"\nkey = \"" << key << "\"\n";
  }
  static bool serves(std::uint16_t port) {
    TlsOverLoopback client(port, 1 << 16);
    client.say("NICK a\r\nUSER u 0 * :r\r\nQUIT\r\n");
    return client.hears("ERROR :Closing Link: 127.0.0.1 (Quit: )\r\n");
  }
  static Ended run(const std::vector<std::string>& options) { return RefdProcess(options).wait(); }

 private:
  std::string config_ = testing::TempDir() + "tls_files_test." + std::to_string(::getpid());
};

TEST_F(TlsFiles, AreToldByWhereTheyWereNamedIfTheyAreOfNoUse) {
  const Certificate certificate;
  const Certificate other("other");
  const Certificate of_another_kind("ed25519", Certificate::Kind::ed25519);
  struct Case {
    std::string cert, key;
    bool of_key;  // Otherwise of the certificate.
    std::string wrong;
  };
  const Case cases[] = {
      {"/nonexistent", certificate.key(), false,
       "cannot use the certificate /nonexistent: No such file or directory\n"},
      {certificate.certificate(), "/nonexistent", true,
       "cannot use the key /nonexistent: No such file or directory\n"},
      {certificate.key(), certificate.key(), false,
       "cannot use the certificate " + certificate.key() + ": no start line\n"},
      {certificate.certificate(), other.key(), true,
       "cannot use the key " + other.key() + ": key values mismatch\n"},
      {certificate.certificate(), of_another_kind.key(), true,
       "the key " + of_another_kind.key() +
           " does not fit the certificate: no certificate assigned\n"},
  };
  for (const Case& each : cases) {
    const Ended by_option =
        run({"--tls-listen", "127.0.0.1:0", "--tls-cert", each.cert, "--tls-key", each.key});
    EXPECT_EQ(by_option.status, 1);
    EXPECT_EQ(by_option.err, std::string("irc-refd: ") +
                                 (each.of_key ? "--tls-key: " : "--tls-cert: ") + each.wrong);
    configure(each.cert, each.key);
    const Ended by_file = run({"--config", config()});
    EXPECT_EQ(by_file.status, 1);
    EXPECT_EQ(by_file.err,
              "irc-refd: " + config() + (each.of_key ? ":4:7: " : ":3:15: ") + each.wrong);
  }
}

TEST_F(TlsFiles, AreReadAgainOnSighup) {
  const Certificate certificate;
  configure(certificate.certificate(), certificate.key());
  RefdProcess server({"--config", config()});
  const std::uint16_t port = server.port("for TLS on 127.0.0.1:");
  TlsOverLoopback early(port, 1 << 16);
  early.say("NICK early\r\nUSER u 0 * :r\r\n");
  ASSERT_TRUE(early.hears(" 422 early "));
  EXPECT_EQ(early.certificate(), read_file(certificate.certificate()));
  const Certificate renewed("renewed");
  configure(renewed.certificate(), renewed.key());
  server.send(SIGHUP);
  TlsOverLoopback late(port, 1 << 16);
  late.say("PING late\r\n");
  ASSERT_TRUE(late.hears("PONG"));
  EXPECT_EQ(late.certificate(), read_file(renewed.certificate()));
  early.say("PING still\r\n");
  EXPECT_TRUE(early.hears("still"));
  configure(certificate.certificate(), "/nonexistent");
  server.send(SIGHUP);
  EXPECT_TRUE(serves(port));
  std::ofstream(config()) << "";  // Its listener stays, and so does its certificate.
  server.send(SIGHUP);
  EXPECT_TRUE(serves(port));
  server.send(SIGTERM);
  const Ended ended = server.wait();
  EXPECT_NE(ended.err.find("warning: rehash: nothing has changed: " + config() +
                           ":4:7: cannot use the key /nonexistent: No such file or directory\n"),
            std::string::npos)
      << ended.err;
  EXPECT_NE(ended.err.find("info: rehash: done; until a restart it keeps: tls.listen\n"),
            std::string::npos)
      << ended.err;
}

}  // namespace
}  // namespace irc
