#include "server/core/bot_room.h"

#include <algorithm>

namespace irc {
namespace {

constexpr std::size_t kSpeakersMax = 100;

}  // namespace

void BotRoom::hears(std::string_view folded, std::string_view nick, std::string_view date) {
  Speaker& speaker = speakers_[std::string(folded)];
  speaker.nick = nick;
  speaker.at = date;
  ++speaker.lines;
  speaker.latest = ++lines_;
  if (speakers_.size() <= kSpeakersMax) return;
  speakers_.erase(std::ranges::min_element(speakers_, {},
                                           [](const auto& entry) { return entry.second.latest; }));
}

const Speaker* BotRoom::speaker(const std::string& folded) const {
  const auto found = speakers_.find(folded);
  return found == speakers_.end() ? nullptr : &found->second;
}

const Speaker* BotRoom::most_talkative() const {
  const auto found =
      std::ranges::max_element(speakers_, {}, [](const auto& entry) { return entry.second.lines; });
  return found == speakers_.end() ? nullptr : &found->second;
}

}  // namespace irc
