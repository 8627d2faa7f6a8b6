// The loop on TlsNet, in the simulation: its clients are OpenSSL's.
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "server/core/server.h"
#include "server/net/sim_net.h"
#include "server/poll_loop.h"
#include "server/tls/tls_net.h"
#include "tests/tls/certificate.h"
#include "tests/tls/tls_client.h"

namespace irc {
namespace {

using std::chrono::seconds;

struct Client {
  SimPeer peer{};
  TlsClient tls;
  std::size_t at_once = 1 << 16;  // How many bytes of ciphertext go and come in one piece.
  bool reads = true;
  bool ended = false;
};

class TlsLoop : public testing::Test {
 protected:
  explicit TlsLoop(const SimFaults& faults = {}) : sim_(7, faults) {}

  // Of that version of TLS, the handshake done.
  Client shaken(int version) {
    Client client{.peer = sim_.connect("h").value(), .tls = TlsClient(version)};
    run({&client});
    return client;
  }
  Client connect(std::size_t at_once = 1 << 16) {
    return Client{.peer = sim_.connect("h").value(), .tls = TlsClient(), .at_once = at_once};
  }
  Client user(const std::string& nick, std::size_t at_once = 1 << 16) {
    Client client = connect(at_once);
    client.tls.say("NICK " + nick + "\r\nUSER u 0 * :r\r\n");
    run({&client});
    return client;
  }
  // Ciphertext goes to and fro until nobody has anything more to say.
  void run(const std::vector<Client*>& clients) {
    for (int rounds = 0; rounds < 100'000; ++rounds) {
      bool moved = false;
      for (Client* client : clients) moved |= carry(*client);
      loop_.run_round();
      server_.check();
      if (!moved && sim_.idle()) return;
    }
    ADD_FAILURE() << "spins";
  }
  void pass(Duration duration) {
    sim_.advance_to(sim_.now() + duration);
    run({});
  }

  SimNet sim_;

 private:
  bool carry(Client& client) {
    const std::string out = client.tls.ciphertext(client.at_once);
    if (!out.empty()) sim_.peer_send(client.peer, out);
    std::string in(client.at_once, '\0');
    const IoResult result = client.reads ? sim_.peer_recv(client.peer, in) : IoResult{};
    if (result.kind == IoResult::Kind::done) client.tls.feed({in.data(), result.bytes});
    client.ended |= result.kind == IoResult::Kind::eof;
    return !out.empty() || result.kind == IoResult::Kind::done;
  }
  static ServerConfig config() {
    ServerConfig config;
    config.name = "s.x";
    return config;
  }

  Certificate certificate_;
  TlsContext context_{{.path = certificate_.certificate()}, {.path = certificate_.key()}};
  TlsNet<SimNet> net_{sim_};
  Server server_{config()};

 protected:
  PollLoop<TlsNet<SimNet>> loop_{net_, server_, TlsNet<SimNet>::Socket(sim_.listen(), context_)};
};

TEST_F(TlsLoop, ServesAClientHoweverItsBytesAreCut) {
  for (const std::size_t at_once :
       {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{1000}, std::size_t{1} << 16}) {
    Client a = user("a", at_once);
    EXPECT_NE(a.tls.heard().find(":s.x 001 a :"), std::string::npos) << at_once;
    a.tls.say("PING one\r\nPI");
    run({&a});
    a.tls.say("NG two\r\n");
    run({&a});
    EXPECT_TRUE(a.tls.heard().ends_with(":s.x PONG s.x :one\r\n:s.x PONG s.x :two\r\n"));
    a.tls.say("QUIT :bye\r\n");
    run({&a});
    EXPECT_TRUE(a.tls.heard().ends_with("ERROR :Closing Link: h (Quit: bye)\r\n"));
    EXPECT_TRUE(a.tls.told_to_end() && a.ended);
    sim_.peer_close(a.peer);
    run({});
    EXPECT_EQ(loop_.connections(), 0U);
  }
}

TEST_F(TlsLoop, GivesNobodyWhatASessionCouldBeResumedBy) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const Client client = shaken(version);
    ASSERT_TRUE(client.tls.established()) << version;
    EXPECT_FALSE(client.tls.could_resume()) << version;
  }
}

TEST_F(TlsLoop, HearsWhoEndsByCloseNotify) {
  Client a = user("a");
  Client b = user("b");
  a.tls.say("JOIN #c\r\n");
  b.tls.say("JOIN #c\r\n");
  run({&a, &b});
  b.tls.say("PRIVMSG #c :last\r\n");
  b.tls.close();
  run({&a, &b});
  EXPECT_TRUE(
      a.tls.heard().ends_with(":b!u@h PRIVMSG #c :last\r\n:b!u@h QUIT :Connection closed\r\n"));
  EXPECT_TRUE(b.tls.told_to_end() && b.ended);
}

TEST_F(TlsLoop, GivesUpWhoDoesNotShakeHands) {
  Client silent = connect();
  Client half = connect();
  run({});
  const std::string hello = half.tls.ciphertext(1 << 16);
  sim_.peer_send(half.peer, std::string_view(hello).substr(0, hello.size() / 2));
  run({});
  EXPECT_EQ(loop_.connections(), 2U);
  EXPECT_EQ(sim_.wake_at(), sim_.now() + seconds(60));
  pass(seconds(60));
  EXPECT_EQ(sim_.wake_at(), sim_.now() + seconds(3));  // ERROR waits for what never comes.
  pass(seconds(3));
  EXPECT_EQ(loop_.connections(), 0U);
}

