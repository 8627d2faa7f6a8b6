#include <algorithm>

#include "tests/core/scene.h"

namespace irc {
namespace {

using std::chrono::seconds;

ServerConfig with_password() {
  ServerConfig config;
  config.password = "secret";
  return config;
}

bool welcomed(const Lines& lines) {
  return std::ranges::any_of(
      lines, [](const std::string& line) { return line.starts_with(":irc.reference.test 001 "); });
}

TEST(Registration, NeedsBothNickAndUserInEitherOrder) {
  Scene scene;
  Client a = scene.connect();
  EXPECT_EQ(a.says("NICK a").heard(), Lines{});
  EXPECT_TRUE(welcomed(a.says("USER u 0 * :r").heard()));
  Client b = scene.connect();
  EXPECT_EQ(b.says("USER u 0 * :r").heard(), Lines{});
  EXPECT_TRUE(welcomed(b.says("NICK b").heard()));
}

TEST(Registration, WelcomesInTheOrderOfModernIrc) {
  Scene scene;
  Client a = scene.connect();
  a.says("NICK a");
  EXPECT_EQ(a.commands("USER u 0 * :r"), (Lines{"001", "002", "003", "004", "005", "005", "251",
                                                "252", "253", "254", "255", "265", "266", "422"}));
}

TEST(Registration, TellsTheNicknameAndTheLettersOfModes) {
  Scene scene;
  Client a = scene.connect();
  const Lines lines = a.says("NICK a").asks("USER u 0 * :r");
  EXPECT_EQ(lines[0], ":irc.reference.test 001 a :Welcome to the Reference Network, a!u@h");
  EXPECT_EQ(lines[3],
            ":irc.reference.test 004 a irc.reference.test irc-refd Biow Ibeiklmnostv Ibeklov");
}

TEST(Registration, CallsOneWithoutANicknameAnAsterisk) {
  Scene scene;
  Client a = scene.connect();
  EXPECT_EQ(a.asks("NICK 1"), Lines{":irc.reference.test 432 * 1 :Erroneous nickname"});
  EXPECT_EQ(a.asks("NOSUCH"), Lines{":irc.reference.test 421 * NOSUCH :Unknown command"});
  EXPECT_EQ(a.asks("CAP LIST"), Lines{":irc.reference.test CAP * LIST :"});
  EXPECT_EQ(a.asks("JOIN #c"), Lines{":irc.reference.test 451 * :You have not registered"});
  a.says("NICK a");
  EXPECT_EQ(a.asks("JOIN #c"), Lines{":irc.reference.test 451 a :You have not registered"});
}

TEST(Registration, NeedsAllOfUser) {
  Scene scene;
  Client a = scene.connect();
  a.says("NICK a");
  for (const char* line : {"USER", "USER u", "USER u 0 *"}) {
    EXPECT_EQ(a.commands(line), Lines{"461"}) << line;
  }
  EXPECT_TRUE(welcomed(a.says("USER u 0 * :").heard())) << "an empty real name will do";
  EXPECT_EQ(a.asks("WHO a").front(), ":irc.reference.test 352 a * u h irc.reference.test a H :0 ");
}

TEST(Registration, CutsTheRealName) {
  Scene scene;
  Client a = scene.connect();
  a.says("NICK a").says("USER u 0 * :" + std::string(121, 'r')).forgets();
  EXPECT_EQ(a.asks("WHOIS a").front(),
            ":irc.reference.test 311 a a u h * :" + std::string(120, 'r'));
}

TEST(Registration, MayBeFollowedByCommandsAtOnceAndHappensOnce) {
  Scene scene;
  Client b = scene.member("b");
  Client a = scene.connect();
  a.says("PASS p").says("NICK a").says("USER u 0 * :r").says("USER u 0 * :r").says("NICK a2");
  a.says("JOIN #c").says("PRIVMSG #c :hi");
  EXPECT_EQ(b.heard(), (Lines{":a2!u@h JOIN #c", ":a2!u@h PRIVMSG #c :hi"}));
  const Lines lines = a.heard();
  EXPECT_EQ(std::ranges::count_if(lines,
                                  [](const std::string& line) {
                                    return line.starts_with(":irc.reference.test 001 ");
                                  }),
            1);
  EXPECT_EQ(std::ranges::count(lines, ":irc.reference.test 462 a :You may not reregister"), 1);
  EXPECT_EQ(std::ranges::count(lines, ":a!u@h NICK :a2"), 1);
}

TEST(Registration, AsksNothingAndTakesAPongForNothing) {
  Scene scene;
  Client a = scene.connect();
  EXPECT_EQ(a.says("PONG x").says("NICK a").asks("PONG :x"), Lines{});
  EXPECT_TRUE(welcomed(a.says("USER u 0 * :r").heard()));
}

TEST(Registration, ShowsTheMotdBetweenItsBeginAndEnd) {
  ServerConfig config;
  config.motd = {"hello", ""};
  Scene scene(config);
  Client a = scene.user("a");
  EXPECT_EQ(a.asks("MOTD"),
            (Lines{":irc.reference.test 375 a :- irc.reference.test Message of the "
                   "day - ",
                   ":irc.reference.test 372 a :- hello", ":irc.reference.test 372 a :- ",
                   ":irc.reference.test 376 a :End of MOTD command"}));
}

TEST(Registration, GivesNoMoreThanThirteenTokensPerLine) {
  Scene scene;
  for (const std::string& line : scene.user("a").asks("VERSION")) {
    if (line.find(" 005 ") == std::string::npos) continue;
    EXPECT_LE(std::ranges::count(line.substr(0, line.find(" :")), ' '), 2 + 13) << line;
  }
}

TEST(Registration, RefusesNicknames) {
  struct Case {
    std::string nick;
    std::string_view numeric;
    const char* why;
  };
  const Case cases[] = {
      {"", "431", "missing"},
      {":", "431", "empty"},
      {"1a", "432", "a digit first"},
      {"-a", "432", "a dash first"},
      {"#a", "432", "a channel's first character"},
      {":a b", "432", "a space"},
      {"a.b", "432", "a dot, as in server names"},
      {"a!b", "432", "would end the nickname in a source"},
      {"a@b", "432", "would end the user in a source"},
      {"a,b", "432", "separates targets"},
      {"a*", "432", "a wildcard"},
      {"a\x07", "432", "a control character"},
      {"\xc3\xa9", "432", "not ASCII"},
      {std::string(31, 'a'), "432", "longer than NICKLEN"},
  };
  for (const Case& each : cases) {
    Scene scene;
    Client a = scene.connect();
    EXPECT_EQ(a.commands("NICK " + each.nick), Lines{std::string(each.numeric)}) << each.why;
    EXPECT_TRUE(welcomed(a.says("USER u 0 * :r").says("NICK good").heard())) << each.why;
  }
}

TEST(Registration, TakesEveryCharacterThatRfc2812Allows) {
  Scene scene;
  EXPECT_EQ(scene.user("a").asks("NICK []\\`_^{|}-9"), Lines{":a!u@h NICK :[]\\`_^{|}-9"});
  EXPECT_EQ(scene.user("b").commands("NICK " + std::string(30, 'x')), Lines{"NICK"});
}

TEST(Registration, RefusesANicknameInUseByItsCasemapping) {
  Scene scene;
  scene.user("Foo[1]");
  Client b = scene.connect();
  EXPECT_EQ(b.asks("NICK fOO{1}"),
            Lines{":irc.reference.test 433 * fOO{1} :Nickname is already in use"});
  EXPECT_FALSE(welcomed(b.says("USER u 0 * :r").heard()));
}

TEST(Registration, ReservesANicknameOfOneNotYetRegistered) {
  Scene scene;
  Client a = scene.connect();
  a.says("NICK n");
  Client b = scene.connect();
  EXPECT_EQ(b.commands("NICK n"), Lines{"433"});
  scene.disconnect(a);
  EXPECT_EQ(b.commands("NICK n"), Lines{});
}

TEST(Registration, HidesThoseWhoAreNotRegistered) {
  Scene scene;
  Client a = scene.user("a");
  Client ghost = scene.connect();
  ghost.says("NICK ghost");
  EXPECT_EQ(a.commands("WHOIS ghost"), (Lines{"401", "318"}));
  EXPECT_EQ(a.commands("PRIVMSG ghost :x"), Lines{"401"});
  EXPECT_EQ(a.asks("ISON ghost"), Lines{":irc.reference.test 303 a :"});
  EXPECT_EQ(ghost.heard(), Lines{});
}

TEST(Registration, AnswersOtherCommandsWith451AndDoesNothing) {
  Scene scene;
  Client b = scene.member("b");
  Client a = scene.connect();
  a.says("NICK a");
  for (const char* command : {"JOIN #c", "PRIVMSG b :x", "KICK #c b", "WHOIS b", "OPER x y"}) {
    EXPECT_EQ(a.asks(command), Lines{":irc.reference.test 451 a :You have not registered"});
  }
  EXPECT_EQ(b.heard(), Lines{});
}

TEST(Registration, TakesTheLastPassword) {
  Scene scene(with_password());
  Client a = scene.connect();
  a.says("PASS wrong").says("PASS secret").says("NICK a").says("USER u 0 * :r");
  EXPECT_TRUE(welcomed(a.heard()));
}

TEST(Registration, NeedsThePassword) {
  struct Case {
    Lines passwords;
    bool welcome;
    const char* why;
  };
  const Case cases[] = {
      {{"secret"}, true, "the right one"}, {{}, false, "none"},
      {{"Secret"}, false, "in capitals"},  {{"secre"}, false, "too short"},
      {{"secrets"}, false, "too long"},    {{"secret", "wrong"}, false, "the last one counts"},
      {{":"}, false, "an empty one"},
  };
  for (const Case& each : cases) {
    Scene scene(with_password());
    Client a = scene.connect();
    for (const std::string& password : each.passwords) a.says("PASS " + password);
    a.says("NICK a").says("USER u 0 * :r");
    EXPECT_EQ(welcomed(a.heard()), each.welcome) << each.why;
    EXPECT_EQ(a.closing(), !each.welcome) << each.why;
  }
}

TEST(Registration, EndsAfterAWrongPasswordAndDoesNothingThatFollows) {
  Scene scene(with_password());
  Client a = scene.connect();
  a.says("PASS wrong").says("NICK a").says("USER u 0 * :r").says("JOIN #c");
  EXPECT_EQ(a.heard(), (Lines{":irc.reference.test 464 a :Password incorrect",
                              "ERROR :Closing Link: h (Bad Password)"}));
  EXPECT_TRUE(a.closing());
}

TEST(Registration, RefusesToDoItTwice) {
  Scene scene;
  Client a = scene.user("a");
  EXPECT_EQ(a.commands("USER x 0 * :y"), Lines{"462"});
  EXPECT_EQ(a.commands("PASS x"), Lines{"462"});
  EXPECT_EQ(a.asks("USERHOST a"), Lines{":irc.reference.test 302 a :a=+u@h"});
}

TEST(Registration, CleansUserNamesThatWouldBreakASource) {
  Scene scene;
  Client a = scene.connect();
  a.says("NICK a").says("USER x@y!z\x7f" + std::string(40, 'w') + " 0 * :r").forgets();
  EXPECT_EQ(a.asks("PRIVMSG a :x"), Lines{":a!xyz" + std::string(15, 'w') + "@h PRIVMSG a :x"});
  EXPECT_EQ(scene.connect().commands("USER @ 0 * :r"), Lines{"461"});
}

TEST(Registration, WaitsForCapEnd) {
  Scene scene;
  Client a = scene.connect();
  EXPECT_EQ(a.commands("CAP LS 302"), Lines{"CAP"});
  EXPECT_EQ(a.says("NICK a").says("USER u 0 * :r").heard(), Lines{});
  EXPECT_EQ(a.asks("CAP REQ :x y"), Lines{":irc.reference.test CAP a NAK :x y"});
  EXPECT_EQ(a.asks("CAP FOO"), Lines{":irc.reference.test 410 a FOO :Invalid CAP command"});
  EXPECT_TRUE(welcomed(a.asks("CAP END")));
  EXPECT_EQ(a.asks("CAP END"), Lines{});
}

TEST(Registration, WritesAHostThatBeginsWithAColonWithAZero) {
  Scene scene;
  Client a = scene.connect("::1");
  a.says("NICK a").says("USER u 0 * :r").forgets();
  EXPECT_EQ(a.asks("USERHOST a"), Lines{":irc.reference.test 302 a :a=+u@0::1"});
  EXPECT_EQ(a.asks("WHOIS a").front(), ":irc.reference.test 311 a a u 0::1 * :r");
  EXPECT_EQ(a.asks("WHO a").front(),
            ":irc.reference.test 352 a * u 0::1 irc.reference.test a H :0 r");
  EXPECT_EQ(a.asks("JOIN #c").front(), ":a!u@0::1 JOIN #c");
}

TEST(Nick, IsToldOnceToEverybodyWhoSharesAChannel) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.user("b");
  Client stranger = scene.user("c");
  a.says("JOIN #x,#y,#z").forgets();
  b.says("JOIN #x,#y,#z");
  scene.forget();
  EXPECT_EQ(a.says("NICK A2").heard(), Lines{":a!u@h NICK :A2"});
  EXPECT_EQ(b.heard(), Lines{":a!u@h NICK :A2"});
  EXPECT_EQ(stranger.heard(), Lines{});
  EXPECT_EQ(b.commands("PRIVMSG a :x"), Lines{"401"});
  EXPECT_EQ(a.asks("NICK a2"), Lines{":A2!u@h NICK :a2"});
}

TEST(Nick, ThatIsRefusedChangesNothing) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  scene.forget();
  EXPECT_EQ(a.commands("NICK"), Lines{"431"});
  EXPECT_EQ(a.commands("NICK :"), Lines{"431"});
  EXPECT_EQ(a.commands("NICK B"), Lines{"433"});
  EXPECT_EQ(a.commands("NICK 1a"), Lines{"432"});
  EXPECT_EQ(b.asks("PRIVMSG a :x"), Lines{});
  EXPECT_EQ(a.heard(), Lines{":b!u@h PRIVMSG a :x"});
  EXPECT_EQ(a.asks("NICK a"), Lines{}) << "one's own is no change";
}

