// The invariance of replies: TCP carries a stream of bytes, so the same bytes, however they are
// cut into segments, get the same replies. What a server answers is first taken twice with the same
// segments, so that nothing is asked of a third play but what the server repeats by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace conform {

// What one client received from one source, in order. Names that are new in each play have been
// put back into their braces, clocks and counters taken out.
struct Stream {
  std::vector<std::string> lines;
  // So many of them had to be there when the play ended; the others may come sooner or later.
  std::size_t sure = 0;
};

struct Replies {
  // By client and source: what comes first of two sources is a matter of time.
  std::map<std::pair<std::string, std::string>, Stream> streams;
  // The clients whose connections the server has ended.
  std::set<std::string> ended;
};

struct Difference {
  enum class Kind : std::uint8_t { missing, extra };
  Kind kind = Kind::missing;
  std::string client;
  std::string line;
};

// Where a third play differs from two that were alike; what already differs between those two is
// left out. Where the server ended other connections nothing can be compared: whether it may, the
// script says.
std::optional<Difference> difference(const Replies& first, const Replies& second,
                                     const Replies& third);

}  // namespace conform
