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
  explicit Reader(std::string_view line) : line_(line) { skip_spaces(); }

  bool at_end() const { return at_ == line_.size(); }
  bool at(char byte) const { return !at_end() && line_[at_] == byte; }
  std::string word() {
    std::string word;
    while (!at_end() && line_[at_] != ' ') word += line_[at_++];
    skip_spaces();
    return word;
  }
  std::string rest() {
    std::string rest;
    while (!at_end()) rest += line_[at_++];
    return rest;
  }

 private:
  void skip_spaces() {
    while (at(' ')) ++at_;
  }

  std::string line_;
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

MessageParts reference_parts(std::string_view line) {
  for (const char byte : line) {
    if (byte == '\0' || byte == '\r' || byte == '\n') return {"forbidden_byte"};
  }
  Reader reader(line);
  if (reader.at_end()) return {"empty"};
  const std::string tags = reader.at('@') ? reader.word().substr(1) : "";
  const std::string source = reader.at(':') ? reader.word().substr(1) : "";
  if (reader.at_end()) return {"no_command"};
  const std::string command = reader.word();
  if (!is_command(command)) return {"bad_command"};
  MessageParts parts{"ok", tags, source, command};
  for (int count = 1; !reader.at_end(); ++count) {
    if (reader.at(':')) {
      parts.push_back(reader.rest().substr(1));
    } else {
      parts.push_back(count == 15 ? reader.rest() : reader.word());
    }
  }
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

Tags reference_tags(std::string_view tags) {
  Tags values;
  for (const std::string& tag : split(tags, ';')) {
    const auto [key, value] = key_and_value(tag);
    if (!key.empty()) values[key] = unescaped(value);
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
