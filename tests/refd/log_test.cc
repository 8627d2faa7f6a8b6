#include "server/log.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

#include "server/logged_server.h"
#include "server/net/pipe.h"
#include "server/net/write_now.h"

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
      {"JOIN #x,#y", "JOIN #x,#y"},
      {"join #x,#y key,key", "join #x,#y [left out]"},
      {"JOIN #x :key", "JOIN #x [left out]"},
      {"MODE #x +k", "MODE #x +k"},
      {"MODE #x +ok a key", "MODE #x +ok [left out]"},
      {"MODE #x -k key", "MODE #x -k [left out]"},
      {"MODE #k +b a!*@*", "MODE #k +b a!*@*"},
      {"OPER1 root secret", "[no message, 17 bytes]"},
      {"OPER root secret\0"sv, "[no message, 17 bytes]"},
      {"PRIVMSG #c :\x01"
       "ACTION",
       "PRIVMSG #c :\\x01"
       "ACTION"},
  };
  for (const Case& each : cases) EXPECT_EQ(loggable(each.line), each.logged);
}

// What has been written to a pipe, at most so many bytes. Requires: some has.
std::string read_some(const Pipe& pipe, std::size_t bytes = 1 << 20) {
  std::string text(bytes, '\0');
  text.resize(static_cast<std::size_t>(::read(pipe.read.fd(), text.data(), text.size())));
  return text;
}

TEST(Log, NeverWaitsForItsReaderAndSaysWhatItDropped) {
  const Pipe pipe = make_pipe();
  const auto log = log_to(pipe.write.fd(), LogLevel::info);
  log->set_pattern("%l %v");
  std::string all;
  int lines = 0;
  for (; all.size() < 1 << 20; ++lines) {
    const std::string line = fmt::format("{:099}", lines);
    log->info(line);
    all.append("info ").append(line).append("\n");
  }
  const std::string kept = read_some(pipe);
  ASSERT_LT(kept.size(), all.size());
  EXPECT_EQ(kept, all.substr(0, kept.size()));
  EXPECT_TRUE(kept.ends_with('\n')) << "whole lines only";
  const auto dropped = lines - std::ranges::count(kept, '\n');
  log->info("again");
  EXPECT_EQ(read_some(pipe),
            fmt::format("warning lines of the log that nobody read and that were dropped: {}\n"
                        "info again\n",
                        dropped));
  log->info("once");
  EXPECT_EQ(read_some(pipe), "info once\n");
}

TEST(Log, CutsLinesThatAPipeMightNotTakeAtOnce) {
  const Pipe pipe = make_pipe();
  const auto log = log_to(pipe.write.fd(), LogLevel::info);
  log->set_pattern("%v");
  const std::string line(kWriteNowBytesMax - 1, 'x');
  log->info(line);
  EXPECT_EQ(read_some(pipe), line + "\n");
  log->info(line + "x");
  EXPECT_EQ(read_some(pipe), std::string(kWriteNowBytesMax - 4, 'x') + "...\n");
}

// What a server with one client writes into its log.
class LogOfAServer : public testing::Test {
 public:
  LogOfAServer() {
    log_.set_level(LogLevel::trace);
    log_.set_pattern("%l %v");
    ServerConfig config;
    config.operators = {{"root", "secret"}};
    config.failed_opers_max = 2;
    config.sendq_bytes_max = 4096;
    server_.emplace(config, log_);
    server_->open(ConnId{1}, {.host = "h"}, TimePoint{});
  }
  LoggedServer& server() { return *server_; }
  void say(std::string_view line, ConnId who = ConnId{1}) {
    server_->on_frame(who, Frame{.line = line, .overlong = false}, TimePoint{});
  }
  void leave() { server_->disconnected(ConnId{1}, "Connection closed"); }
  std::string written() const { return written_.str(); }
  // The last line, once that client's connection has come to its end.
  std::string departure(ConnId who) {
    server_->disconnected(who, "Connection reset by peer");
    const std::string all = written_.str();
    return all.substr(all.rfind('\n', all.size() - 2) + 1);
  }

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
            "debug #1 a!u@h is gone: Connection closed\n");
}

TEST_F(LogOfAServer, TellsWhoCameByTls) {
  server().open(ConnId{2}, {.host = "h", .secure = true}, TimePoint{});
  EXPECT_EQ(written(), "debug #1 connected from h\ndebug #2 connected from h by TLS\n");
}

// #1 is an operator; each time another client comes, and goes in a way of its own.
TEST_F(LogOfAServer, TellsHowEachClientCameToLeave) {
  using Way = void (*)(LogOfAServer & it, ConnId who);
  struct Case {
    Way goes;
    std::string_view logged;
  };
  constexpr Case kCases[] = {
      {[](LogOfAServer& it, ConnId who) { it.say("QUIT :bye\x1b", who); },
       "is gone: Quit: bye\\x1b"},
      {[](LogOfAServer& it, ConnId who) { it.say("QUIT", who); }, "is gone: Quit: "},
      {[](LogOfAServer& it, ConnId who) { it.server().end_of_input(who, "Connection closed"); },
       "is gone: Connection closed"},
      {[](LogOfAServer& /*it*/, ConnId /*who*/) {}, "is gone: Connection reset by peer"},
      {[](LogOfAServer& it, ConnId /*who*/) { it.say("KILL b :spam\x02"); },
       "was ended: Killed (a (spam\\x02))"},
      {[](LogOfAServer& it, ConnId who) {
         it.say("OPER root x", who);
         it.say("OPER root x", who);
       },
       "was ended: Too many failed OPERs"},
      {[](LogOfAServer& it, ConnId who) {
         for (int i = 0; i < 100; ++i) it.say("VERSION", who);
       },
       "was ended: Max SendQ exceeded"},
      {[](LogOfAServer& it, ConnId /*who*/) {
         it.server().tick(TimePoint{} + std::chrono::hours(1));
         it.server().tick(TimePoint{} + std::chrono::hours(2));
       },
       "was ended: Ping timeout: 60 seconds"},
  };
  say("NICK a");
  say("USER u 0 * :r");
  say("OPER root secret");
  for (std::uint64_t number = 2; const Case& each : kCases) {
    const ConnId who{number};
    server().open(who, {.host = "h"}, TimePoint{});
    say("NICK b", who);
    say("USER u 0 * :r", who);
    each.goes(*this, who);
    EXPECT_EQ(departure(who), fmt::format("debug #{} b!u@h {}\n", number++, each.logged));
  }
}

TEST_F(LogOfAServer, TellsThatItEndedWhoDidNotRegisterAndWhoeverWasThereLast) {
  server().tick(TimePoint{} + std::chrono::hours(1));
  EXPECT_EQ(departure(ConnId{1}), "debug #1 was ended: Registration timeout: 60 seconds\n");
  server().open(ConnId{2}, {.host = "h"}, TimePoint{} + std::chrono::hours(1));
  server().shut_down("Server is shutting down");
  EXPECT_EQ(departure(ConnId{2}), "debug #2 was ended: Server is shutting down\n");
}

}  // namespace
}  // namespace irc
