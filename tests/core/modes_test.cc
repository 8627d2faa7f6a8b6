#include "tests/core/scene.h"

namespace irc {
namespace {

TEST(ChannelMode, IsShownWithItsParametersToMembersOnly) {
  Scene scene;
  Client a = scene.member("a");
  EXPECT_EQ(a.asks("MODE #c"),
            (Lines{":irc.reference.test 324 a #c +", ":irc.reference.test 329 a #c 3600"}));
  a.says("MODE #c +mtkl key 5");
  EXPECT_EQ(a.asks("MODE #c").front(), ":irc.reference.test 324 a #c +mtkl key 5");
  EXPECT_EQ(scene.user("b").asks("MODE #c").front(), ":irc.reference.test 324 b #c +mtkl");
}

TEST(ChannelMode, TellsAllMembersWhatHasChanged) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  EXPECT_EQ(a.asks("MODE #c +itkl-t+v key 10 b"), Lines{":a!u@h MODE #c +itkl-t+v key 10 b"});
  EXPECT_EQ(b.heard(), Lines{":a!u@h MODE #c +itkl-t+v key 10 b"});
  EXPECT_EQ(a.asks("MODE #c +i-t"), Lines{});
}

TEST(ChannelMode, NeedsNoSign) {
  Scene scene;
  Client a = scene.member("a");
  EXPECT_EQ(a.asks("MODE #c it"), Lines{":a!u@h MODE #c +it"});
}

TEST(Rights, AreShownAsPrefixesAndTakenAgain) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  const auto name_of_b = [&a] {
    const std::string line = a.asks("NAMES #c").front();
    return line.substr(line.rfind(' ') + 1);
  };
  EXPECT_EQ(a.asks("MODE #c +v b"), Lines{":a!u@h MODE #c +v b"});
  EXPECT_EQ(name_of_b(), "+b");
  EXPECT_EQ(b.forgets().commands("MODE #c +i"), Lines{"482"});
  EXPECT_EQ(a.asks("MODE #c +o b"), Lines{":a!u@h MODE #c +o b"});
  EXPECT_EQ(name_of_b(), "@b");
  EXPECT_EQ(b.forgets().commands("MODE #c +i"), Lines{"MODE"});
  a.says("MODE #c -o b");
  EXPECT_EQ(name_of_b(), "+b");
  EXPECT_EQ(b.forgets().commands("MODE #c -i"), Lines{"482"});
  a.says("MODE #c -v b");
  EXPECT_EQ(name_of_b(), "b");
}

TEST(ChannelMode, IsForOperators) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  for (const char* change : {"+m", "+o b", "-o a", "+b x", "+k y", "+l 5", "im"}) {
    EXPECT_EQ(b.commands("MODE #c " + std::string(change)), Lines{"482"}) << change;
  }
  EXPECT_EQ(b.commands("MODE #nosuch +i"), Lines{"403"});
  EXPECT_EQ(a.heard(), Lines{});
}

TEST(ChannelMode, RefusesPartsAndDoesTheRest) {
  struct Case {
    const char* change;
    Lines commands;
    const char* why;
  };
  const Case cases[] = {
      {"+iXm", {"472", "MODE"}, "an unknown letter"},
      {"+o", {"696"}, "nobody is named"},
      {"+o nobody", {"401"}, "nobody of that name"},
      {"+v b", {"441"}, "not on the channel"},
      {"+l 0", {"696"}, "a limit that nobody could meet"},
      {"+l -1", {"696"}, "a negative limit"},
      {"+l 5x", {"696"}, "no number"},
      {"+l 99999999999999999999", {"696"}, "a number too great"},
      {"+l", {"696"}, "no number at all"},
      {"+k :a b", {"525"}, "a key that JOIN could not send"},
      {"+k a,b", {"525"}, "a key that JOIN would split"},
      {"+k :", {"525"}, "an empty key"},
      {"-k", {}, "there is no key"},
      {"+b :a b", {"696"}, "no mask"},
      {"b", {"368"}, "asks for the bans"},
      {"+", {}, "nothing"},
  };
  for (const Case& each : cases) {
    Scene scene;
    scene.user("b");
    Client a = scene.member("a");
    EXPECT_EQ(a.commands("MODE #c " + std::string(each.change)), each.commands) << each.why;
  }
}

