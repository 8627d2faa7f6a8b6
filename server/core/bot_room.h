// BotRoom: what the bot has learnt of a channel by being there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace irc {

// Somebody who has said something. Nicknames are kept folded as keys, and as written here.
struct Speaker {
  std::string nick;
  std::string at;            // The date of the last time.
  std::uint64_t lines = 0;   // Since the bot came, or since he was last forgotten.
  std::uint64_t latest = 0;  // Number of his last line; counts up over all.
};

class BotRoom {
 public:
  // `since` is the date on which the bot came.
  BotRoom(std::string name, std::string since) : name_(std::move(name)), since_(std::move(since)) {}

  const std::string& name() const { return name_; }
  const std::string& since() const { return since_; }
  std::uint64_t lines() const { return lines_; }

  // Of all who are there, the bot included; folded nicknames.
  std::set<std::string>& members() { return members_; }
  const std::set<std::string>& members() const { return members_; }

  // Empty if there is none.
  std::string topic;

  // A line that `nick` has said. Of many speakers those who have been silent for longest are
  // forgotten, so that the room stays small.
  void hears(std::string_view folded, std::string_view nick, std::string_view date);
  // Null if he has said nothing, or has been forgotten.
  const Speaker* speaker(const std::string& folded) const;
  // Who has said most, the first of them by folded nickname; null if nobody has said anything.
  const Speaker* most_talkative() const;

 private:
  std::string name_, since_;
  std::uint64_t lines_ = 0;
  std::set<std::string> members_;
  std::map<std::string, Speaker> speakers_;
};

}  // namespace irc
