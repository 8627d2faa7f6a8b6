// What only operators of the server may do; KILL is tried with the other ways to leave.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/pauses.h"
#include "tests/core/scene.h"

namespace irc {
namespace {

using std::chrono::seconds;

TEST(Oper, NeedsNameAndPassword) {
  Scene scene(operator_config());
  Client a = scene.user("a");
  EXPECT_EQ(a.commands("OPER root"), Lines{"461"});
  EXPECT_EQ(a.commands("OPER root p"), Lines{"464"});
  EXPECT_EQ(a.commands("OPER nobody pw"), Lines{"464"});
  EXPECT_EQ(a.commands("KILL a :x"), Lines{"481"});
  EXPECT_EQ(a.asks("OPER root pw"),
            (Lines{":irc.reference.test 381 a :You are now an IRC operator", ":a!u@h MODE a +o"}));
  EXPECT_EQ(a.commands("OPER root pw"), Lines{"381"});
  EXPECT_EQ(a.asks("USERHOST a"), Lines{":irc.reference.test 302 a :a*=+u@h"});
}

TEST(Oper, EndsWhoFailsThreeTimesInARow) {
  Scene scene(operator_config());
  Client a = scene.user("a");
  a.says("OPER root x").says("OPER root x").says("OPER root pw").says("MODE a -o").forgets();
  a.says("OPER root x").says("OPER root x");
  EXPECT_FALSE(a.closing());
  EXPECT_EQ(a.forgets().asks("OPER x pw"),
            (Lines{":irc.reference.test 464 a :Password incorrect",
                   "ERROR :Closing Link: h (Too many failed OPERs)"}));
  EXPECT_TRUE(a.closing());
}

TEST(Oper, EndsWhoHasFailedMoreOftenThanANewLimitAllows) {
  ServerConfig config = operator_config();
  config.failed_opers_max = 10;
  Scene scene(config);
  Client a = scene.user("a");
  for (int i = 0; i < 4; ++i) a.says("OPER root x");
  config.failed_opers_max = 3;
  scene.server.reconfigure(config, scene.now);
  EXPECT_FALSE(a.closing());
  a.says("OPER root x");
  EXPECT_TRUE(a.closing());
}

TEST(Oper, MayFailForEverWhereThereIsNoLimit) {
  ServerConfig config = operator_config();
  config.failed_opers_max.reset();
  Scene scene(config);
  Client a = scene.user("a");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(a.commands("OPER root x"), Lines{"464"});
}

TEST(Oper, HasToPauseAfterAFailureOfItsNetwork) {
  ServerConfig config = operator_config();
  config.oper_pause = seconds(2);
  Scene scene(config);
  Client a = scene.user("a");
  Client near = scene.user("near");
  Client far = scene.connect("elsewhere");
  far.says("NICK far").says("USER u 0 * :r");
  EXPECT_EQ(a.commands("OPER root x"), Lines{"464"});
  const Lines wait{":irc.reference.test 263 near OPER :Please wait a while and try again."};
  EXPECT_EQ(near.asks("OPER root pw"), wait);
  EXPECT_EQ(near.asks("OPER root x"), wait) << "is no failure, and begins no pause";
  EXPECT_EQ(far.commands("OPER root pw"), (Lines{"381", "MODE"}));
  scene.now += seconds(2) - Duration(1);
  EXPECT_EQ(near.asks("OPER root pw"), wait);
  scene.now += Duration(1);
  EXPECT_EQ(near.commands("OPER root pw"), (Lines{"381", "MODE"}));
  EXPECT_EQ(a.commands("OPER root pw"), (Lines{"381", "MODE"})) << "what was right begins none";
}

TEST(Oper, ComparesAPasswordForANameThatThereIsNotToo) {
  static std::vector<std::string> compared;  // A function has no other place for it.
  compared.clear();
  ServerConfig config = operator_config();
  config.nobodys_password = "nobody's";
  config.is_oper_password = [](std::string_view kept, std::string_view /*given*/) {
    compared.emplace_back(kept);
    return true;
  };
  Scene scene(config);
  Client a = scene.user("a");
  EXPECT_EQ(a.commands("OPER nobody x"), Lines{"464"});
  EXPECT_EQ(a.commands("OPER root x"), (Lines{"381", "MODE"}));
  EXPECT_EQ(compared, (std::vector<std::string>{"nobody's", "pw"}));
}

TEST(Pauses, AreForgottenWhenTheyAreOver) {
  const TimePoint now{};
  Pauses pauses;
  for (int i = 0; i < 100; ++i) pauses.begin(std::to_string(i), now + seconds(i), seconds(10));
  EXPECT_EQ(pauses.size(), 10U);
  EXPECT_TRUE(pauses.holds("99", now + seconds(99)));
  EXPECT_TRUE(pauses.holds("99", now + seconds(108)));
  EXPECT_FALSE(pauses.holds("99", now + seconds(109)));
  EXPECT_FALSE(pauses.holds("98", now + seconds(108)));
  EXPECT_FALSE(pauses.holds("1", now + seconds(2)));
}

TEST(Oper, IsReportedWhenItIsTried) {
  Scene scene(operator_config());
  Client a = scene.user("a");
  const auto granted = [&](std::string_view line) -> std::optional<bool> {
    a.says(line);
    const auto attempt = scene.server.take_oper_attempt();
    if (!attempt) return std::nullopt;
    EXPECT_EQ(attempt->id, a.id());
    return attempt->granted;
  };
  EXPECT_EQ(granted("OPER root"), std::nullopt) << "no password";
  EXPECT_EQ(granted("OPER root x"), false);
  EXPECT_EQ(granted("@a=b oper root pw"), true);
  EXPECT_EQ(granted("OPER root pw"), std::nullopt) << "is one";
  EXPECT_EQ(granted("PING x"), std::nullopt);
}

TEST(Oper, MayBeLaidDown) {
  Scene scene(operator_config());
  Client a = scene.oper("a");
  EXPECT_EQ(a.asks("MODE a -o"), Lines{":a!u@h MODE a -o"});
  EXPECT_EQ(a.commands("KILL a :x"), Lines{"481"});
}

TEST(Rehash, IsAskedForByOperators) {
  ServerConfig config = operator_config();
  config.config_name = "refd.toml";
  Scene scene(config);
  Client a = scene.oper("a");
  Client b = scene.user("b");
  EXPECT_EQ(b.commands("REHASH"), Lines{"481"});
  EXPECT_FALSE(scene.server.take_requests().rehash);
  EXPECT_EQ(a.asks("REHASH"), Lines{":irc.reference.test 382 a refd.toml :Rehashing"});
  EXPECT_TRUE(scene.server.take_requests().rehash);
  EXPECT_FALSE(scene.server.take_requests().rehash) << "was taken";
}

TEST(Die, IsAskedForByOperators) {
  Scene scene(operator_config());
  Client a = scene.oper("a");
  Client b = scene.user("b");
  EXPECT_EQ(b.commands("DIE"), Lines{"481"});
  EXPECT_FALSE(scene.server.take_requests().die);
  EXPECT_EQ(a.asks("DIE"), Lines{});
  EXPECT_TRUE(scene.server.take_requests().die);
}

TEST(ShutDown, TellsEachClientWhyAndNobodyOfTheOthers) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  Client c = scene.connect();
  scene.forget();
  scene.server.shut_down("Server closing");
  for (Client client : {a, b, c}) {
    EXPECT_EQ(client.heard(), Lines{"ERROR :Closing Link: h (Server closing)"});
    EXPECT_TRUE(client.closing());
    scene.disconnect(client);
  }
}

TEST(NotifyOperators, TellsNobodyElse) {
  Scene scene(operator_config());
  Client a = scene.oper("a");
  Client b = scene.user("b");
  scene.server.notify_operators("config.toml:3:1: no such key");
  EXPECT_EQ(a.heard(), Lines{":irc.reference.test NOTICE a :config.toml:3:1: no such key"});
  EXPECT_EQ(b.heard(), Lines{});
}

TEST(Stats, TellsTheUptime) {
  Scene scene;
  Client a = scene.user("a");
  scene.now += std::chrono::hours(49) + seconds(61);
  EXPECT_EQ(a.asks("STATS u"), (Lines{":irc.reference.test 242 a :Server Up 2 days 1:01:01",
                                      ":irc.reference.test 219 a u :End of STATS report"}));
}

TEST(Stats, CountsCommandsAndTheirBytes) {
  Scene scene;
  Client a = scene.user("a");
  a.says("PING x").says("ping xyz").says("NOSUCH").says("TOPIC");
  const Lines lines = a.asks("STATS m");
  EXPECT_EQ(std::ranges::count(lines, ":irc.reference.test 212 a PING 2 18 0"), 1);
  EXPECT_EQ(std::ranges::count(lines, ":irc.reference.test 212 a STATS 1 9 0"), 1);
  EXPECT_TRUE(std::ranges::none_of(lines, [](const std::string& line) {
    return line.find("NOSUCH") != std::string::npos || line.find("TOPIC") != std::string::npos;
  })) << "neither unknown ones nor those that were refused";
}

TEST(Stats, ShowsTheLinksOfOthersToOperatorsOnly) {
  Scene scene(operator_config());
  Client a = scene.user("a");
  scene.user("b");
  scene.connect();
  scene.now += seconds(5);
  EXPECT_EQ(a.commands("STATS l"), (Lines{"211", "219"}));
  const std::string own = a.asks("STATS l").front();
  EXPECT_TRUE(own.starts_with(":irc.reference.test 211 a a[h] 0 ")) << own;
  EXPECT_TRUE(own.ends_with(" 5")) << own;
  a.says("OPER root pw");
  const Lines all = a.asks("STATS l");
  ASSERT_EQ(all.size(), 4U);
  EXPECT_TRUE(all[1].starts_with(":irc.reference.test 211 a b[h] 0 "));
  EXPECT_TRUE(all[2].starts_with(":irc.reference.test 211 a *[h] 0 0 0 0 0 5")) << all[2];
}

TEST(Stats, NamesTheOperatorsToOperatorsOnlyAndNeverAPassword) {
  Scene scene(operator_config());
  Client a = scene.user("a");
  EXPECT_EQ(a.commands("STATS o"), (Lines{"481", "219"}));
  a.says("OPER root pw");
  EXPECT_EQ(a.asks("STATS o"), (Lines{":irc.reference.test 243 a O * * root",
                                      ":irc.reference.test 219 a o :End of STATS report"}));
}

TEST(Stats, EndsForLettersItDoesNotKnow) {
  Scene scene;
  Client a = scene.user("a");
  EXPECT_EQ(a.asks("STATS Z"), Lines{":irc.reference.test 219 a Z :End of STATS report"});
  EXPECT_EQ(a.asks("STATS :"), Lines{":irc.reference.test 219 a * :End of STATS report"});
  EXPECT_EQ(a.commands("STATS"), Lines{"461"});
  EXPECT_EQ(a.commands("STATS u nosuch.server"), Lines{"402"});
}

}  // namespace
}  // namespace irc
