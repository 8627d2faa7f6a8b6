// The lists of a channel: exceptions from bans, who needs no invitation; and invitations
// themselves. Bans are tried with the other modes.
#include "tests/core/scene.h"

namespace irc {
namespace {

TEST(Exception, OverridesABan) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.user("b");
  a.says("MODE #c +b *!*@h");
  EXPECT_EQ(b.commands("JOIN #c"), Lines{"474"});
  EXPECT_EQ(a.asks("MODE #c +e b"), Lines{":a!u@h MODE #c +e b!*@*"});
  EXPECT_EQ(b.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
  EXPECT_EQ(b.commands("PRIVMSG #c :x"), Lines{});
  a.says("MODE #c -e b!*@*");
  EXPECT_EQ(b.says("PING x").commands("PRIVMSG #c :x"), Lines{"404"});
}

TEST(Exception, OpensNothingElse) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.user("b");
  a.says("MODE #c +eik b!*@* key");
  EXPECT_EQ(b.commands("JOIN #c key"), Lines{"473"});
  a.says("MODE #c -i");
  EXPECT_EQ(b.commands("JOIN #c"), Lines{"475"});
}

TEST(InviteException, OpensAnInviteOnlyChannel) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.user("b");
  a.says("MODE #c +i");
  EXPECT_EQ(b.commands("JOIN #c"), Lines{"473"});
  a.says("MODE #c +I *!u@*");
  EXPECT_EQ(b.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
  a.says("MODE #c -I *!u@*");
  EXPECT_EQ(b.says("PART #c").commands("JOIN #c"), Lines{"473"});
}

TEST(InviteException, OpensNothingElse) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.user("b");
  a.says("MODE #c +Ib *!u@* b");
  EXPECT_EQ(b.commands("JOIN #c"), Lines{"474"});
}

TEST(MaskList, IsShownWithItsOwnNumerics) {
  Scene scene;
  Client a = scene.member("a");
  a.says("MODE #c +beI x y z").forgets();
  EXPECT_EQ(a.asks("MODE #c +b"), (Lines{":irc.reference.test 367 a #c x!*@* a 3600",
                                         ":irc.reference.test 368 a #c :End of channel ban list"}));
  EXPECT_EQ(a.asks("MODE #c e"),
            (Lines{":irc.reference.test 348 a #c y!*@* a 3600",
                   ":irc.reference.test 349 a #c :End of channel exception list"}));
  EXPECT_EQ(a.asks("MODE #c +I"),
            (Lines{":irc.reference.test 346 a #c z!*@* a 3600",
                   ":irc.reference.test 347 a #c :End of channel invite exception list"}));
  EXPECT_EQ(a.commands("MODE #c -b x!*@*"), Lines{"MODE"});
  EXPECT_EQ(a.commands("MODE #c b"), Lines{"368"});
}

TEST(MaskList, IsOfMasksThatDifferByCasemapping) {
  Scene scene;
  Client a = scene.member("a");
  EXPECT_EQ(a.asks("MODE #c +eeee x X!*@* [ {"), Lines{":a!u@h MODE #c +ee x!*@* [!*@*"});
  EXPECT_EQ(a.commands("MODE #c e"), (Lines{"348", "348", "349"}));
}

TEST(MaskList, OfEachKindIsLimited) {
  Scene scene;
  Client a = scene.member("a");
  for (const char letter : {'b', 'e', 'I'}) {
    const std::string change = std::string("MODE #c +") + letter + ' ';
    for (int i = 0; i < 64; ++i) EXPECT_EQ(a.commands(change + std::to_string(i)), Lines{"MODE"});
    EXPECT_EQ(a.asks(change + "more"), Lines{std::string(":irc.reference.test 478 a #c ") + letter +
                                             " :Channel list is full"});
    EXPECT_EQ(a.commands(std::string("MODE #c ") + letter).size(), 65U);
  }
}