TEST(Ping, IsAnsweredWithItsTokenAlsoBeforeRegistration) {
  Scene scene;
  Client a = scene.connect();
  EXPECT_EQ(a.asks("PING :two words"),
            Lines{":irc.reference.test PONG irc.reference.test :two words"});
  EXPECT_EQ(a.commands("PING"), Lines{"409"});
  EXPECT_EQ(a.commands("PING :"), Lines{"409"});
}

TEST(Liveness, PingsTheIdleAndEndsThoseWhoDoNotAnswer) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  scene.forget();
  scene.pass(seconds(120));
  EXPECT_EQ(a.heard(), Lines{"PING :irc.reference.test"});
  b.says("PONG :irc.reference.test").forgets();
  scene.pass(seconds(60));
  EXPECT_EQ(a.heard(), Lines{"ERROR :Closing Link: h (Ping timeout: 60 seconds)"});
  EXPECT_EQ(b.heard(), Lines{":a!u@h QUIT :Ping timeout: 60 seconds"});
}

TEST(Liveness, ALineDefersThePing) {
  Scene scene;
  Client a = scene.user("a");
  scene.pass(seconds(100));
  a.says("WHO nobody").forgets();
  scene.pass(seconds(100));
  EXPECT_EQ(a.heard(), Lines{});
  scene.pass(seconds(20));
  EXPECT_EQ(a.heard(), Lines{"PING :irc.reference.test"});
}

TEST(Liveness, GivesNobodyMoreTimeToRegisterForLinesInBetween) {
  Scene scene;
  Client a = scene.connect();
  for (int i = 0; i < 6; ++i) {
    a.says("PING x").forgets();
    scene.pass(seconds(10));
  }
  EXPECT_EQ(a.heard(), Lines{"ERROR :Closing Link: h (Registration timeout: 60 seconds)"});
}

TEST(Liveness, NeverNamesADeadlineThatTickDoesNotMove) {
  Scene scene;
  EXPECT_EQ(scene.server.next_deadline(), std::nullopt);
  scene.user("a");
  scene.connect();
  int passes = 0;
  for (; scene.server.next_deadline() && passes < 9; ++passes) {
    const TimePoint deadline = *scene.server.next_deadline();
    ASSERT_GT(deadline, scene.now);
    scene.pass(deadline - scene.now);
  }
  EXPECT_EQ(passes, 3);  // To register; to be asked; to have answered.
}

}  // namespace
}  // namespace irc
