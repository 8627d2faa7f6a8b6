// What the bot makes of the lines that it gets.
#include "server/core/bot.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "server/core/reply.h"

namespace irc {
namespace {

constexpr std::size_t kNicksMax = 5;

std::string_view nick_of(const Message& message) {
  return parse_source(message.source).name;
}

// "2026-01-31 12:59:59 UTC" from the value of a tag "time"; empty if it is none.
std::string date_from_tag(std::string_view tag) {
  constexpr std::size_t kDay = 10;  // "2026-01-31"
  constexpr std::size_t kClock = 8;
  if (tag.size() < kDay + 1 + kClock) return {};
  return std::string(tag.substr(0, kDay)) + ' ' + std::string(tag.substr(kDay + 1, kClock)) +
         " UTC";
}

bool is_ctcp(std::string_view text) {
  return text.starts_with('\x01');
}

}  // namespace

struct Bot::HeardRow {
  std::string_view command;
  Heard heard;
};
const Bot::HeardRow Bot::kHeard[] = {
    {"001", &Bot::on_welcome}, {"005", &Bot::on_isupport},   {"332", &Bot::on_topic_reply},
    {"353", &Bot::on_names},   {"433", &Bot::on_nick_taken}, {"INVITE", &Bot::on_invite},
    {"JOIN", &Bot::on_join},   {"KICK", &Bot::on_kick},      {"NICK", &Bot::on_nick},
    {"PART", &Bot::on_part},   {"PING", &Bot::on_ping},      {"PRIVMSG", &Bot::on_privmsg},
    {"QUIT", &Bot::on_quit},   {"TOPIC", &Bot::on_topic},
};

Bot::Bot(const BotConfig& config, std::optional<std::string> password, std::mt19937_64 dice)
    : config_(config), password_(std::move(password)), engine_(dice), nick_(config.nick) {}

Bot::Lines Bot::comes_in() {
  if (password_) say("PASS :" + *password_);
  say("CAP REQ :message-tags");
  say("CAP REQ :server-time");
  say("NICK " + nick_);
  say("USER bot 0 * :Answers questions: say help");
  say("CAP END");
  return std::exchange(says_, {});
}

Bot::Lines Bot::hears(std::string_view line) {
  const ParseResult parsed = parse_message(line);
  if (!parsed) return {};
  const Message& message = parsed.message;
  std::string time;
  if (tag_value(message.tags, "time", time)) date_ = date_from_tag(time);
  const auto* row = std::ranges::find(kHeard, message.command, &HeardRow::command);
  if (row != std::end(kHeard)) (this->*row->heard)(message);
  return std::exchange(says_, {});
}

void Bot::on_welcome(const Message& message) {
  nick_ = message.param(0);
  say("MODE " + nick_ + " +B");
  for (const std::string& channel : config_.channels) say("JOIN " + channel);
}

void Bot::on_isupport(const Message& message) {
  constexpr std::string_view kToken = "CASEMAPPING=";
  for (const std::string_view token : message.params()) {
    if (!token.starts_with(kToken)) continue;
    casemapping_ = casemapping_of(token.substr(kToken.size())).value_or(casemapping_);
  }
}

void Bot::on_nick_taken(const Message&) {
  if (++nicks_tried_ >= kNicksMax) return say("QUIT");
  say("NICK " + (nick_ += '_'));
}

void Bot::on_ping(const Message& message) {
  say("PONG :" + std::string(message.param(0)));
}

void Bot::on_invite(const Message& message) {
  say("JOIN " + std::string(message.param(1)));
}

// A channel that it has opened by itself belongs to who comes first, as it would without the bot.
void Bot::on_join(const Message& message) {
  const std::string_view nick = nick_of(message);
  const std::string_view name = message.param(0);
  if (is_me(nick)) {
    rooms_.insert_or_assign(folded(name), BotRoom(std::string(name), date_));
  }
  BotRoom* room = this->room(name);
  if (room == nullptr) return;
  const bool was_alone = !is_me(nick) && room->members().size() == 1;
  room->members().insert(folded(nick));
  if (was_alone) say("MODE " + room->name() + " +o " + std::string(nick));
}

void Bot::on_names(const Message& message) {
  BotRoom* room = this->room(message.param(2));
  if (room == nullptr) return;
  for (std::string_view name : words_of(message.param(3))) {
    name.remove_prefix(std::min(name.find_first_not_of("@+"), name.size()));
    room->members().insert(folded(name));
  }
}

void Bot::on_part(const Message& message) {
  if (BotRoom* room = this->room(message.param(0))) goes(*room, nick_of(message));
}

void Bot::on_kick(const Message& message) {
  if (BotRoom* room = this->room(message.param(0))) goes(*room, message.param(1));
}

void Bot::on_quit(const Message& message) {
  for (auto& [name, room] : rooms_) {
    room.members().erase(folded(nick_of(message)));
    leave_if_alone(room);
  }
}

void Bot::on_nick(const Message& message) {
  const std::string_view nick = nick_of(message);
  if (is_me(nick)) nick_ = message.param(0);
  for (auto& [name, room] : rooms_) {
    if (room.members().erase(folded(nick)) > 0) room.members().insert(folded(message.param(0)));
  }
}

void Bot::on_topic(const Message& message) {
  if (BotRoom* room = this->room(message.param(0))) room->topic = message.param(1);
}

void Bot::on_topic_reply(const Message& message) {
  if (BotRoom* room = this->room(message.param(1))) room->topic = message.param(2);
}

void Bot::on_privmsg(const Message& message) {
  const std::string_view nick = nick_of(message);
  const std::string_view target = message.param(0);
  std::string tag;
  const bool from_person = !parse_source(message.source).user.empty() && !is_me(nick) &&
                           !tag_value(message.tags, "bot", tag);
  if (!from_person) return;
  // Without what a STATUSMSG has in front; empty in private.
  const std::string_view channel = target.substr(std::min(target.find('#'), target.size()));
  BotRoom* room = this->room(channel);
  if (room == nullptr && !channel.empty()) return;
  if (room != nullptr) room->hears(folded(nick), nick, date_);
  const std::vector<std::string_view> words = asked(message.param(1), room == nullptr);
  if (words.empty()) return;
  answer({.asker = nick, .target = target, .room = room, .words = words});
}

std::vector<std::string_view> Bot::asked(std::string_view text, bool in_private) const {
  if (is_ctcp(text)) return {};
  std::vector<std::string_view> words = words_of(text);
  if (words.empty()) return {};
  std::string_view& first = words.front();
  if (first.starts_with('!')) {
    first.remove_prefix(1);
    return words;
  }
  const bool addressed = first.ends_with(':') || first.ends_with(',');
  if (addressed && is_me(first.substr(0, first.size() - 1))) {
    words.erase(words.begin());
    return words;
  }
  return in_private ? words : std::vector<std::string_view>{};
}

void Bot::say(std::string_view line) {
  constexpr std::size_t kTerminatorBytes = 2;
  says_.emplace_back(cut(line, kLineBytesMax - kTerminatorBytes));
}

BotRoom* Bot::room(std::string_view name) {
  const auto found = rooms_.find(folded(name));
  return found == rooms_.end() ? nullptr : &found->second;
}

// The room is gone afterwards if it is the bot itself that goes.
void Bot::goes(BotRoom& room, std::string_view nick) {
  if (is_me(nick)) {
    rooms_.erase(folded(room.name()));
    return;
  }
  room.members().erase(folded(nick));
  leave_if_alone(room);
}

// It stays alone only where it was told to be.
void Bot::leave_if_alone(BotRoom& room) {
  const auto is_room = [&](const std::string& name) {
    return equal(casemapping_, name, room.name());
  };
  if (room.members().size() == 1 && std::ranges::none_of(config_.channels, is_room)) {
    say("PART " + room.name());
  }
}

}  // namespace irc