TEST(MaskList, IsShownOnceHoweverOftenItIsAskedFor) {
  Scene scene;
  Client a = scene.member("a");
  a.says("MODE #c +b x");
  EXPECT_EQ(a.commands("MODE #c bbb+b-beeb"), (Lines{"367", "368", "349"}));
}

TEST(MaskList, TakesNoMaskThatWouldBeCutInTheList) {
  Scene scene;
  Client a = scene.member("a");
  EXPECT_EQ(a.commands("MODE #c +e " + std::string(120, 'x')), Lines{"MODE"});
  EXPECT_EQ(a.commands("MODE #c +e " + std::string(121, 'x')), Lines{"696"});
}

// A mode that keeps c out keeps it out with a plain member's invitation, and not with an
// operator's.
void expect_an_operator_opens(std::string_view mode, std::string_view refusal) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  Client c = scene.user("c");
  b.says("INVITE c #c");
  a.says("MODE #c " + std::string(mode));
  EXPECT_EQ(c.commands("JOIN #c"), Lines{std::string(refusal)}) << "a plain member's does not";
  a.says("INVITE c #c");
  EXPECT_EQ(c.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
}

TEST(Invitation, OfAnOperatorPassesABan) {
  expect_an_operator_opens("+b c", "474");
}

TEST(Invitation, OfAnOperatorOpensAnInviteOnlyChannel) {
  expect_an_operator_opens("+i", "473");
}

TEST(Invitation, PassesNeitherKeyNorLimit) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.user("b");
  a.says("MODE #c +kl key 1").says("INVITE b #c");
  EXPECT_EQ(b.commands("JOIN #c"), Lines{"475"});
  EXPECT_EQ(b.commands("JOIN #c key"), Lines{"471"});
}

TEST(Invitation, IsListedUntilItIsUsed) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.user("b");
  a.says("JOIN #d").says("INVITE b #d").says("INVITE b #c");
  EXPECT_EQ(b.asks("INVITE"), (Lines{":irc.reference.test 336 b #c", ":irc.reference.test 336 b #d",
                                     ":irc.reference.test 337 b :End of INVITE list"}));
  b.says("JOIN #c");
  EXPECT_EQ(b.commands("INVITE"), (Lines{"336", "337"}));
  EXPECT_EQ(a.commands("INVITE"), Lines{"337"});
  EXPECT_EQ(a.commands("INVITE b"), Lines{"461"});
}

TEST(Invitation, OfAnOperatorIsNotTakenAwayByAMembers) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  Client c = scene.user("c");
  a.says("MODE #c +b c").says("INVITE c #c");
  b.says("INVITE c #c");
  EXPECT_EQ(c.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
}

TEST(Invitation, OfAnOperatorIsNotCrowdedOutByMembers) {
  ServerConfig config;
  config.limits.invited_max = 2;
  Scene scene(config);
  Client a = scene.member("a");
  Client b = scene.member("b");
  Client c = scene.user("c");
  Client d = scene.user("d");
  for (const char* nick : {"e", "f"}) scene.user(nick);
  a.says("INVITE c #c");
  b.says("INVITE e #c");
  a.says("INVITE d #c");
  b.says("INVITE f #c");
  a.says("MODE #c +i");
  EXPECT_EQ(c.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
  EXPECT_EQ(d.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
}

TEST(Invitation, OfTooManyForgetsTheOldest) {
  ServerConfig config;
  config.limits.invited_max = 2;
  Scene scene(config);
  Client a = scene.member("a");
  Client b = scene.user("b");
  Client c = scene.user("c");
  scene.user("d");
  a.says("MODE #c +i");
  for (const char* nick : {"b", "c", "c", "d"}) a.says("INVITE " + std::string(nick) + " #c");
  EXPECT_EQ(b.commands("JOIN #c"), Lines{"473"});
  EXPECT_EQ(c.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
}

}  // namespace
}  // namespace irc
