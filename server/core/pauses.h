// Pauses: who has to wait, and until when; forgets whose pause is over.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "server/net/clock.h"

namespace irc {

class Pauses {
 public:
  bool holds(std::string_view who, TimePoint now) const {
    const auto found = until_.find(who);
    return found != until_.end() && now < found->second;
  }
  // From now on, for so long. Takes time in proportion to all that were begun since the last one.
  void begin(std::string_view who, TimePoint now, Duration length) {
    std::erase_if(until_, [now](const auto& pause) { return pause.second <= now; });
    until_.insert_or_assign(std::string(who), now + length);
  }
  // Those that are kept: all that last, and some that are over.
  std::size_t size() const { return until_.size(); }

 private:
  std::map<std::string, TimePoint, std::less<>> until_;
};

}  // namespace irc
