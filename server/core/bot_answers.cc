// What the bot answers.
#include <algorithm>
#include <charconv>
#include <iterator>

#include "server/core/bot.h"

namespace irc {
namespace {

struct Throw {
  unsigned dice = 1;
  unsigned sides = 6;
};

// "2d6", "d20", or nothing at all; nothing if it is none, or more than a table can hold.
std::optional<Throw> parse_throw(std::string_view text) {
  constexpr unsigned kDiceMax = 20;
  constexpr unsigned kSidesMax = 1000;
  Throw thrown;
  if (text.empty()) return thrown;
  const char* const end = text.data() + text.size();
  const char* const d = std::find(text.data(), end, 'd');
  if (d == end) return std::nullopt;
  const auto number = [](const char* begin, const char* stop, unsigned& value) {
    const auto [read, error] = std::from_chars(begin, stop, value);
    return error == std::errc{} && read == stop;
  };
  if (d != text.data() && !number(text.data(), d, thrown.dice)) return std::nullopt;
  if (!number(d + 1, end, thrown.sides)) return std::nullopt;
  const bool sound =
      1 <= thrown.dice && thrown.dice <= kDiceMax && 2 <= thrown.sides && thrown.sides <= kSidesMax;
  return sound ? std::optional(thrown) : std::nullopt;
}

std::string count(std::uint64_t number, std::string_view what) {
  return std::to_string(number) + ' ' + std::string(what) + (number == 1 ? "" : "s");
}

}  // namespace

struct Bot::AnswerRow {
  std::string_view command;
  Answer answer;
};
const Bot::AnswerRow Bot::kAnswers[] = {
    {"dice", &Bot::dice},   {"help", &Bot::help}, {"seen", &Bot::seen},
    {"stats", &Bot::stats}, {"time", &Bot::time}, {"topic", &Bot::topic},
};

// On a channel "!" may be meant for another bot: only in private it says what it does not know.
void Bot::answer(const Question& question) {
  const auto is_asked = [&question](const AnswerRow& row) {
    return equal_ascii(row.command, question.word(0));
  };
  const auto* row = std::ranges::find_if(kAnswers, is_asked);
  if (row != std::end(kAnswers)) return (this->*row->answer)(question);
  if (question.room == nullptr) reply(question, "I do not know that; say help.");
}

void Bot::help(const Question& question) {
  reply(question,
        "help; time; dice [2d6]; topic [#channel]; stats [#channel]; seen nick [#channel]. On a "
        "channel with ! in front, as in !time.");
}

void Bot::time(const Question& question) {
  reply(question, date_.empty() ? "Nobody tells me the time here." : "It is " + date_ + '.');
}

void Bot::dice(const Question& question) {
  const std::optional<Throw> thrown = parse_throw(question.word(1));
  if (!thrown) return reply(question, "Dice are like 2d6: up to 20, with 2 to 1000 sides.");
  std::string each;
  std::uint64_t sum = 0;
  for (unsigned i = 0; i < thrown->dice; ++i) {
    const std::uint64_t eyes = 1 + engine_() % thrown->sides;
    sum += eyes;
    each.append(each.empty() ? "" : " + ").append(std::to_string(eyes));
  }
  if (thrown->dice > 1) each += " = " + std::to_string(sum);
  reply(question, std::string(question.asker) + " throws " + each + '.');
}

void Bot::topic(const Question& question) {
  const BotRoom* room = room_of(question, question.word(1));
  if (room == nullptr) return;
  reply_about(*room, question,
              room->topic.empty() ? room->name() + " has no topic."
                                  : "Topic of " + room->name() + ": " + room->topic);
}

void Bot::stats(const Question& question) {
  const BotRoom* room = room_of(question, question.word(1));
  if (room == nullptr) return;
  std::string text = room->name() + ": " + count(room->members().size(), "member") + ", " +
                     count(room->lines(), "line");
  if (!room->since().empty()) text += " since " + room->since();
  if (const Speaker* most = room->most_talkative()) {
    text += ", most of them by " + most->nick + " (" + std::to_string(most->lines) + ')';
  }
  reply_about(*room, question, text + '.');
}

void Bot::seen(const Question& question) {
  const std::string_view nick = question.word(1);
  if (nick.empty()) return reply(question, "Whom? As in: seen nick.");
  const BotRoom* room = room_of(question, question.word(2));
  if (room == nullptr) return;
  std::string text = std::string(nick);
  if (const Speaker* speaker = room->speaker(folded(nick))) {
    text = speaker->nick + " was last heard on " + room->name();
    if (!speaker->at.empty()) text += " at " + speaker->at;
  } else {
    text += " has not been heard on " + room->name();
  }
  if (room->members().contains(folded(nick))) text += ", and is there";
  reply_about(*room, question, text + '.');
}

void Bot::reply(const Question& question, std::string_view text) {
  const std::string_view to = question.room != nullptr ? question.target : question.asker;
  say("NOTICE " + std::string(to) + " :" + std::string(text));
}

void Bot::reply_about(const BotRoom& room, const Question& question, std::string_view text) {
  if (&room == question.room) return reply(question, text);
  say("NOTICE " + std::string(question.asker) + " :" + std::string(text));
}

const BotRoom* Bot::room_of(const Question& question, std::string_view name) {
  if (name.empty() && question.room != nullptr) return question.room;
  if (name.empty()) {
    reply(question, "Of which channel?");
    return nullptr;
  }
  const BotRoom* room = this->room(name);
  if (room != nullptr && room->members().contains(folded(question.asker))) return room;
  reply(question, "I know only channels on which both of us are.");
  return nullptr;
}

}  // namespace irc
