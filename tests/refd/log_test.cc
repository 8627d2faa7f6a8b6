#include "server/log.h"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>

#include <sstream>
#include <string>
#include <string_view>

#include "server/logged_server.h"

namespace irc {
namespace {

using namespace std::string_view_literals;

TEST(Escaped, LeavesNothingThatCouldForgeALine) {
  EXPECT_EQ(escaped("a b~"), "a b~");
  EXPECT_EQ(escaped("\r\n\\\x1b[2J\0\xff"sv), "\\r\\n\\\\\\x1b[2J\\x00\\xff");
}

TEST(Loggable, LeavesPasswordsOut) {
  struct Case {
    std::string_view line, logged;
  };
  const Case cases[] = {
      {"NICK a", "NICK a"},
      {"PASS secret", "PASS [left out]"},
      {"PASS", "PASS"},
      {"  pAsS :secret", "  pAsS [left out]"},
      {"@a=b :x!y@z OPER root secret", "@a=b :x!y@z OPER [left out]"},
      {"AUTHENTICATE c2VjcmV0", "AUTHENTICATE [left out]"},
      {"OPER1 root secret", "[no message, 17 bytes]"},
      {"OPER root secret\0"sv, "[no message, 17 bytes]"},
      {"PRIVMSG #c :\x01"
       "ACTION",
       "PRIVMSG #c :\\x01"
       "ACTION"},
  };
  for (const Case& each : cases) EXPECT_EQ(loggable(each.line), each.logged);
}

// What a server with one client writes into its log.
class LogOfAServer : public testing::Test {
 protected:
  LogOfAServer() {
    log_.set_level(LogLevel::trace);
    log_.set_pattern("%l %v");
    ServerConfig config;
    config.operators = {{"root", "secret"}};
    server_.emplace(config, log_);
    server_->open(ConnId{1}, "h", TimePoint{});
  }
  void say(std::string_view line) {
    server_->on_frame(ConnId{1}, Frame{.line = line, .overlong = false}, TimePoint{});
  }
  void leave() { server_->disconnected(ConnId{1}, "Connection closed"); }
  std::string written() const { return written_.str(); }

 private:
  std::ostringstream written_;
  Log log_{"test", std::make_shared<spdlog::sinks::ostream_sink_st>(written_)};
  std::optional<LoggedServer> server_;
};

TEST_F(LogOfAServer, HasAClientsWayAndNoPassword) {
  say("PASS secret");
  say("NICK a");
  say("USER u 0 * :r\x1b");
  say("OPER root wrong");
  say("OPER root secret");
  leave();
  EXPECT_EQ(written(),
            "debug #1 connected from h\n"
            "trace #1 > PASS [left out]\n"
            "trace #1 > NICK a\n"
            "trace #1 > USER u 0 * :r\\x1b\n"
            "trace #1 > OPER [left out]\n"
            "warning #1 a!u@h tried to become an operator\n"
            "trace #1 > OPER [left out]\n"
            "info #1 a!u@h is an operator\n"
            "debug #1 disconnected: Connection closed\n");
}

}  // namespace
}  // namespace irc
