// The server's own client, as others meet it; and what it makes of lines that no server sends.
#include "server/core/bot.h"

#include "tests/core/scene.h"

namespace irc {
namespace {

using std::chrono::seconds;

constexpr ConnId kBot{0};

ServerConfig bot_config(std::vector<std::string> channels = {}) {
  ServerConfig config;
  config.bot = BotConfig{.nick = "refbot", .channels = std::move(channels), .seed = 7};
  return config;
}

std::string from_bot(const std::string& target, const std::string& text) {
  return ":refbot!bot@irc.reference.test NOTICE " + target + " :" + text;
}

TEST(BotClient, IsNotThereUnlessItIsConfigured) {
  Scene scene;
  EXPECT_EQ(scene.user("a").commands("WHOIS refbot"), (Lines{"401", "318"}));
}

TEST(BotClient, IsAUserLikeOthersWithTheModeOfBots) {
  Scene scene(bot_config());
  Client a = scene.user("a");
  EXPECT_EQ(a.commands("WHOIS refbot"), (Lines{"311", "312", "335", "317", "318"}));
  EXPECT_EQ(a.commands("KILL refbot :x"), Lines{"481"});
  EXPECT_EQ(a.commands("NICK refbot"), Lines{"433"});
}

TEST(BotClient, RegistersWithThePasswordOfTheServer) {
  ServerConfig config = bot_config();
  config.password = "two words";
  Scene scene(config);
  Client a = scene.connect();
  a.says("PASS :two words").says("NICK a").says("USER u 0 * :r").forgets();
  EXPECT_EQ(a.asks("ISON refbot"), Lines{":irc.reference.test 303 a :refbot"});
}

TEST(BotClient, AnswersInPrivate) {
  Scene scene(bot_config());
  Client a = scene.user("a");
  scene.now += seconds(5);
  EXPECT_EQ(a.asks("PRIVMSG refbot :time"), Lines{from_bot("a", "It is 1970-01-01 01:00:05 UTC.")});
  EXPECT_EQ(a.asks("PRIVMSG RefBot :!TIME"), a.asks("PRIVMSG refbot :time"));
  EXPECT_EQ(a.asks("PRIVMSG refbot :refbot: time"), a.asks("PRIVMSG refbot :time"));
  EXPECT_EQ(a.commands("PRIVMSG refbot :help"), Lines{"NOTICE"});
  EXPECT_EQ(a.asks("PRIVMSG refbot :sing"), Lines{from_bot("a", "I do not know that; say help.")});
  EXPECT_EQ(a.asks("PRIVMSG refbot :topic"), Lines{from_bot("a", "Of which channel?")});
}

TEST(BotClient, ComesToChannelsByInvitationAndAnswersThere) {
  Scene scene(bot_config());
  Client a = scene.member("a");
  Client b = scene.member("b");
  a.says("INVITE refbot #c");
  EXPECT_EQ(b.heard(), Lines{":refbot!bot@irc.reference.test JOIN #c"});
  a.forgets();
  EXPECT_EQ(a.asks("PRIVMSG #c :!time"), Lines{from_bot("#c", "It is 1970-01-01 01:00:00 UTC.")});
  EXPECT_EQ(b.heard().size(), 2U) << "question and answer";
  EXPECT_EQ(a.commands("PRIVMSG #c :refbot: time"), Lines{"NOTICE"});
  EXPECT_EQ(a.commands("PRIVMSG #c :REFBOT, time"), Lines{"NOTICE"});
  for (const char* text : {"time", "!sing", "!", "refbot:", "refbot: ", "refbots: time", " "}) {
    EXPECT_EQ(a.asks(std::string("PRIVMSG #c :") + text), Lines{}) << text;
  }
}

TEST(BotClient, ThrowsTheDiceOfItsSeed) {
  std::mt19937_64 engine(7);
  const auto next = [&engine](unsigned sides) { return std::to_string(1 + engine() % sides); };
  Scene scene(bot_config());
  Client a = scene.user("a");
  EXPECT_EQ(a.asks("PRIVMSG refbot :dice"), Lines{from_bot("a", "a throws " + next(6) + ".")});
  EXPECT_EQ(a.asks("PRIVMSG refbot :dice d20"), Lines{from_bot("a", "a throws " + next(20) + ".")});
  const std::uint64_t first = 1 + engine() % 1000;
  const std::uint64_t second = 1 + engine() % 1000;
  EXPECT_EQ(
      a.asks("PRIVMSG refbot :dice 2d1000"),
      Lines{from_bot("a", "a throws " + std::to_string(first) + " + " + std::to_string(second) +
                              " = " + std::to_string(first + second) + ".")});
}

TEST(BotClient, ThrowsNoDiceThatThereAreNot) {
  Scene scene(bot_config());
  Client a = scene.user("a");
  for (const char* dice : {"0d6", "21d6", "2d1", "2d0", "2d1001", "2", "d", "2d", "x", "2d6x",
                           "-1d6", "99999999999999d6", "1d99999999999999"}) {
    EXPECT_EQ(a.asks(std::string("PRIVMSG refbot :dice ") + dice),
              Lines{from_bot("a", "Dice are like 2d6: up to 20, with 2 to 1000 sides.")})
        << dice;
  }
  EXPECT_EQ(a.commands("PRIVMSG refbot :dice 20d1000"), Lines{"NOTICE"});
}

TEST(BotClient, TellsTheTopic) {
  Scene scene(bot_config());
  Client a = scene.member("a");
  a.says("TOPIC #c :before").says("INVITE refbot #C").forgets();
  EXPECT_EQ(a.asks("PRIVMSG #c :!topic"), Lines{from_bot("#c", "Topic of #c: before")});
  a.says("TOPIC #c :after").forgets();
  EXPECT_EQ(a.asks("PRIVMSG refbot :topic #C"), Lines{from_bot("a", "Topic of #c: after")});
  a.says("TOPIC #c :").forgets();
  EXPECT_EQ(a.asks("PRIVMSG #c :!topic"), Lines{from_bot("#c", "#c has no topic.")});
}

TEST(BotClient, CountsWhatIsSaid) {
  Scene scene(bot_config());
  Client a = scene.member("a");
  Client b = scene.member("b");
  a.says("INVITE refbot #c");
  scene.forget();
  b.says("PRIVMSG #c :one")
      .says(
          "PRIVMSG #c :\x01"
          "ACTION waves\x01");
  scene.forget();
  a.says("PRIVMSG #c :!stats");
  EXPECT_EQ(a.heard(),
            Lines{from_bot("#c",
                           "#c: 3 members, 3 lines since 1970-01-01 01:00:00 UTC, most of "
                           "them by b (2).")});
}

TEST(BotClient, RemembersWhenSomebodyWasLastHeard) {
  Scene scene(bot_config());
  Client a = scene.member("a");
  Client b = scene.member("b");
  a.says("INVITE refbot #c");
  b.says("PRIVMSG #c :x");
  scene.now += seconds(60);
  scene.forget();
  EXPECT_EQ(a.asks("PRIVMSG refbot :seen B #c"),
            Lines{from_bot("a",
                           "b was last heard on #c at 1970-01-01 01:00:00 UTC, and is "
                           "there.")});
  scene.disconnect(b);
  a.forgets();
  EXPECT_EQ(a.asks("PRIVMSG refbot :seen b #c"),
            Lines{from_bot("a", "b was last heard on #c at 1970-01-01 01:00:00 UTC.")});
  EXPECT_EQ(a.asks("PRIVMSG refbot :seen nobody #c"),
            Lines{from_bot("a", "nobody has not been heard on #c.")});
  EXPECT_EQ(a.asks("PRIVMSG #c :!seen"), Lines{from_bot("#c", "Whom? As in: seen nick.")});
}

TEST(BotClient, TellsOutsidersNothingOfAChannel) {
  Scene scene(bot_config());
  Client a = scene.member("a");
  a.says("MODE #c +s").says("TOPIC #c :hidden").says("INVITE refbot #c");
  Client outside = scene.user("b");
  for (const std::string question : {"topic ", "stats ", "seen a "}) {
    const Lines of_secret = outside.asks("PRIVMSG refbot :" + question + "#c");
    EXPECT_EQ(of_secret, outside.asks("PRIVMSG refbot :" + question + "#nosuch")) << question;
    EXPECT_EQ(of_secret, Lines{from_bot("b", "I know only channels on which both of us are.")});
  }
  a.forgets();
  EXPECT_EQ(a.asks("PRIVMSG refbot :topic #c"), Lines{from_bot("a", "Topic of #c: hidden")});
}

TEST(BotClient, TellsOfOneChannelOnAnotherToTheAskerOnly) {
  Scene scene(bot_config());
  Client a = scene.member("a");
  Client b = scene.member("b");
  a.says("JOIN #secret").says("TOPIC #secret :hidden");
  for (const char* channel : {"#c", "#secret"}) a.says(std::string("INVITE refbot ") + channel);
  scene.forget();
  EXPECT_EQ(a.asks("PRIVMSG #c :!topic #secret"), Lines{from_bot("a", "Topic of #secret: hidden")});
  EXPECT_EQ(b.heard(), Lines{":a!u@h PRIVMSG #c :!topic #secret"});
}

TEST(BotClient, ForgetsWhoHasLeft) {
  Scene scene(bot_config());
  Client a = scene.member("a");
  Client b = scene.member("b");
  Client c = scene.member("c");
  a.says("TOPIC #c :x").says("INVITE refbot #c");
  const auto knows = [](Client& client) {
    return client.asks("PRIVMSG refbot :topic #c").back().ends_with("Topic of #c: x");
  };
  EXPECT_TRUE(knows(b));
  EXPECT_FALSE(knows(b.says("PART #c")));
  EXPECT_TRUE(knows(b.says("JOIN #c")));
  a.says("KICK #c b");
  EXPECT_FALSE(knows(b));
  EXPECT_TRUE(knows(c.says("NICK c2")));
  scene.disconnect(c);
  EXPECT_FALSE(knows(c = scene.user("c2")));
}

TEST(BotClient, GoesWhenItIsLeftAlone) {
  Scene scene(bot_config());
  Client a = scene.member("a");
  Client b = scene.user("b");
  a.says("INVITE refbot #c").says("PART #c");
  EXPECT_EQ(b.commands("MODE #c"), Lines{"403"});
  a.says("JOIN #c").says("INVITE refbot #c");
  scene.disconnect(a);
  EXPECT_EQ(b.commands("MODE #c"), Lines{"403"});
}

TEST(BotClient, StaysOnItsOwnChannelsWhichBelongToWhoComesFirst) {
  Scene scene(bot_config({"#lobby"}));
  Client a = scene.user("a");
  Client b = scene.user("b");
  EXPECT_EQ(a.asks("JOIN #LOBBY").back(), ":refbot!bot@irc.reference.test MODE #lobby +o a");
  EXPECT_EQ(b.commands("JOIN #lobby"), (Lines{"JOIN", "353", "366"}));
  a.says("PART #lobby");
  EXPECT_EQ(b.says("PART #lobby").commands("MODE #lobby"), (Lines{"324", "329"}));
  EXPECT_EQ(b.asks("JOIN #lobby").back(), ":refbot!bot@irc.reference.test MODE #lobby +o b");
}

TEST(BotClient, LetsItselfBeKicked) {
  Scene scene(bot_config());
  Client a = scene.member("a");
  a.says("INVITE refbot #c").forgets();
  EXPECT_EQ(a.commands("KICK #c refbot"), Lines{"KICK"});
  EXPECT_EQ(a.asks("PRIVMSG #c :!time"), Lines{});
}

TEST(BotClient, SaysNothingToNoticesToBotsAndToItself) {
  Scene scene(bot_config());
  Client a = scene.member("a");
  a.says("INVITE refbot #c").forgets();
  EXPECT_EQ(a.asks("NOTICE refbot :time"), Lines{});
  EXPECT_EQ(a.asks("NOTICE #c :!time"), Lines{});
  EXPECT_EQ(a.asks("PRIVMSG refbot :\x01VERSION\x01"), Lines{});
  EXPECT_EQ(a.asks("TAGMSG refbot"), Lines{":irc.reference.test 421 a TAGMSG :Unknown command"});
  EXPECT_EQ(a.commands("PRIVMSG refbot :time"), Lines{"NOTICE"});
  a.says("MODE a +B").forgets();
  EXPECT_EQ(a.asks("PRIVMSG refbot :time"), Lines{});
  EXPECT_EQ(a.asks("PRIVMSG #c :!time"), Lines{});
}

TEST(BotClient, TakesAnotherNicknameWhereItsOwnIsTaken) {
  Scene scene;
  Client a = scene.user("refbot");
  scene.server.reconfigure(bot_config(), scene.now);
  EXPECT_EQ(a.asks("ISON refbot_"), Lines{":irc.reference.test 303 refbot :refbot_"});
  EXPECT_EQ(a.commands("PRIVMSG refbot_ :time"), Lines{"NOTICE"});
}

TEST(BotClient, GivesUpWhereItCannotRegister) {
  ServerConfig config = bot_config();
  config.bot->nick = "1";
  Scene scene(config);
  Client a = scene.user("a");
  EXPECT_EQ(a.asks("LUSERS")[2], ":irc.reference.test 253 a 1 :unknown connection(s)");
  scene.pass(seconds(60));
  EXPECT_EQ(a.asks("LUSERS")[2], ":irc.reference.test 253 a 0 :unknown connection(s)");
  EXPECT_EQ(a.commands("PING x"), Lines{"PONG"});
}

TEST(BotClient, GivesUpWhereAllItsNicknamesAreTaken) {
  Scene scene;
  Client a = scene.user("refbot");
  for (const char* nick : {"refbot_", "refbot__", "refbot___", "refbot____"}) scene.user(nick);
  scene.server.reconfigure(bot_config(), scene.now);
  EXPECT_EQ(a.asks("LUSERS")[2], ":irc.reference.test 253 refbot 0 :unknown connection(s)");
  EXPECT_EQ(a.asks("ISON refbot_____"), Lines{":irc.reference.test 303 refbot :"});
}

TEST(BotClient, ComesAndGoesWithTheConfiguration) {
  Scene scene;
  Client a = scene.user("a");
  scene.server.reconfigure(bot_config(), scene.now);
  EXPECT_EQ(a.commands("PRIVMSG refbot :time"), Lines{"NOTICE"});
  scene.server.reconfigure(ServerConfig{}, scene.now);
  EXPECT_EQ(a.commands("PRIVMSG refbot :time"), Lines{"401"});
  scene.server.reconfigure(bot_config(), scene.now);
  EXPECT_EQ(a.commands("PRIVMSG refbot :time"), Lines{"NOTICE"});
}

TEST(BotClient, ComesAnewWhereItIsToBeAnother) {
  ServerConfig config = bot_config();
  Scene scene(config);
  Client a = scene.user("a");
  config.bot->seed = 2;
  scene.server.reconfigure(config, scene.now);
  EXPECT_EQ(a.asks("WHOWAS refbot").front(),
            ":irc.reference.test 406 a refbot :There was no such nickname");
  config.bot->nick = "other";
  scene.server.reconfigure(config, scene.now);
  EXPECT_EQ(a.commands("WHOIS refbot").front(), "401");
  EXPECT_EQ(a.commands("WHOIS other").front(), "311");
  config.bot->channels = {"#new"};
  scene.server.reconfigure(config, scene.now);
  EXPECT_EQ(a.asks("NAMES #new").front(), ":irc.reference.test 353 a = #new :@other");
}

TEST(BotClient, IsGoneOnceAnOperatorHasEndedIt) {
  ServerConfig config = bot_config();
  config.operators = {{"root", "pw"}};
  Scene scene(config);
  Client a = scene.oper("a");
  a.says("KILL refbot :enough").forgets();
  EXPECT_EQ(a.commands("PRIVMSG refbot :time"), Lines{"401"});
  scene.pass(seconds(1));
  EXPECT_EQ(a.commands("PRIVMSG refbot :time"), Lines{"401"});
}

TEST(BotClient, AnswersThePingsOfTheServer) {
  Scene scene(bot_config());
  for (int i = 0; i < 10; ++i) scene.pass(seconds(120));
  EXPECT_EQ(scene.user("a").commands("PRIVMSG refbot :time"), Lines{"NOTICE"});
}

TEST(BotClient, LeavesNothingToBeSent) {
  Scene scene(bot_config({"#c"}));
  Client a = scene.member("a");
  a.says("PRIVMSG #c :!help");
  EXPECT_EQ(scene.server.output(kBot), "");
}

TEST(BotRoom, ForgetsWhoHasBeenSilentForLongest) {
  BotRoom room("#c", "");
  for (int i = 0; i < 100; ++i) room.hears(std::to_string(i), std::to_string(i), "");
  room.hears("0", "0", "");
  room.hears("more", "more", "");
  EXPECT_NE(room.speaker("0"), nullptr);
  EXPECT_EQ(room.speaker("1"), nullptr);
  EXPECT_NE(room.speaker("2"), nullptr);
  EXPECT_NE(room.speaker("more"), nullptr);
}

TEST(Bot, TakesAnyLine) {
  Bot bot(BotConfig{}, std::nullopt, std::mt19937_64(1));
  for (const std::string_view command :
       {"001", "005", "332", "353", "433", "INVITE", "JOIN", "KICK", "NICK", "PART", "PING",
        "PRIVMSG", "QUIT", "TOPIC"}) {
    for (const char* begin : {"", ":", "@time=1 ", "@time :a ", ":a!u@h ", ":refbot "}) {
      for (const char* end : {"", " :", " #c", " refbot #c", " a b c d :e f", " #c :!topic #c"}) {
        for (const std::string& line : bot.hears(std::string(begin) + std::string(command) + end)) {
          EXPECT_LE(line.size(), 510U);
        }
      }
    }
  }
}

}  // namespace
}  // namespace irc
