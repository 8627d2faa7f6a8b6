#include "harness/run/conditions.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace conform::testing {
namespace {

using Kind = script::Requirement::Kind;

Profile rich_profile() {
  Profile profile;
  profile.isupport = {{"NICKLEN", "30"},
                      {"EXCEPTS", ""},
                      {"CHANLIMIT", "#&:20,+:,!:0,a:1x"},
                      {"TARGMAX", "JOIN:,PRIVMSG:4"}};
  profile.caps = {"message-tags"};
  profile.missing_commands = {"WALLOPS"};
  profile.password = "pw";
  profile.oper_name = "op";
  profile.line_delay = std::chrono::seconds(1);
  return profile;
}

constexpr Abilities kNothing = {};
constexpr Abilities kEverything = {.kernel = true, .process = true, .hold = true, .restart = true};

script::Requirement requirement(Kind kind, std::string name = "",
                                std::optional<std::string> value = std::nullopt) {
  script::Requirement made;
  made.kind = kind;
  made.name = std::move(name);
  made.value = std::move(value);
  return made;
}

struct Row {
  script::Requirement requirement;
  bool rich, poor;  // Whether it holds at a target that has much, and at one that has nothing.
  const char* reason;
};

const std::vector<Row> kRows = {
    // clang-format off
    {requirement(Kind::local),                        true,  false, "the process is known"},
    {requirement(Kind::spawned),                      true,  false, "it may be started"},
    {requirement(Kind::fresh),                        true,  false, "for a fresh one, too"},
    {requirement(Kind::tls),                          false, false, "there is none"},
    {requirement(Kind::isupport, "NICKLEN"),          true,  false, "advertised"},
    {requirement(Kind::isupport, "NICKLEN", "30"),    true,  false, "with that value"},
    {requirement(Kind::isupport, "NICKLEN", "31"),    false, false, "with another"},
    {requirement(Kind::isupport, "EXCEPTS"),          true,  false, "without a value"},
    {requirement(Kind::isupport, "CHANLIMIT.#", "20"), true, false, "the number of a pair"},
    {requirement(Kind::isupport, "CHANLIMIT.&", "20"), true, false, "of any in its set"},
    {requirement(Kind::isupport, "CHANLIMIT.+"),      false, false, "there is no limit"},
    {requirement(Kind::isupport, "CHANLIMIT.!"),      false, false, "0 is no limit"},
    {requirement(Kind::isupport, "CHANLIMIT.a"),      false, false, "no number"},
    {requirement(Kind::isupport, "TARGMAX.PRIVMSG", "4"), true, false, "the word of a pair"},
    {requirement(Kind::isupport, "TARGMAX.JOIN"),     false, false, "a word without limit"},
    {requirement(Kind::isupport, "TARGMAX.KICK"),     false, false, "a word that is not there"},
    {requirement(Kind::isupport, "nicklen"),          false, false, "tokens have case"},
    {requirement(Kind::not_isupport, "NICKLEN"),      false, true,  "not advertised"},
    {requirement(Kind::not_isupport, "NICKLEN", "31"), true, true,  "not with that value"},
    {requirement(Kind::cap, "message-tags"),          true,  false, "offered"},
    {requirement(Kind::cap, "sasl"),                  false, false, "not offered"},
    {requirement(Kind::command, "WALLOPS"),           false, true,  "known to be missing"},
    {requirement(Kind::command, "TIME"),              true,  true,  "not known to be missing"},
    {requirement(Kind::password),                     true,  false, "one was given"},
    {requirement(Kind::oper),                         true,  false, "an account was given"},
    {requirement(Kind::unthrottled),                  false, true,  "it lets lines wait"},
    // clang-format on
};

TEST(Conditions, HoldAsTheTableSays) {
  for (const Row& row : kRows) {
    EXPECT_EQ(holds(row.requirement, rich_profile(), kEverything), row.rich) << row.reason;
    EXPECT_EQ(holds(row.requirement, Profile(), kNothing), row.poor) << row.reason;
  }
}

TEST(Conditions, SayWhatIsMissing) {
  for (const Row& row : kRows) {
    EXPECT_TRUE(missing(row.requirement).starts_with("needs ")) << row.reason;
    EXPECT_NE(missing(row.requirement).find(row.requirement.name), std::string::npos);
  }
  EXPECT_EQ(missing(requirement(Kind::isupport, "X", "1")), "needs ISUPPORT X=1");
}

script::Case case_with(script::ClientDecl client) {
  script::Case item;
  item.clients.push_back(std::move(client));
  return item;
}

TEST(Unplayable, IsNothingThatNeedsNothing) {
  EXPECT_EQ(unplayable(case_with({.name = "a"}), Profile(), kNothing), "");
}

TEST(Unplayable, IsACaseWhoseRequirementDoesNotHold) {
  script::Case item;
  item.requirements = {requirement(Kind::local), requirement(Kind::password)};
  EXPECT_EQ(unplayable(item, Profile(), kEverything),
            "needs a target with a password (--password)");
  EXPECT_EQ(unplayable(item, rich_profile(), kEverything), "");
}

TEST(Unplayable, IsACaseWhoseClientsCannotBeHad) {
  const auto oper = case_with({.name = "o", .oper = true});
  const auto tls = case_with({.name = "t", .tls = true});
  const auto cap = case_with({.name = "c", .caps = {"sasl"}});
  EXPECT_EQ(unplayable(oper, Profile(), kEverything), "needs an operator account (--oper)");
  EXPECT_EQ(unplayable(oper, rich_profile(), kEverything), "");
  EXPECT_EQ(unplayable(tls, rich_profile(), kEverything), "needs a TLS target");
  EXPECT_EQ(unplayable(cap, rich_profile(), kEverything), "needs the capability sasl");
}

}  // namespace
}  // namespace conform::testing
