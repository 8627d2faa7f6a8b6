// Parsers that misread a line: cores that hand the project's own what they make of it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "server/core/server.h"

namespace irc::mutants {

// Rule::read(line) is executed, unless it is empty.
template <class Rule>
class Reads : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    const std::string line = Rule::read(std::string(frame.line));
    if (frame.overlong || !line.empty()) {
      Server::on_frame(id, Frame{.line = line, .overlong = frame.overlong}, now);
    }
  }
};

// The first word.
inline std::string_view command_of(std::string_view line) {
  return line.substr(0, line.find(' '));
}

// Commands are known in capitals only.
struct CommandsHaveCase {
  static std::string read(std::string line) {
    const auto is_small = [](char byte) { return 'a' <= byte && byte <= 'z'; };
    const bool other =
        line.find_first_of(":@") != 0 && std::ranges::any_of(command_of(line), is_small);
    return other ? "X" + line : line;
  }
};

// A line is split at its blanks, and its text put together again with one between two words.
struct BlanksCollapse {
  static std::string read(std::string line) {
    const auto both_blank = [](char a, char b) { return a == ' ' && b == ' '; };
    line.erase(std::unique(line.begin(), line.end(), both_blank), line.end());
    if (line.ends_with(' ')) line.pop_back();
    return line;
  }
};

// Blanks at the end of a line are a parameter, an empty one.
struct BlankIsParameter {
  static std::string read(std::string line) {
    return line.ends_with(' ') && line.find(" :") == line.npos ? line + ":" : line;
  }
};

// All colons before a text are taken away.
struct StripsAllColons {
  static std::string read(std::string line) {
    std::size_t colon = line.find(" :");
    if (colon == line.npos) return line;
    const std::size_t text = line.find_first_not_of(':', ++colon);
    return line.replace(colon, std::min(text, line.size()) - colon, ":");
  }
};

// What stands behind a colon is the text of a message, and no parameter.
struct TrailingIsText {
  static std::string read(std::string line) {
    const std::string_view command = command_of(line);
    const bool has_no_text = command == "JOIN" || command == "MODE" || command == "NICK";
    return has_no_text ? line.substr(0, line.find(" :")) : line;
  }
};

// The text begins behind the first colon, wherever that stands.
struct AnyColonBeginsText {
  static std::string read(std::string line) {
    const std::size_t colon = line.find(':', 1);
    const bool inside = colon != line.npos && line[colon - 1] != ' ';
    return inside ? line.insert(colon, " ") : line;
  }
};

struct DropsEmptyText {
  static std::string read(std::string line) {
    return line.ends_with(" :") ? line.substr(0, line.size() - 2) : line;
  }
};

struct TabIsBlank {
  static std::string read(std::string line) {
    std::ranges::replace(line, '\t', ' ');
    return line;
  }
};

// The first word of a line is the command, whatever it begins with.
struct SourceIsCommand {
  static std::string read(std::string line) {
    const bool has_command = line.starts_with(':') && line.find_first_not_of(": ") != line.npos;
    return has_command ? "X" + line : line;
  }
};

// JOIN has a channel and a key, and what has more is refused.
struct RefusesExtraParameter {
  static std::string read(std::string line) {
    const bool extra = line.starts_with("JOIN ") && std::ranges::count(line, ' ') > 2;
    return extra ? "JOIN" : line;
  }
};

// A list ends at its first empty item, as strtok's caller may have it.
struct ListEndsAtEmptyItem {
  static std::string read(std::string line) {
    const std::size_t empty = line.find(",,");
    if (empty == line.npos) return line;
    return line.erase(empty, std::min(line.find(' ', empty), line.size()) - empty);
  }
};

// A line that has no command, or one that is not made of letters, ends the connection.
struct MalformedIsQuit {
  static std::string read(std::string line) {
    std::string_view rest = line;
    if (rest.starts_with(':')) rest.remove_prefix(std::min(rest.find(' '), rest.size()));
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const auto may_stand = [](char byte) {
      return ('A' <= byte && byte <= 'Z') || ('a' <= byte && byte <= 'z') || byte == '@';
    };
    const bool sound = !rest.empty() && may_stand(rest.front());
    return sound ? line : "QUIT :malformed";
  }
};

// What a client says in the name of the server is passed on.
struct PassesNumericsOn {
  static std::string read(std::string line) {
    const std::size_t command = line.starts_with(':') ? line.find(' ') + 1 : 0;
    const bool numeric = line.find_first_not_of("0123456789", command) == command + 3;
    return numeric ? line.replace(command, 3, "NOTICE") : line;
  }
};

// ERROR and NJOIN are taken from anybody.
struct TakesServersCommands {
  static std::string read(std::string line) {
    if (line.starts_with("ERROR ")) return line.replace(0, 5, "QUIT");
    if (line.starts_with("NJOIN ")) return line.erase(0, 1);
    return line;
  }
};

// A source is believed: who has that nickname has said it.
class BelievesSources : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    const std::string_view line = frame.line;
    if (line.starts_with("NICK ")) ids_[std::string(line.substr(5))] = id;
    if (!line.starts_with(':')) return Server::on_frame(id, frame, now);
    const auto named = ids_.find(std::string(line.substr(1, line.find_first_of(" !") - 1)));
    Server::on_frame(named == ids_.end() ? id : named->second, frame, now);
  }
  void disconnected(ConnId id, std::string_view reason) {
    std::erase_if(ids_, [id](const auto& entry) { return entry.second == id; });
    Server::disconnected(id, reason);
  }

 private:
  std::map<std::string, ConnId> ids_;
};

// A channel that stands twice in a list is left and joined again.
class JoinsAgain : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    Server::on_frame(id, frame, now);
    if (!frame.line.starts_with("JOIN ")) return;
    const std::string_view list = frame.line.substr(5);
    const std::size_t comma = list.find(',');
    if (comma == list.npos || list.substr(0, comma) != list.substr(comma + 1)) return;
    for (const std::string_view command : {"PART ", "JOIN "}) {
      const std::string again = std::string(command).append(list.substr(0, comma));
      Server::on_frame(id, Frame{.line = again, .overlong = false}, now);
    }
  }
};

}  // namespace irc::mutants
