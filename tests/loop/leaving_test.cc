// Two that leave at the same poll: every way to leave with every other, in every two slots of the
// array. The others hear of each once, and are served; nothing is left of those that left.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tests/loop/sim_loop.h"

namespace irc {
namespace {

using std::chrono::seconds;

constexpr std::size_t kMembers = 5;

ServerConfig leaving_config() {
  ServerConfig config = small_config();
  config.sendq_bytes_max = 4096;
  config.operators = {{"o", "p"}};
  return config;
}

class LeavingTogether : public SimLoop {
 public:
  explicit LeavingTogether(bool throttled)
      : SimLoop(leaving_config(), {.pace = throttled ? std::optional(Pace{}) : std::nullopt}) {}
  void TestBody() override {}

  struct Way {
    std::string_view name;
    void (*leave)(LeavingTogether& test, std::size_t slot);
  };

  static const std::vector<Way>& ways() {
    static const std::vector<Way> all = {
        {"fin", [](LeavingTogether& t, std::size_t i) { t.world.peer_close(t.members[i]); }},
        {"half-close",
         [](LeavingTogether& t, std::size_t i) { t.world.peer_shutdown_write(t.members[i]); }},
        {"reset", [](LeavingTogether& t, std::size_t i) { t.world.peer_reset(t.members[i]); }},
        {"quit", [](LeavingTogether& t, std::size_t i) { t.say(i, "QUIT :bye\r\n"); }},
        {"quit and fin",
         [](LeavingTogether& t, std::size_t i) {
           t.say(i, "QUIT :bye\r\nJOIN #z\r\n");
           t.world.peer_close(t.members[i]);
         }},
        {"half a line and fin",
         [](LeavingTogether& t, std::size_t i) {
           t.say(i, "PRIVMSG #c :half");
           t.world.peer_close(t.members[i]);
         }},
        {"lines and reset",
         [](LeavingTogether& t, std::size_t i) {
           t.say(i, "TOPIC #c\r\nNAMES #c\r\nPING x\r\n");
           t.world.peer_reset(t.members[i]);
         }},
        {"fin with unread output",
         [](LeavingTogether& t, std::size_t i) {
           t.unread(i);
           t.world.peer_close(t.members[i]);
         }},
        {"killed", [](LeavingTogether& t,
                      std::size_t i) { t.send(t.oper, "KILL " + t.nick(i) + " :x\r\n"); }},
        {"queue full",
         [](LeavingTogether& t, std::size_t i) {
           t.world.net.peer_receive_buffer(t.members[i], 1);
           for (int lines = 0; lines < 20; ++lines) {
             t.send(t.oper, "PRIVMSG " + t.nick(i) + " :" + std::string(400, 'x') + "\r\n");
           }
         }},
    };
    return all;
  }

  // Everybody is on #c; the first of them stays and tells what it has heard.
  void gather() {
    for (std::size_t i = 0; i < kMembers; ++i) members.push_back(world.connect());
    oper = world.connect();
    for (std::size_t i = 0; i < kMembers; ++i) {
      say(i, "NICK " + nick(i) + "\r\nUSER u 0 * :r\r\nJOIN #c\r\n");
    }
    send(oper, "NICK oper\r\nUSER u 0 * :r\r\nOPER o p\r\n");
    pass(seconds(10));
    for (SimPeer& member : members) take(member);
    take(oper);
  }
  std::string nick(std::size_t slot) const { return "m" + std::to_string(slot); }
  void say(std::size_t slot, std::string_view text) { world.peer_send(members[slot], text); }
  // Something is on its way to it that it will never read.
  void unread(std::size_t slot) {
    send(oper, "PRIVMSG " + nick(slot) + " :unread\r\n");
    run();
  }

  void leave_and_look(const Way& first, std::size_t a, const Way& second, std::size_t b) {
    first.leave(*this, a);
    second.leave(*this, b);
    run();
    server.check();
    pass(seconds(90));  // Where lines are held the operator's take their time.
    server.check();
    for (std::size_t i = 0; i < kMembers; ++i) {
      if (i == a || i == b) continue;
      say(i, "PING still-here\r\n");
      run();
      const std::string heard = take(members[i]);
      EXPECT_EQ(count(heard, ":" + nick(a) + "!u@127.0.0.1 QUIT :"), 1U) << heard;
      EXPECT_EQ(count(heard, ":" + nick(b) + "!u@127.0.0.1 QUIT :"), 1U) << heard;
      EXPECT_EQ(count(heard, "QUIT :"), 2U) << heard;
      EXPECT_EQ(count(heard, "half"), 0U) << heard;
      EXPECT_TRUE(heard.ends_with("PONG s.x :still-here\r\n")) << heard;
    }
    EXPECT_EQ(loop.connections(), kMembers - 1);  // And the operator.
    EXPECT_EQ(world.net.descriptors(), static_cast<int>(kMembers));
  }

  static std::size_t count(std::string_view text, std::string_view what) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string_view::npos; ++at) ++found;
    return found;
  }

  std::vector<SimPeer> members;
  SimPeer oper{};
};

class EveryTwoWays : public testing::TestWithParam<bool> {};

TEST_P(EveryTwoWays, InEveryTwoSlots) {
  for (const auto& first : LeavingTogether::ways()) {
    for (const auto& second : LeavingTogether::ways()) {
      for (std::size_t a = 0; a < kMembers; ++a) {
        for (std::size_t b = 0; b < kMembers; ++b) {
          if (a == b) continue;
          SCOPED_TRACE(std::string(first.name) + " in slot " + std::to_string(a) + ", " +
                       std::string(second.name) + " in slot " + std::to_string(b));
          LeavingTogether world(GetParam());
          world.gather();
          world.leave_and_look(first, a, second, b);
          if (testing::Test::HasFailure()) return;
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Leaving, EveryTwoWays, testing::Bool(), [](const auto& throttled) {
  return std::string(throttled.param ? "Throttled" : "AsTheyCome");
});

}  // namespace
}  // namespace irc
