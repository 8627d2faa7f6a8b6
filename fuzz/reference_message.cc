#include "fuzz/reference_message.h"

#include <cctype>
#include <cstddef>
#include <utility>

namespace fuzz {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (const char byte : text) {
    if (byte == separator) {
      parts.emplace_back();
    } else {
      parts.back() += byte;
    }
  }
  return parts;
}

// Of a line that is read from its front.
class Reader {
 public:
  Reader(std::string_view line, const Readings& readings) : line_(line), readings_(readings) {}

  bool at_end() const { return at_ == line_.size(); }
  bool at(char byte) const { return !at_end() && line_[at_] == byte; }
  bool at_space() const { return at(' ') || (at('\t') && readings_.has(Reading::tab_separates)); }
  void skip_spaces() {
    while (at_space()) {
      ++at_;
      if (readings_.has(Reading::one_space_separates)) return;
    }
  }
  std::string word() {
    std::string word;
    while (!at_end() && !at_space()) word += line_[at_++];
    skip_spaces();
    return word;
  }
  std::string rest() {
    std::string rest;
    while (!at_end()) rest += line_[at_++];
    return rest;
  }

 private:
  std::string line_;
  const Readings& readings_;
  std::size_t at_ = 0;
};

bool is_command(const std::string& word) {
  std::size_t letters = 0;
  std::size_t digits = 0;
  for (const char byte : word) {
    const auto value = static_cast<unsigned char>(byte);
    if (value < 0x80 && std::isalpha(value) != 0) ++letters;
    if (value < 0x80 && std::isdigit(value) != 0) ++digits;
  }
  return (letters == word.size() && letters > 0) || (digits == word.size() && digits == 3);
}

void append_params(MessageParts& parts, Reader& reader, const Readings& readings) {
  for (int count = 1; !reader.at_end(); ++count) {
    if (reader.at(':')) {
      parts.push_back(reader.rest().substr(1));
    } else if (count < 15 || readings.has(Reading::no_parameter_limit)) {
      parts.push_back(reader.word());
    } else if (readings.has(Reading::sixteenth_dropped)) {
      parts.push_back(reader.word());
      break;
    } else {
      parts.push_back(reader.rest());
    }
  }
}

std::string unescaped(const std::string& value) {
  std::string out;
  bool escape = false;
  for (const char byte : value) {
    if (!escape && byte == '\\') {
      escape = true;
      continue;
    }
    const std::string_view codes = ":srn\\";
    const std::string_view meant = "; \r\n\\";
    const std::size_t code = codes.find(byte);
    out += escape && code != std::string_view::npos ? meant[code] : byte;
    escape = false;
  }
  return out;
}

// Key and, behind the first '=', value.
std::pair<std::string, std::string> key_and_value(const std::string& tag) {
  const std::size_t equals = tag.find('=');
  if (equals == std::string::npos) return {tag, ""};
  return {tag.substr(0, equals), tag.substr(equals + 1)};
}

}  // namespace

MessageParts reference_parts(std::string_view line, const Readings& readings) {
  using enum Reading;
  if (readings.has(nul_ends_line)) line = line.substr(0, line.find('\0'));
  if (readings.has(final_spaces_dropped)) line = line.substr(0, line.find_last_not_of(' ') + 1);
  for (const char byte : line) {
    if (byte == '\r' || byte == '\n') return {"forbidden_byte"};
    if (byte == '\0' && !readings.has(nul_is_data)) return {"forbidden_byte"};
  }
  Reader reader(line, readings);
  if (reader.at_space() && readings.has(leading_spaces_refused)) return {"bad_command"};
  if (!readings.has(one_space_separates)) reader.skip_spaces();
  if (reader.at_end()) return {"empty"};
  std::string tags;
  if (reader.at('@') && !readings.has(no_tags)) tags = reader.word().substr(1);
  if (readings.has(tags_ignored)) tags.clear();
  std::string source;
  if (reader.at(':') && !readings.has(no_source)) {
    source = reader.word().substr(1);
    if (source.empty() && readings.has(empty_source_refused)) return {"bad_command"};
  }
  if (reader.at_end()) return {"no_command"};
  const std::string command = reader.word();
  if (!is_command(command) && !readings.has(any_command)) return {"bad_command"};
  MessageParts parts{"ok", tags, source, command};
  append_params(parts, reader, readings);
  return parts;
}

std::vector<std::string> reference_source(std::string_view source) {
  std::vector<std::string> parts(3);
  std::size_t part = 0;
  for (const char byte : source) {
    if (byte == '!' && part == 0) {
      part = 1;
    } else if (byte == '@' && part < 2) {
      part = 2;
    } else {
      parts[part] += byte;
    }
  }
  return parts;
}

Tags reference_tags(std::string_view tags, const Readings& readings) {
  Tags values;
  for (const std::string& tag : split(tags, ';')) {
    const auto [key, value] = key_and_value(tag);
    if (key.empty()) continue;
    if (readings.has(Reading::first_tag_wins) && values.contains(key)) continue;
    values[key] = readings.has(Reading::tags_not_unescaped) ? value : unescaped(value);
  }
  return values;
}

std::string escaped_tag(std::string_view value) {
  std::string out;
  for (const char byte : value) {
    const std::string_view meant = "; \r\n\\";
    const std::size_t code = meant.find(byte);
    if (code == std::string_view::npos) {
      out += byte;
    } else {
      out.append("\\").append(1, ":srn\\"[code]);
    }
  }
  return out;
}

}  // namespace fuzz