TEST(ChannelMode, LimitsParametersPerCommand) {
  Scene scene;
  Client a = scene.member("a");
  EXPECT_EQ(a.asks("MODE #c +bbbbbbvi 1 2 3 4 5 6 a"),
            Lines{":a!u@h MODE #c +bbbbbbi 1!*@* 2!*@* 3!*@* 4!*@* 5!*@* 6!*@*"});
  EXPECT_EQ(a.asks("MODE #c").front(), ":irc.reference.test 324 a #c +i");
}

// What a letter means without a parameter is not meant where there is one that may not be taken.
TEST(ChannelMode, SkipsLettersWhoseParameterIsBeyondTheLimit) {
  ServerConfig config;
  config.limits.modes_with_parameter_max = 1;
  Scene scene(config);
  Client a = scene.member("a");
  scene.member("b");
  a.says("MODE #c +k key").says("MODE #c +l 9");
  for (const char* skipped : {"+b", "-b", "+e", "+k", "-k", "+l", "+o", "-o", "+v"}) {
    const std::string change = std::string("MODE #c +I") + skipped + " 1 2 b";
    EXPECT_EQ(a.asks(change), Lines{":a!u@h MODE #c +I 1!*@*"}) << change;
    a.says("MODE #c -I 1").forgets();
  }
  EXPECT_EQ(a.asks("MODE #c +I-l 1 2"), Lines{":a!u@h MODE #c +I-l 1!*@*"}) << "takes none";
  EXPECT_EQ(a.commands("MODE #c +bb 1"), (Lines{"367", "368", "MODE"})) << "there is none left";
  EXPECT_EQ(a.asks("MODE #c -b-k 1"), Lines{":a!u@h MODE #c -bk 1!*@* key"});
}

TEST(ChannelMode, TellsLongChangesInSeveralLines) {
  Scene scene;
  Client a = scene.member("a");
  std::string masks;
  for (char c = 'a'; c < 'a' + 4; ++c) masks += ' ' + std::string(110, c);
  EXPECT_EQ(a.commands("MODE #c +bbbb" + masks), (Lines{"MODE"}));
  Client longer = scene.user(std::string(30, 'x'));
  longer.says("JOIN #" + std::string(49, 'd'));
  EXPECT_EQ(longer.commands("MODE #" + std::string(49, 'd') + " +bbbb" + masks),
            (Lines{"MODE", "MODE"}));
}

TEST(Key, IsNeededToJoin) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.user("b");
  a.says("MODE #c +k sec").forgets();
  EXPECT_EQ(b.commands("JOIN #c"), Lines{"475"});
  EXPECT_EQ(b.commands("JOIN #c wrong"), Lines{"475"});
  EXPECT_EQ(a.asks("MODE #c -k x"), Lines{":a!u@h MODE #c -k sec"});
  EXPECT_EQ(b.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
  EXPECT_EQ(a.asks("MODE #c +k new").back(), ":a!u@h MODE #c +k new");
  EXPECT_EQ(a.asks("MODE #c -k"), Lines{":a!u@h MODE #c -k new"});
  EXPECT_EQ(a.asks("MODE #c").front(), ":irc.reference.test 324 a #c +");
}

TEST(Limit, CountsThoseWhoAreThere) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  Client c = scene.user("c");
  a.says("MODE #c +l 2");
  EXPECT_EQ(c.commands("JOIN #c"), Lines{"471"});
  scene.disconnect(b);
  EXPECT_EQ(c.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
}

TEST(Limit, RemovesNobodyAndCanBeLifted) {
  Scene scene;
  Client a = scene.member("a");
  scene.member("b");
  Client c = scene.user("c");
  EXPECT_EQ(a.asks("MODE #c +l 1"), Lines{":a!u@h MODE #c +l 1"});
  EXPECT_EQ(a.asks("NAMES #c").front(), ":irc.reference.test 353 a = #c :@a b");
  EXPECT_EQ(c.commands("JOIN #c"), Lines{"471"});
  EXPECT_EQ(a.asks("MODE #c -l"), Lines{":a!u@h MODE #c -l"});
  EXPECT_EQ(c.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
}

TEST(Moderated, LetsOnlyOperatorsAndThoseWithVoiceSpeak) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  a.says("MODE #c +m");
  EXPECT_EQ(b.says("PING x").commands("PRIVMSG #c :x"), Lines{"404"});
  a.says("MODE #c +v b");
  b.forgets();
  EXPECT_EQ(b.commands("PRIVMSG #c :x"), Lines{});
  EXPECT_EQ(a.commands("PRIVMSG #c :x"), Lines{});
}

