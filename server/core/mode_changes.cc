#include "server/core/mode_changes.h"

#include "server/core/reply.h"

namespace irc {

void ModeChanges::add(bool on, char letter, std::string_view parameter) {
  changes_.push_back({.on = on, .letter = letter, .parameter = std::string(parameter)});
}

std::vector<std::string> ModeChanges::lines(std::string_view source,
                                            std::string_view channel) const {
  const std::size_t fixed_bytes = line(source, "MODE", {channel}).size() + 1;
  std::vector<std::string> lines;
  std::string letters;
  std::string parameters;
  char sign = ' ';
  const auto finish = [&] {
    if (letters.empty()) return;
    lines.push_back(line(source, "MODE " + std::string(channel) + ' ' + letters + parameters, {}));
  };
  for (const Change& change : changes_) {
    constexpr std::size_t kSignLetterSpaceBytes = 3;
    const std::size_t more = kSignLetterSpaceBytes + change.parameter.size();
    if (fixed_bytes + letters.size() + parameters.size() + more > kLineBytesMax) {
      finish();
      letters.clear();
      parameters.clear();
      sign = ' ';
    }
    if (const char own = change.on ? '+' : '-'; own != sign) letters += sign = own;
    letters += change.letter;
    if (!change.parameter.empty()) parameters.append(" ").append(change.parameter);
  }
  finish();
  return lines;
}

}  // namespace irc
