#include "fuzz/differential/adapter.h"

namespace fuzz {

std::string in_capitals(std::string_view text) {
  std::string capitals(text);
  for (char& byte : capitals) {
    if ('a' <= byte && byte <= 'z') byte = static_cast<char>(byte - ('a' - 'A'));
  }
  return capitals;
}

bool MessageSeen::operator==(const MessageSeen& other) const {
  if (refused || other.refused) return refused == other.refused;
  return tags == other.tags && source == other.source && command == other.command &&
         params == other.params;
}

std::string text_of(const MessageSeen& message) {
  if (message.refused) return "refused";
  std::string text;
  for (const auto& [key, value] : message.tags) {
    text += "tag [" + escaped(key) + "]=[" + escaped(value) + "] ";
  }
  if (!message.source.empty()) text += "source [" + escaped(message.source) + "] ";
  text += "command [" + escaped(message.command) + "]";
  for (const std::string& param : message.params) text += " [" + escaped(param) + "]";
  return text;
}

// Of a tag without key, which none is by the grammar, nobody says anything.
void MessageBuilder::tag(std::string_view key, std::string_view value) {
  if (key.empty()) return;
  const bool keeps_first = readings_.has(Reading::first_tag_wins);
  if (keeps_first && message_.tags.contains(std::string(key))) return;
  message_.tags[std::string(key)] = value;
}

void MessageBuilder::source(std::string_view source) {
  ++sources_;
  message_.source = source;
}

void MessageBuilder::command(std::string_view command) {
  ++commands_;
  message_.command = in_capitals(command);
}

void MessageBuilder::param(std::string_view param) {
  message_.params.emplace_back(param);
}

void MessageBuilder::differs(std::string_view why) {
  message_.differs = why;
}

MessageSeen MessageBuilder::message(bool accepted) {
  if (accepted && !message_.differs && (commands_ != 1 || sources_ > 1)) {
    throw AdapterFault(oracles::kAdapterAnswers, "a message with " + std::to_string(commands_) +
                                                     " commands and " + std::to_string(sources_) +
                                                     " sources");
  }
  message_.refused = !accepted;
  return message_;
}

void add_reading(Readings& readings, std::string_view id, std::string_view adapter) {
  const ReadingRow* const row = find_reading(id);
  if (row == nullptr) {
    throw NoAdapter("adapter '" + std::string(adapter) + "' declares the reading '" +
                    std::string(id) + "', and there is none of that name in fuzz/readings.h");
  }
  readings.add(row->reading);
}

}  // namespace fuzz
