// Cores and rules that spoil what is on its way: when it waits for somebody who does not read, and
// when several clients act in one round.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/server.h"
#include "tests/mutants/rewriting.h"

namespace irc::mutants {

inline std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += line;
  return all;
}

// Applies Fault to the lines that wait for a client, once they are so many that it cannot be
// reading.
template <class Fault>
struct OfBacklog {
  static std::string rewritten(std::string_view batch) {
    constexpr std::size_t kBacklogBytes = 32768;
    if (batch.size() < kBacklogBytes) return std::string(batch);
    std::vector<std::string> lines = lines_of(batch);
    Fault::spoil(lines);
    return joined(lines);
  }
};

struct OldestTwice {
  static void spoil(std::vector<std::string>& lines) { lines.insert(lines.begin(), lines.front()); }
};
struct OldestIsDropped {
  static void spoil(std::vector<std::string>& lines) { lines.erase(lines.begin()); }
};
struct OldestComesSecond {
  static void spoil(std::vector<std::string>& lines) {
    if (lines.size() > 1) std::swap(lines[0], lines[1]);
  }
};

// Where two have left at once, peers are told of the first of them again.
struct QuitsTogetherTwice {
  static std::string rewritten(std::string_view batch) {
    std::vector<std::string> quits = lines_of(batch);
    std::erase_if(
        quits, [](const std::string& line) { return !behind_source(line).starts_with("QUIT "); });
    return std::string(batch) + (quits.size() > 1 ? quits.front() : "");
  }
};

// All messages of a round go to the client that the first of them was for.
class OneAddresseeARound : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    constexpr std::string_view kCommand = "PRIVMSG ";
    const std::size_t end = frame.line.find(' ', kCommand.size());
    if (!frame.line.starts_with(kCommand) || end == frame.line.npos) {
      return Server::on_frame(id, frame, now);
    }
    if (!addressee_) addressee_ = frame.line.substr(kCommand.size(), end - kCommand.size());
    const std::string line =
        std::string(kCommand) + *addressee_ + std::string(frame.line.substr(end));
    Server::on_frame(id, Frame{.line = line, .overlong = frame.overlong}, now);
  }
  void tick(TimePoint now) {
    addressee_.reset();
    Server::tick(now);
  }

 private:
  std::optional<std::string> addressee_;
};

}  // namespace irc::mutants
