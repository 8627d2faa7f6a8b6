// What learn() finds out about servers that differ in how they register, welcome and answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "tests/support/sim_suite.h"
#include "tests/support/tiny_server.h"

namespace conform::testing {
namespace {

Learnt learn_of(TinyServer::OnLine server) {
  return learn_in_simulation(tiny_server(std::move(server)), {});
}

// An ordinary server that leaves the lines with these commands unanswered.
TinyServer::OnLine without(std::initializer_list<std::string_view> commands) {
  return [left_out = std::vector<std::string_view>(commands)](TinyServer& server, std::size_t who,
                                                              std::string_view line) {
    const bool none = std::ranges::none_of(left_out, [line](auto c) { return says(line, c); });
    if (none) ordinary(server, who, line);
  };
}

TEST(Learning, FindsAnOrdinaryServer) {
  const Learnt learnt = learn_of(ordinary);
  EXPECT_EQ(learnt.failure, "");
  EXPECT_EQ(learnt.profile.order, RegistrationOrder::nick_user);
  EXPECT_TRUE(learnt.profile.welcomes);
  EXPECT_EQ(learnt.profile.barrier, Barrier::ping);
  EXPECT_EQ(learnt.profile.raw_barrier, Barrier::ping);
  EXPECT_EQ(learnt.profile.server, "tiny");
}

TEST(Learning, ReadsTheWelcome) {
  const Learnt learnt = learn_of([](TinyServer& server, std::size_t who, std::string_view line) {
    ordinary(server, who, line);
    if (!says(line, "USER")) return;
    server.say(who,
               ":tiny 004 x tiny tiny-1.0 a b\r\n"
               ":tiny 005 x NICKLEN=9 EXCEPTS CHANTYPES=&# CASEMAPPING=ascii :are supported\r\n"
               ":tiny 005 x LINELEN=1024 -EXCEPTS :are supported\r\n:tiny 376 x :End\r\n");
  });
  EXPECT_EQ(learnt.profile.software, "tiny-1.0");
  EXPECT_EQ(learnt.profile.isupport.at("NICKLEN"), "9");
  EXPECT_FALSE(learnt.profile.isupport.contains("EXCEPTS"));
  EXPECT_EQ(learnt.profile.chantype(), '#');
  EXPECT_EQ(learnt.profile.line_bytes_max(), 1024U);
  EXPECT_EQ(learnt.profile.casemapping, irc::Casemapping::ascii);
}

TEST(Learning, FindsTheCapabilities) {
  const Learnt learnt = learn_of([](TinyServer& server, std::size_t who, std::string_view line) {
    if (says(line, "CAP")) server.say(who, "CAP * LS * :a b=1\r\nCAP * LS :c\r\n");
    ordinary(server, who, line);
  });
  EXPECT_EQ(learnt.profile.caps, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(Learning, FindsAServerThatWantsCapFirst) {
  const Learnt learnt = learn_of([](TinyServer& server, std::size_t who, std::string_view line) {
    // It welcomes whoever has ended the negotiation, and nobody else.
    if (says(line, "USER")) return;
    if (line == "CAP END") return ordinary(server, who, "USER u 0 * :x");
    ordinary(server, who, line);
  });
  EXPECT_EQ(learnt.failure, "");
  EXPECT_EQ(learnt.profile.order, RegistrationOrder::cap_nick_user);
}

TEST(Learning, FindsAServerThatWantsUserFirst) {
  const auto said = std::make_shared<std::vector<std::string>>(100);
  const Learnt learnt =
      learn_of([said](TinyServer& server, std::size_t who, std::string_view line) {
        std::string& before = said->at(who);
        if (says(line, "NICK") && before == "USER") {
          server.say(who, ":tiny 001 " + std::string(line.substr(5)) + " :Welcome\r\n");
        }
        before = line.substr(0, 4);
        if (!says(line, "USER")) ordinary(server, who, line);
      });
  EXPECT_EQ(learnt.failure, "");
  EXPECT_EQ(learnt.profile.order, RegistrationOrder::user_nick);
}

TEST(Learning, AnswersACookieBeforeTheWelcome) {
  const Learnt learnt = learn_of([](TinyServer& server, std::size_t who, std::string_view line) {
    if (says(line, "USER")) return server.say(who, "PING :cookie\r\n");
    if (line == "PONG :cookie") return ordinary(server, who, "USER u 0 * :x");
    ordinary(server, who, line);
  });
  EXPECT_EQ(learnt.failure, "");
  EXPECT_EQ(learnt.profile.order, RegistrationOrder::nick_user);
}

TEST(Learning, GetsAlongWithBareServers) {
  const Learnt learnt = learn_of([](TinyServer& server, std::size_t who, std::string_view line) {
    if (says(line, "USER")) return server.say(who, "001 x :Welcome\n");
    if (says(line, "PING")) return server.say(who, "PONG " + std::string(line.substr(5)) + "\n");
    ordinary(server, who, line);
  });
  EXPECT_EQ(learnt.failure, "");
  EXPECT_EQ(learnt.profile.barrier, Barrier::ping);
  EXPECT_EQ(learnt.profile.server, "");
}

TEST(Learning, FindsTheCommandsThatAreMissing) {
  const Learnt learnt = learn_of([](TinyServer& server, std::size_t who, std::string_view line) {
    if (says(line, "AWAY")) return server.say(who, ":tiny 306 x :You are away\r\n");
    if (says(line, "WHO")) return server.say(who, ":tiny 461 x WHO :Not enough\r\n");
    if (says(line, "NOTICE")) return server.say(who, "421 x NOTICE :Unknown command\r\n");
    if (says(line, "USERHOST")) return server.say(who, ":tiny 421 x USERHOST :Unknown\r\n");
    ordinary(server, who, line);  // Says nothing to the others.
  });
  EXPECT_EQ(learnt.profile.missing_commands,
            (std::vector<std::string>{"ISON", "NOTICE", "USERHOST", "WHOIS"}));
}

// The commands are asked for together, and each alone where the target did not survive that.
TEST(Learning, AsksOnWhereACommandIsTheTargetsEnd) {
  const TinyServer::OnLine frail = [](TinyServer& server, std::size_t who, std::string_view line) {
    if (says(line, "USERHOST")) return server.die();
    if (says(line, "ISON")) return server.say(who, ":tiny 303 x :\r\n");
    ordinary(server, who, line);
  };
  irc::SimNet net(1);
  SimWorld world(net, tiny_server(frail), {.kernel = true, .process = true, .restart = true});
  FreshNames names(1);
  const Learnt learnt = learn(world, {}, names, 1);
  EXPECT_EQ(learnt.failure, "");
  EXPECT_EQ(learnt.profile.missing_commands, (std::vector<std::string>{"AWAY", "WHO", "WHOIS"}));
  ASSERT_EQ(learnt.deaths.size(), 2U);
  EXPECT_EQ(learnt.deaths[0].how,
            "ended when it was asked for AWAY, ISON, NOTICE, USERHOST, WHO, WHOIS");
  EXPECT_EQ(learnt.deaths[1].how, "ended when it was asked for USERHOST");
}

TEST(Learning, SaysWhatATargetDidNotSurviveThatCannotBeStartedAnew) {
  irc::SimNet net(1);
  const TinyServer::OnLine frail = [](TinyServer& server, std::size_t who, std::string_view line) {
    if (says(line, "WHO")) return server.die();
    ordinary(server, who, line);
  };
  SimWorld world(net, tiny_server(frail), {.kernel = true});
  FreshNames names(1);
  const Learnt learnt = learn(world, {}, names, 1);
  EXPECT_NE(learnt.failure.find("when it was asked for AWAY, ISON"), std::string::npos)
      << learnt.failure;
  EXPECT_EQ(learnt.deaths.size(), 1U);
}

// ---- Barriers.

// Without PONG; echoes the line of the message of `command` to whoever sent it, as a server does.
TinyServer::OnLine answering_only(std::string_view command, std::string before) {
  return [command, before](TinyServer& server, std::size_t who, std::string_view line) {
    if (says(line, "PING") || says(line, "PRIVMSG")) return;
    if (says(line, command)) return server.say(who, before + std::string(line) + "\r\n");
    ordinary(server, who, line);
  };
}

TEST(Learning, TakesAJoinWhereNoPongComes) {
  const Learnt learnt = learn_of(answering_only("JOIN", ":x!u@h "));
  EXPECT_EQ(learnt.profile.barrier, Barrier::join);
  EXPECT_EQ(learnt.profile.raw_barrier, Barrier::silence);
  EXPECT_EQ(learnt.profile.missing_commands.back(), "PING");
}

TEST(Learning, TakesAMessageToOneselfWhereNeitherComes) {
  EXPECT_EQ(learn_of(without({"PING", "JOIN"})).profile.barrier, Barrier::self_message);
}

TEST(Learning, TakesAnUnknownCommandWhereThatDoesNotComeEither) {
  const Learnt learnt = learn_of([](TinyServer& server, std::size_t who, std::string_view line) {
    const bool known = says(line, "NICK") || says(line, "USER") || says(line, "QUIT");
    if (known) return ordinary(server, who, line);
    for (const auto silent : {"PING", "JOIN", "PART", "PRIVMSG"}) {
      if (says(line, silent)) return;
    }
    server.say(who, ":tiny 421 x " + std::string(line) + " :Unknown command\r\n");
  });
  EXPECT_EQ(learnt.profile.barrier, Barrier::unknown_command);
}

TEST(Learning, TakesSilenceWhereNothingIsAnswered) {
  const Learnt learnt = learn_of(without({"PING", "PRIVMSG"}));
  EXPECT_EQ(learnt.failure, "");
  EXPECT_EQ(learnt.profile.barrier, Barrier::silence);
}

TEST(Learning, TakesARefusalBeforeRegistration) {
  const Learnt learnt = learn_of([](TinyServer& server, std::size_t who, std::string_view line) {
    if (says(line, "PING") && server.nick(who).empty()) {
      return server.say(who, ":tiny 451 * :You have not registered\r\n");
    }
    ordinary(server, who, line);
  });
  EXPECT_EQ(learnt.profile.barrier, Barrier::ping);
  EXPECT_EQ(learnt.profile.raw_barrier, Barrier::refusal);
}

TEST(Learning, DoesWithoutAWelcomeWhereClientsAreServedAllTheSame) {
  const Learnt learnt = learn_of(without({"USER"}));
  EXPECT_EQ(learnt.failure, "");
  EXPECT_FALSE(learnt.profile.welcomes);
  EXPECT_NE(learnt.profile.barrier, Barrier::silence);
}

// ---- What cannot be used.

// Answers PING to anybody, and all else but NICK and USER with `refusal`.
TinyServer::OnLine refusing_all_but_ping(std::string refusal) {
  return [refusal](TinyServer& server, std::size_t who, std::string_view line) {
    if (says(line, "PING")) return ordinary(server, who, line);
    if (!says(line, "NICK") && !says(line, "USER")) server.say(who, refusal);
  };
}

TEST(Learning, TakesNobodyForServedWhoIsToldThatHeIsNotRegistered) {
  const Learnt learnt = learn_of(refusing_all_but_ping(":tiny 451 * :You have not registered\r\n"));
  EXPECT_NE(learnt.failure.find("451 * :You have not registered"), std::string::npos);
}

TEST(Learning, SaysThatThePasswordWasRefused) {
  const Learnt learnt = learn_of(refusing_all_but_ping(":tiny 464 * :Password incorrect\r\n"));
  EXPECT_NE(learnt.failure.find("464 * :Password incorrect"), std::string::npos);
}

TEST(Learning, SaysThatNobodyListens) {
  const auto nobody = [](irc::SimNet&) { return [] { return true; }; };
  EXPECT_NE(learn_in_simulation(nobody, {}).failure, "");
}

TEST(Learning, SaysWhyAClientWasRefused) {
  const Learnt learnt = learn_of([](TinyServer& server, std::size_t who, std::string_view) {
    server.say(who, "ERROR :No more clients\r\n");
    server.close(who);
  });
  EXPECT_NE(learnt.failure.find("No more clients"), std::string::npos);
}

TEST(Learning, SaysThatASilentServerCannotBeUsed) {
  EXPECT_NE(learn_of([](TinyServer&, std::size_t, std::string_view) {}).failure, "");
}

TEST(Learning, TakesNoEchoForAnAnswer) {
  const Learnt learnt = learn_of([](TinyServer& server, std::size_t who, std::string_view line) {
    server.say(who, std::string(line) + "\r\n");
  });
  EXPECT_NE(learnt.failure, "");
}

// ---- Pace.

TEST(Learning, GivesASlowServerMoreTime) {
  const Learnt learnt = learn_of([](TinyServer& server, std::size_t who, std::string_view line) {
    if (!says(line, "PING")) return ordinary(server, who, line);
    server.say_later(std::chrono::seconds(1), who,
                     ":tiny PONG tiny :" + std::string(line.substr(5)) + "\r\n");
  });
  EXPECT_GE(learnt.profile.round_trip, std::chrono::seconds(1));
  EXPECT_GE(learnt.pace.scale, 5);
}

TEST(Learning, GivesAFastServerTheUsualTime) {
  EXPECT_EQ(learn_of(ordinary).pace.scale, 1);
}

}  // namespace
}  // namespace conform::testing
