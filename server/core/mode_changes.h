// ModeChanges: the changes that one MODE has made, as they are told to the channel.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace irc {

class ModeChanges {
 public:
  // The parameter is empty where the mode has none.
  void add(bool on, char letter, std::string_view parameter = {});

  // ":source MODE #channel +ov-k nick nick key", as many lines as the limit on lines asks for.
  std::vector<std::string> lines(std::string_view source, std::string_view channel) const;

 private:
  struct Change {
    bool on;
    char letter;
    std::string parameter;
  };
  std::vector<Change> changes_;
};

}  // namespace irc
