#include "harness/run/cause.h"

#include <gtest/gtest.h>

#include "tests/run/playing.h"

namespace conform::testing {
namespace {

// Ordinary but for the lines that begin with `command`, which it does not know.
TinyServer::OnLine without(std::string_view command) {
  return [command](TinyServer& server, std::size_t who, std::string_view line) {
    if (!says(line, command)) ordinary(server, who, line);
  };
}

std::string cause_of(std::string_view steps, Scene scene) {
  const CaseResult result = play(steps, std::move(scene));
  EXPECT_EQ(result.grade, Grade::fail) << steps;
  return result.root_cause;
}

// Says nothing more to a client that wants it so, or has once sent more than it can hold.
TinyServer::OnLine deaf() {
  return [](TinyServer& server, std::size_t who, std::string_view line) {
    if (line.size() > 510 || line == "DEAF") return server.ignore(who);
    ordinary(server, who, line);
  };
}

constexpr const char* kDeaf = "behind a line of more than 512 bytes the server answers nothing";

TEST(Cause, IsOneForAllThatAFaultShowsIn) {
  struct {
    const char* steps;
    TinyServer::OnLine server;
    const char* cause;
  } const rows[] = {
      {"a > \"QUIT\\r\\n\"\na < closed\nsync b\n", without("QUIT"),
       "the connection of a client that sends QUIT is not closed"},
      {"a leave quit\nsync b\n", without("QUIT"),
       "the connection of a client that sends QUIT is not closed"},
      {"u > QUIT\nu < closed\nsync b\n", without("QUIT"),
       "QUIT before the registration does not close the connection"},
      {"a > QUIT\nb < :{a} QUIT ...\nsync b\n", without("QUIT"),
       "no QUIT tells the peers of a client that it has sent one"},
      {"a leave quit\nb < :{a} QUIT ...\nsync b\n", ordinary,
       "no QUIT tells the peers of a client that it has sent one"},
      {"a fin\nb < :{a} QUIT ...\nsync b\n", without("QUIT"),
       "no QUIT tells the peers of a client that its connection has ended"},
      {"a rst\nb < :{a} QUIT ...\nsync b\n", without("QUIT"),
       "no QUIT tells the peers of a client that its connection has ended"},
      {"a rst\nunordered\n  b < :{a} QUIT one\n  b < :{a} QUIT two\nend\nsync b\n", without("QUIT"),
       "no QUIT tells the peers of a client that its connection has ended"},
      {"a > QUIT\none-of\n  ok \"one\"\n    b < :{a} QUIT one\n  ok \"two\"\n    b < :{a} QUIT "
       "two\n"
       "end\nsync b\n",
       without("QUIT"), "no QUIT tells the peers of a client that it has sent one"},
      {"a > X\na < 421 * X ...\nsync b\n", ordinary, "no 421 comes behind an unknown command"},
      {"u > DEAF\nu register\nsync b\n", deaf(), "a client that comes later is not welcomed"},
      {"a > WHOIS {b}\na < 311 ...\nsync b\n", without("WHOIS"), "no 311 comes behind WHOIS"},
      {"a > JOIN {chan}\na < :{a} JOIN {chan}\nsync b\n", without("JOIN"),
       "no JOIN comes behind JOIN"},
      {"a > \"X \" \"x\"*600 \"\\r\\n\"\nsync a b\n", deaf(), kDeaf},
      {"a > \"X \" \"x\"*600 \"\\r\\n\"\na > PRIVMSG {b} :hi\nb < PRIVMSG ...\nsync b\n", deaf(),
       kDeaf},
      {"a > \"@x=\" \"y\"*600 \" X\\r\\n\"\nsync a b\n", deaf(), kDeaf},
      {"search K from 300 to 1200\n  a > \"x\"*{K} \"\\r\\n\"\nend\nsync b\n", deaf(), kDeaf},
  };
  for (const auto& row : rows) {
    const std::string_view clients =
        row.steps[0] == 'u' && row.steps[1] == ' ' ? "u(raw) b" : "a b";
    EXPECT_EQ(cause_of(row.steps, {.server = row.server, .clients = clients}), row.cause)
        << row.steps;
  }
}

TEST(Cause, IsNotHiddenByWhatComesLateOfABarrierBefore) {
  const auto server = [token = std::string(), silent = deaf()](TinyServer& it, std::size_t who,
                                                               std::string_view line) mutable {
    if (says(line, "PING")) token = line.substr(5);
    if (line.size() > 510) it.say(who, ":tiny NOTICE * :that was " + token + "\r\n");
    silent(it, who, line);
  };
  EXPECT_EQ(cause_of("sync a\na > \"X \" \"x\"*600 \"\\r\\n\"\na > PRIVMSG {b} :hi\nb < PRIVMSG "
                     "...\nsync b\n",
                     {.server = server}),
            kDeaf);
}

// At "CUT nick" closes that connection, with these words for it.
TinyServer::OnLine cutting(std::string_view words) {
  return [words](TinyServer& server, std::size_t who, std::string_view line) {
    if (!says(line, "CUT")) return ordinary(server, who, line);
    const auto cut = server.by_nick(line.substr(4));
    if (!cut) return;
    server.say(*cut, words);
    server.close(*cut);
  };
}

TEST(Cause, IsThatABystanderLosesItsConnection) {
  constexpr const char* kCause =
      "a client whose lines were all answered loses its connection, and is not told why";
  const std::string answered = "a > PRIVMSG {a} :x\na < PRIVMSG ...\n", cut = "b > CUT {a}\n";
  const std::string in_vain = "a < PRIVMSG ...\nsync a b\n";
  struct {
    std::string steps;
    std::string_view words;
    const char* cause;
    const char* reason;
  } const rows[] = {
      {answered + cut + in_vain, "", kCause, "it waits"},
      {answered + cut + "b < PRIVMSG ...\nsync a b\n", "", kCause, "another waits"},
      {answered + cut + "sync b\na > X\n" + in_vain, "", kCause, "what it says to nobody"},
      {answered + cut + in_vain, "ERROR :you know why\r\n", "", "it was told"},
      {"a > PRIVMSG {b} :x\n" + cut + in_vain, "", "", "perhaps by what it said"},
      {"a > WHOIS {b}\n" + cut + "a < 311 ...\nsync a b\n", "", "", "nor is that unanswered"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(cause_of(row.steps, {.server = cutting(row.words)}), row.cause) << row.reason;
  }
}

TEST(Cause, IsNotThatSomethingIsMissingWhereItCameInAnotherForm) {
  const auto server = [](TinyServer& it, std::size_t who, std::string_view line) {
    if (says(line, "WHOIS")) return it.say(who, ":tiny 311 x y :else\r\n");
    if (says(line, "QUIT")) {
      for (std::size_t i = 0; i < it.client_count(); ++i) {
        if (i != who) it.say(i, ":" + it.nick(who) + "!u@h QUIT :Quit: other\r\n");
      }
    }
    ordinary(it, who, line);
  };
  EXPECT_EQ(cause_of("a > WHOIS {b}\na < 311 * {b} ...\nsync b\n", {.server = server}), "");
  EXPECT_EQ(cause_of("a > QUIT :one\nb < :{a} QUIT one\nsync b\n", {.server = server}), "");
  EXPECT_EQ(cause_of("a leave quit\nb < :{a} QUIT one\nsync b\n", {.server = server}), "");
}

TEST(Cause, IsNoneForWhatIsTheCasesOwn) {
  struct {
    const char* steps;
    const char* reason;
  } const rows[] = {
      {"a > PRIVMSG {b} :hi\nb < PRIVMSG {b} other\nsync b\n", "what others do not get"},
      {"a > \"X \" \"x\"*600 \"\\r\\n\"\na > PING :t\na < PONG ... u\nsync b\n", "heard since"},
      {"a > PRIVMSG {a} :x\na < PRIVMSG ... x\na > PRIVMSG {a} :y\na <! PRIVMSG ... y\nsync a b\n",
       "what comes though it should not"},
      {"b < :{a} QUIT ...\nsync b\n", "nobody has left"},
      {"a > \"X \" \"x\"*600 \"\\r\\n\"\na < 417 ...\nsync a b\n", "nothing was asked behind it"},
      {"a > PRIVMSG {b} :hi\nb < closed\nsync a\n", "nobody has sent QUIT"},
      {"a > JOIN {chan}\na <= PART ...\nsync b\n", "another line than the next"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(cause_of(row.steps, {}), "") << row.reason;
  }
}

}  // namespace
}  // namespace conform::testing
