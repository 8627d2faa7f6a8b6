// Doubts: plays that failed while others played, and lost a connection at that: perhaps only for
// what another case did. They are kept until they have been played again, alone.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "harness/run/judge.h"
#include "server/net/clock.h"

namespace conform {

class Doubts {
 public:
  struct Doubt {
    std::size_t index = 0;  // Of the play.
    irc::TimePoint at{};
    Ended ended;
  };

  void add(Doubt doubt) { doubts_.push_back(std::move(doubt)); }
  bool hold(std::size_t index) const;
  std::vector<std::size_t> since(irc::TimePoint time) const;
  // Nothing if there is none about that play.
  std::optional<Doubt> take(std::size_t index);

 private:
  std::vector<Doubt> doubts_;
};

// What a play that was in doubt has shown, now that it was played alone. A server that says ERROR
// knows whom it sends away; one that says nothing has taken the wrong one.
std::optional<SeenBreach> breach_shown_by(const Ended& in_company, const Ended& alone);

}  // namespace conform