TEST(NoExternal, KeepsMessagesFromOutsideOut) {
  Scene scene;
  Client a = scene.member("a");
  Client outside = scene.user("b");
  EXPECT_EQ(outside.commands("PRIVMSG #c :x"), Lines{});
  EXPECT_EQ(a.heard(), Lines{":b!u@h PRIVMSG #c :x"});
  a.says("MODE #c +n").forgets();
  EXPECT_EQ(outside.commands("PRIVMSG #c :x"), Lines{"404"});
  EXPECT_EQ(a.heard(), Lines{});
}

TEST(Ban, KeepsFromJoiningAndFromSpeaking) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  a.says("MODE #c +b B");
  b.forgets();
  EXPECT_EQ(b.commands("PRIVMSG #c :x"), Lines{"404"});
  a.says("MODE #c +v b");
  EXPECT_EQ(b.forgets().commands("PRIVMSG #c :x"), Lines{}) << "voice overrides it";
  EXPECT_EQ(b.says("PART #c").commands("JOIN #c"), Lines{"474"});
  a.says("MODE #c -b b!*@*");
  EXPECT_EQ(b.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
}

TEST(Ban, ListIsLimited) {
  Scene scene;
  Client a = scene.member("a");
  for (int i = 0; i < 64; ++i) a.says("MODE #c +b " + std::to_string(i));
  EXPECT_EQ(a.commands("MODE #c +b more"), Lines{"478"});
  EXPECT_EQ(a.commands("MODE #c b").size(), 65U);
}

TEST(Mask, Matches) {
  struct Case {
    const char* mask;
    const char* text;
    bool matches;
    const char* why;
  };
  const Case cases[] = {
      {"*", "", true, "nothing is any number"},
      {"", "", true, "both empty"},
      {"", "a", false, "nothing is left to match"},
      {"a?c", "abc", true, "any one"},
      {"a?c", "ac", false, "not none"},
      {"a*c", "ac", true, "none"},
      {"a*bc", "abbbc", true, "goes back to the star"},
      {"*!*@h", "n!u@h", true, "a host"},
      {"[x]*", "{X}y", true, "brackets are letters, by casemapping"},
      {"[x]*", "xy", false, "and no class"},
      {"a**", "a", true, "stars at the end"},
      {"*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false, "in good time"},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(matches_mask(each.mask, each.text, Casemapping::rfc1459), each.matches)
        << each.mask << ": " << each.why;
  }
}

TEST(Mask, IsCompleted) {
  EXPECT_EQ(complete_mask("n"), "n!*@*");
  EXPECT_EQ(complete_mask("u@h"), "*!u@h");
  EXPECT_EQ(complete_mask("n!u"), "n!u@*");
  EXPECT_EQ(complete_mask("n!u@h"), "n!u@h");
  EXPECT_EQ(complete_mask("!@"), "*!*@*");
}

TEST(UserMode, IsOnesOwn) {
  Scene scene;
  Client a = scene.user("a");
  scene.user("b");
  EXPECT_EQ(a.asks("MODE a +iw"), Lines{":a!u@h MODE a +iw"});
  EXPECT_EQ(a.asks("MODE A"), Lines{":irc.reference.test 221 a +iw"});
  EXPECT_EQ(a.asks("MODE a -i+i-w"), Lines{":a!u@h MODE a -i+i-w"});
  EXPECT_EQ(a.commands("MODE b +i"), Lines{"502"});
  EXPECT_EQ(a.commands("MODE nobody"), Lines{"401"});
}

TEST(UserMode, RefusesWhatIsUnknownAndDoesTheRest) {
  Scene scene;
  Client a = scene.user("a");
  EXPECT_EQ(a.commands("MODE a +iZZ"), (Lines{"MODE", "501"}));
  EXPECT_EQ(a.asks("MODE a +o"), Lines{});
  EXPECT_EQ(a.commands("KILL a :x"), Lines{"481"});
}

}  // namespace
}  // namespace irc
