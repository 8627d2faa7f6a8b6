// Bot: a client that lives in the server and answers questions: help, time, dice, a channel's topic
// and statistics, when somebody was last heard.
//
// It is a client like others: it gets the lines that a session gets, and what it says are lines. It
// has no clock (it knows the time by the tags of server-time), no table of the server's, and no
// rights. It is asked by PRIVMSG, in private ("dice 2d6") or on a channel ("!dice 2d6", "refbot:
// dice 2d6"), and answers by NOTICE, which nobody answers (RFC 2812 3.3.2); to notices, to other
// bots (IRCv3 bot-mode) and to servers it says nothing: so it never talks in circles.
//
// Of a channel it tells only those who are on it: what another channel than the one on which it is
// asked is about, it tells in private.
#pragma once

#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/bot_room.h"
#include "server/core/config.h"
#include "server/wire/casemap.h"
#include "server/wire/message.h"

namespace irc {

class Bot {
 public:
  // What it says, in order, without terminators.
  using Lines = std::vector<std::string>;

  // `password` is what it sends with PASS, if anything; `dice` decides what it throws.
  Bot(const BotConfig& config, std::optional<std::string> password, std::mt19937_64 dice);

  // With which it registers.
  Lines comes_in();

  // What it says to a line of the server's, without terminator: any bytes.
  Lines hears(std::string_view line);

 private:
  // A question, and where the answer goes.
  struct Question {
    std::string_view asker;               // His nickname.
    std::string_view target;              // To which the question was said.
    const BotRoom* room;                  // On which it was asked; null in private.
    std::vector<std::string_view> words;  // The first one is the command.

    std::string_view word(std::size_t index) const {
      return index < words.size() ? words[index] : std::string_view{};
    }
  };
  using Heard = void (Bot::*)(const Message&);
  using Answer = void (Bot::*)(const Question&);
  struct HeardRow;
  struct AnswerRow;
  static const HeardRow kHeard[];
  static const AnswerRow kAnswers[];

  // bot.cc
  void on_welcome(const Message& message);
  void on_isupport(const Message& message);
  void on_nick_taken(const Message& message);
  void on_ping(const Message& message);
  void on_invite(const Message& message);
  void on_join(const Message& message);
  void on_names(const Message& message);
  void on_part(const Message& message);
  void on_kick(const Message& message);
  void on_quit(const Message& message);
  void on_nick(const Message& message);
  void on_topic(const Message& message);
  void on_topic_reply(const Message& message);
  void on_privmsg(const Message& message);
  // The words of the question that a text is, the command first; none if it is no question to it.
  std::vector<std::string_view> asked(std::string_view text, bool in_private) const;

  // bot_answers.cc
  void answer(const Question& question);
  void help(const Question& question);
  void time(const Question& question);
  void dice(const Question& question);
  void topic(const Question& question);
  void stats(const Question& question);
  void seen(const Question& question);

  // What is too long for a line is cut.
  void say(std::string_view line);
  void reply(const Question& question, std::string_view text);
  // The same, to the asker alone unless it was asked on that room.
  void reply_about(const BotRoom& room, const Question& question, std::string_view text);
  // The room that `name` or, if it is empty, the place of the question means, if the asker is on
  // it; else it says that it does not know, whether there is such a channel or not.
  const BotRoom* room_of(const Question& question, std::string_view name);

  std::string folded(std::string_view name) const { return fold(casemapping_, name); }
  bool is_me(std::string_view nick) const { return equal(casemapping_, nick, nick_); }
  BotRoom* room(std::string_view name);
  void goes(BotRoom& room, std::string_view nick);
  void leave_if_alone(BotRoom& room);

  BotConfig config_;
  std::optional<std::string> password_;
  std::mt19937_64 engine_;
  std::string nick_;
  std::size_t nicks_tried_ = 0;
  Casemapping casemapping_ = Casemapping::rfc1459;
  std::string date_;                      // Of the last line; empty if it is not known.
  std::map<std::string, BotRoom> rooms_;  // By folded name.
  Lines says_;
};

}  // namespace irc
