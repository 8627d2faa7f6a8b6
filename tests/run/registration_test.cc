#include "harness/run/registration.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conform::testing {
namespace {

using Lines = std::vector<std::string>;
using State = Registration::State;

const Lines kNickUser = {"NICK alice\r\n", "USER user 0 * :conform\r\n"};

struct Opening {
  RegistrationOrder order;
  const char* password;
  Lines caps;
  Lines lines;
  const char* reason;
};

const std::vector<Opening> kOpenings = {
    // clang-format off
    {RegistrationOrder::nick_user, "", {}, kNickUser, "the usual"},
    {RegistrationOrder::nick_user, "pw", {}, {"PASS pw\r\n", kNickUser[0], kNickUser[1]},
     "PASS comes before the others"},
    {RegistrationOrder::user_nick, "pw", {}, {"PASS pw\r\n", kNickUser[1], kNickUser[0]},
     "USER first"},
    {RegistrationOrder::cap_nick_user, "", {},
     {"CAP LS 302\r\n", kNickUser[0], kNickUser[1], "CAP END\r\n"}, "the target wants CAP"},
    {RegistrationOrder::nick_user, "", {"x", "y"},
     {"CAP LS 302\r\n", kNickUser[0], kNickUser[1], "CAP REQ :x y\r\n"},
     "CAP END only when they are granted"},
    // clang-format on
};

TEST(Registration, OpensAsTheTableSays) {
  for (const Opening& row : kOpenings) {
    Profile profile;
    profile.order = row.order;
    profile.password = row.password;
    const Registration registration(profile, {.nick = "alice", .caps = row.caps});
    EXPECT_EQ(registration.opening(), row.lines) << row.reason;
  }
}

struct Course {
  Lines heard;
  Lines said;
  State state;
  const char* nick;
  const char* reason;
};

const std::vector<Course> kCourses = {
    // clang-format off
    {{}, {}, State::underway, "alice", "nothing came"},
    {{":srv 001 alice :Welcome"}, {}, State::welcomed, "alice", "001 is the welcome"},
    {{"001 alice :Welcome"}, {}, State::welcomed, "alice", "from nobody"},
    {{":srv 001 alic :Welcome"}, {}, State::welcomed, "alic", "cut to NICKLEN"},
    {{":srv 001 bob :Welcome"}, {}, State::welcomed, "alice", "no cut: it is the nick we know"},
    {{":srv 001"}, {}, State::welcomed, "alice", "without a nick"},
    {{":srv NOTICE * :*** Looking up"}, {}, State::underway, "alice", "chatter"},
    {{":srv 002 alice :x"}, {}, State::underway, "alice", "002 is no welcome"},
    {{":srv 433 * alice :In use"}, {"NICK alicf\r\n"}, State::underway, "alicf", "taken"},
    {{":srv 437 * alice :Unavailable"}, {"NICK alicf\r\n"}, State::underway, "alicf", "blocked"},
    {{"433 * a :x", "433 * a :x", "001 alicg :x"}, {"NICK alicf\r\n", "NICK alicg\r\n"},
     State::welcomed, "alicg", "taken twice"},
    {{"433 x", "433 x", "433 x", "433 x", "433 x", "433 x"},
     {"NICK alicf\r\n", "NICK alicg\r\n", "NICK alich\r\n", "NICK alici\r\n", "NICK alicj\r\n"},
     State::refused, "alicj", "taken for ever: given up"},
    {{":srv 464 * :Password incorrect"}, {}, State::refused, "alice", "the password is wrong"},
    {{":srv 465 * :You are banned"}, {}, State::refused, "alice", "banned"},
    {{":srv 432 * alice :Erroneous"}, {}, State::refused, "alice", "no such nick can be had"},
    {{"ERROR :Closing link"}, {}, State::refused, "alice", "the last word"},
    {{"error :Closing link"}, {}, State::refused, "alice", "commands have no case"},
    {{":srv 001 alice :x", "ERROR :x"}, {}, State::welcomed, "alice", "welcomed is welcomed"},
    {{"PING :cookie"}, {}, State::underway, "alice", "the stage answers PINGs"},
    {{"", ":", "@x", "\x01"}, {}, State::underway, "alice", "rubbish"},
    // clang-format on
};

TEST(Registration, TakesTheCoursesOfTheTable) {
  const Profile profile;
  for (const Course& row : kCourses) {
    Registration registration(profile, {.nick = "alice"});
    Lines said;
    for (const std::string& line : row.heard) {
      for (const std::string& answer : registration.on_line(line)) said.push_back(answer);
    }
    EXPECT_EQ(said, row.said) << row.reason;
    EXPECT_EQ(registration.state(), row.state) << row.reason;
    EXPECT_EQ(registration.nick(), row.nick) << row.reason;
  }
}

TEST(Registration, EndsTheNegotiationWhenItsCapabilitiesAreGranted) {
  const Profile profile;
  Registration registration(profile, {.nick = "alice", .caps = {"x"}});
  EXPECT_EQ(registration.on_line(":srv CAP * LS :x y"), Lines{});
  EXPECT_EQ(registration.on_line(":srv CAP * ACK :x"), Lines{"CAP END\r\n"});
  EXPECT_EQ(registration.state(), State::underway);
}

TEST(Registration, IsRefusedWhenACapabilityIs) {
  const Profile profile;
  Registration registration(profile, {.nick = "alice", .caps = {"x", "y"}});
  registration.on_line(":srv CAP * NAK :x y");
  EXPECT_EQ(registration.state(), State::refused);
  EXPECT_EQ(registration.why(), "CAP NAK x y");
}

TEST(Registration, LeavesCapAloneThatItDidNotAskFor) {
  const Profile profile;
  Registration registration(profile, {.nick = "alice"});
  EXPECT_EQ(registration.on_line(":srv CAP * ACK :x"), Lines{});
  EXPECT_EQ(registration.on_line(":srv CAP * NAK :x"), Lines{});
  EXPECT_EQ(registration.state(), State::underway);
}

TEST(Registration, KeepsTheWordsOfARefusal) {
  const Profile profile;
  Registration registration(profile, {.nick = "alice"});
  registration.on_line("ERROR :No more clients");
  EXPECT_EQ(registration.why(), "ERROR :No more clients");
}

TEST(Registration, IsAcceptedWithoutAWelcomeUnlessItWasRefused) {
  const Profile profile;
  Registration registration(profile, {.nick = "alice"});
  Registration refused(profile, {.nick = "alice"});
  refused.on_line("ERROR :No");
  registration.accepted();
  refused.accepted();
  EXPECT_EQ(registration.state(), State::welcomed);
  EXPECT_EQ(refused.state(), State::refused);
}

TEST(Registration, BecomesAnOperatorBehindTheWelcome) {
  Profile profile;
  profile.oper_name = "op";
  profile.oper_password = "secret";
  Registration registration(profile, {.nick = "alice", .oper = true});
  EXPECT_EQ(registration.on_line(":srv 001 alice :x"), Lines{"OPER op secret\r\n"});
}

}  // namespace
}  // namespace conform::testing