TEST_F(TlsLoop, LosesWhoDoesNotSpeakTlsAndNobodyElse) {
  Client a = user("a");
  for (const std::string_view bytes :
       {std::string_view("NICK b\r\nUSER u 0 * :r\r\n"), std::string_view("\x16\x03\x01\xff\xff"),
        std::string_view("\0\0\0\0\0\0\0\0", 8)}) {
    const SimPeer stranger = sim_.connect("h").value();
    sim_.peer_send(stranger, bytes);
    run({&a});
    EXPECT_EQ(loop_.connections(), 1U);
  }
  a.tls.say("PING x\r\n");
  run({&a});
  EXPECT_TRUE(a.tls.heard().ends_with("PONG s.x :x\r\n"));
}

TEST_F(TlsLoop, LosesWhoseRecordIsForged) {
  Client a = user("a");
  Client b = user("b");
  b.tls.say("PRIVMSG a :x\r\n");
  std::string record = b.tls.ciphertext(1 << 16);
  record.back() = static_cast<char>(record.back() ^ 1);
  sim_.peer_send(b.peer, record);
  run({&a});
  EXPECT_EQ(a.tls.heard().find(":b!u@h PRIVMSG"), std::string::npos);
  EXPECT_EQ(loop_.connections(), 1U);
}

TEST_F(TlsLoop, LosesWhoAsksForAnswersAndReadsNone) {
  Client reader = user("reader");
  Client deaf = user("deaf");
  sim_.peer_receive_buffer(deaf.peer, 100);
  deaf.reads = false;
  const auto ask_for_keys = [this](Client& client) {
    for (int i = 0; i < 100; ++i) client.tls.ask_for_keys();
    run({&client});
  };
  ask_for_keys(deaf);
  EXPECT_EQ(loop_.connections(), 2U);
  for (int i = 0; i < 50; ++i) {
    ask_for_keys(reader);
    if (loop_.connections() == 2) ask_for_keys(deaf);
  }
  EXPECT_EQ(loop_.connections(), 1U);
  reader.tls.say("PING x\r\n");
  run({&reader});
  EXPECT_TRUE(reader.tls.heard().ends_with("PONG s.x :x\r\n"));
}

TEST_F(TlsLoop, SurvivesAnEndAtEveryByteOfAHandshake) {
  for (const bool reset : {false, true}) {
    for (std::size_t bytes = 1;; bytes += 13) {
      Client a = connect();
      const std::string hello = a.tls.ciphertext(1 << 16);
      sim_.peer_send(a.peer, std::string_view(hello).substr(0, bytes));
      run({});
      reset ? sim_.peer_reset(a.peer) : sim_.peer_close(a.peer);
      run({});
      pass(seconds(3));
      EXPECT_EQ(loop_.connections(), 0U) << bytes;
      if (bytes > hello.size()) break;
    }
  }
}

TEST_F(TlsLoop, GivesASlowReaderEverythingInOrder) {
  Client slow = user("slow");
  Client a = user("a");
  slow.reads = false;
  std::string expected;
  for (int i = 0; i < 2000; ++i) {
    const std::string text = "PRIVMSG slow :" + std::to_string(i) + std::string(400, 'x') + "\r\n";
    a.tls.say(text);
    expected += ":a!u@h " + text;
    if (i % 50 == 0) run({&a});
  }
  run({&a, &slow});
  slow.reads = true;
  run({&a, &slow});
  EXPECT_TRUE(slow.tls.heard().ends_with(expected));
}

TEST_F(TlsLoop, SendsTheRestToWhoHasEndedItsSide) {
  Client a = user("a");
  sim_.peer_receive_buffer(a.peer, 100);
  a.reads = false;
  a.tls.say("MOTD\r\nLUSERS\r\nMOTD\r\nLUSERS\r\n");
  a.tls.close();
  run({&a});
  EXPECT_EQ(loop_.connections(), 1U);
  a.reads = true;
  run({&a});
  EXPECT_TRUE(a.tls.heard().ends_with("ERROR :Closing Link: h (Connection closed)\r\n"));
  EXPECT_TRUE(a.tls.told_to_end() && a.ended);
  EXPECT_EQ(loop_.connections(), 0U);
}

class TlsLoopWithFaults : public TlsLoop {
 protected:
  TlsLoopWithFaults()
      : TlsLoop({.short_read = 0.5,
                 .short_write = 0.5,
                 .would_block = 0.3,
                 .spurious = 0.2,
                 .interrupted = 0.2}) {}
};

TEST_F(TlsLoopWithFaults, HearsNothingOfThem) {
  for (int i = 0; i < 20; ++i) {
    Client a = user("a", 100);
    Client b = user("b", 100);
    for (int k = 0; k < 20; ++k) {
      a.tls.say("PRIVMSG b :" + std::to_string(k) + "\r\n");
      b.tls.say("PING " + std::to_string(k) + "\r\n");
    }
    run({&a, &b});
    std::size_t at = 0;
    for (int k = 0; k < 20; ++k) {
      at = b.tls.heard().find(":a!u@h PRIVMSG b :" + std::to_string(k) + "\r\n", at);
      ASSERT_NE(at, std::string::npos) << k;
    }
    EXPECT_NE(b.tls.heard().find("PONG s.x :19\r\n"), std::string::npos);
    a.tls.say("QUIT\r\n");
    b.tls.close();
    run({&a, &b});
    EXPECT_TRUE(a.tls.told_to_end() && b.tls.told_to_end());
    sim_.peer_close(a.peer);
    sim_.peer_close(b.peer);
    run({});
    EXPECT_EQ(loop_.connections(), 0U);
    EXPECT_EQ(sim_.descriptors(), 1);
  }
}

}  // namespace
}  // namespace irc
