// Cores that send something else than they should: the project's, with what it has to say to a
// client changed on its way out.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/server.h"

namespace irc::mutants {

// What waits for a client goes through Rule::rewritten first, whole lines with their terminators.
template <class Rule>
class RewritesBatch : public Server {
 public:
  using Server::Server;

  std::string_view output(ConnId id) {
    std::string& waiting = waiting_[id];
    if (waiting.empty()) {
      waiting = Rule::rewritten(Server::output(id));
      Server::sent(id, Server::output(id).size());
    }
    return waiting;
  }
  void sent(ConnId id, std::size_t bytes) { waiting_[id].erase(0, bytes); }
  void disconnected(ConnId id, std::string_view reason) {
    waiting_.erase(id);
    Server::disconnected(id, reason);
  }

 private:
  std::map<ConnId, std::string> waiting_;
};

inline std::vector<std::string> lines_of(std::string_view batch) {
  std::vector<std::string> lines;
  while (!batch.empty()) {
    const std::size_t bytes = batch.find('\n') + 1;
    lines.emplace_back(batch.substr(0, bytes));
    batch.remove_prefix(bytes);
  }
  return lines;
}

// A rule for single lines.
template <class Rule>
struct EachLine {
  static std::string rewritten(std::string_view batch) {
    std::string all;
    for (std::string& line : lines_of(batch)) all += Rule::rewritten(std::move(line));
    return all;
  }
};
template <class Rule>
using Rewrites = RewritesBatch<EachLine<Rule>>;

// What follows the source.
inline std::string_view behind_source(std::string_view line) {
  return line.starts_with(':') ? line.substr(line.find(' ') + 1) : line;
}

inline bool is_numeric(std::string_view line) {
  return behind_source(line).find_first_not_of("0123456789") == 3;
}

// LF alone ends its lines.
struct LfOnly {
  static std::string rewritten(std::string line) {
    std::erase(line, '\r');
    return line;
  }
};

// The terminator is not counted where a line is cut: 513 bytes.
struct OneByteTooLong {
  static std::string rewritten(std::string line) {
    constexpr std::size_t kLineBytesMax = 512;
    if (line.size() == kLineBytesMax) line.insert(line.size() - 2, "x");
    return line;
  }
};

// One terminator too many behind the end of a list.
struct EmptyLineBehindNames {
  static std::string rewritten(std::string line) {
    return behind_source(line).starts_with("366 ") ? line + "\r\n" : line;
  }
};

struct NoSourceOfNumerics {
  static std::string rewritten(std::string line) {
    return is_numeric(line) ? std::string(behind_source(line)) : line;
  }
};

// The name of the server stands where the command should.
struct NoColonBeforeSource {
  static std::string rewritten(std::string line) {
    return behind_source(line).starts_with("421 ") ? line.substr(1) : line;
  }
};

// Nobody is told that there is no such command.
struct NoUnknownCommand {
  static std::string rewritten(std::string line) {
    return behind_source(line).starts_with("421 ") ? "" : line;
  }
};

// Nobody is told what is missing.
struct NoMissingParameter {
  static std::string rewritten(std::string line) {
    for (const std::string_view numeric : {"411 ", "412 ", "431 ", "461 "}) {
      if (behind_source(line).starts_with(numeric)) return "";
    }
    return line;
  }
};

// Peers are not told of a reset.
struct NoQuitAtReset {
  static std::string rewritten(std::string line) {
    return line.ends_with(" QUIT :Connection reset by peer\r\n") ? "" : line;
  }
};

// Peers are not told of the end of a stream.
struct NoQuitAtFin {
  static std::string rewritten(std::string line) {
    return line.ends_with(" QUIT :Connection closed\r\n") ? "" : line;
  }
};

// As often as there are channels in common, were there two.
struct QuitTwice {
  static std::string rewritten(std::string line) {
    return behind_source(line).starts_with("QUIT ") ? line + line : line;
  }
};

// Nobody is told why the server ends a connection.
struct NoError {
  static std::string rewritten(std::string line) { return line.starts_with("ERROR ") ? "" : line; }
};

// ":server PONG server :token", of which the token's first word is left.
struct PongOfOneWord {
  static std::string rewritten(std::string line) {
    if (!behind_source(line).starts_with("PONG ")) return line;
    const std::size_t token = line.find(" :", 1);
    const std::size_t blank = token == line.npos ? line.npos : line.find(' ', token + 2);
    return blank == line.npos ? line : line.substr(0, blank) + "\r\n";
  }
};

// ":server PONG server".
struct PongOfServerOnly {
  static std::string rewritten(std::string line) {
    if (!behind_source(line).starts_with("PONG ")) return line;
    return line.substr(0, line.find(" :", 1)) + "\r\n";
  }
};

// The client is not asked before it is closed.
struct NoPing {
  static std::string rewritten(std::string line) { return line.starts_with("PING ") ? "" : line; }
};

// Three tokens more than a 005 of thirteen has room for.
struct SixteenTokens {
  static std::string rewritten(std::string line) {
    if (behind_source(line).starts_with("005 ")) line.insert(line.find(" :", 1), " A B C");
    return line;
  }
};

// ":server PONG :token".
struct PongWithoutServer {
  static std::string rewritten(std::string line) {
    if (!behind_source(line).starts_with("PONG ")) return line;
    const std::size_t server = line.find(" PONG ") + 6;
    return line.erase(server, line.find(' ', server) + 1 - server);
  }
};

// The answers to PINGs that came together are sent last come, first served.
struct PongsLastFirst {
  static std::string rewritten(std::string_view batch) {
    std::string others, pongs;
    for (const std::string& line : lines_of(batch)) {
      if (behind_source(line).starts_with("PONG ")) {
        pongs.insert(0, line);
      } else {
        others += line;
      }
    }
    return others + pongs;
  }
};

// Two long messages of different senders are written in halves, by turns, as by threads without a
// lock.
struct Interleaved {
  static std::string rewritten(std::string_view batch) {
    constexpr std::size_t kOneWriteBytesMax = 100;
    const auto source = [](const std::string& line) { return line.substr(0, line.find(' ')); };
    std::vector<std::string> lines = lines_of(batch);
    for (std::size_t i = 1; i < lines.size(); ++i) {
      std::string& first = lines[i - 1];
      std::string& second = lines[i];
      const bool written_at_once = std::min(first.size(), second.size()) <= kOneWriteBytesMax;
      if (written_at_once || source(first) == source(second)) continue;
      second.insert(kOneWriteBytesMax, first.substr(kOneWriteBytesMax));
      first.resize(kOneWriteBytesMax);
      ++i;
    }
    std::string all;
    for (const std::string& line : lines) all += line;
    return all;
  }
};

// The channels of WHOIS come in one line, however long.
struct ChannelsInOneLine {
  static std::string rewritten(std::string_view batch) {
    std::string all;
    for (const std::string& line : lines_of(batch)) {
      const bool goes_on = continued(all) && behind_source(line).starts_with("319 ");
      if (!goes_on) {
        all += line;
        continue;
      }
      all.replace(all.size() - 2, 2, " " + line.substr(line.find(" :") + 2));
    }
    return all;
  }

 private:
  // Whether the last line is one of channels already.
  static bool continued(std::string_view all) {
    if (all.empty()) return false;
    const std::size_t before = all.rfind('\n', all.size() - 2);
    return behind_source(all.substr(before + 1)).starts_with("319 ");
  }
};

}  // namespace irc::mutants
