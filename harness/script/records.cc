#include "harness/script/records.h"

#include <array>
#include <iterator>

#include "harness/script/bytes.h"

namespace conform::script {
namespace {

struct Value {
  std::string_view name;
  std::string_view value;
};

constexpr auto kValues = std::to_array<Value>({
    {"server", "s.x"},
    {"password", "p"},
    {"isupport.CHANLIMIT.#", "20"},
    {"isupport.CHANNELLEN", "50"},
    {"isupport.KEYLEN", "23"},
    {"isupport.KICKLEN", "307"},
    {"isupport.AWAYLEN", "307"},
    {"isupport.MAXLIST.b", "64"},
    {"isupport.MODES", "6"},
    {"isupport.NICKLEN", "30"},
    {"isupport.TOPICLEN", "307"},
    {"isupport.USERLEN", "18"},
});

std::string escape(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    switch (byte) {
      case '\n':
        text += "\\n";
        break;
      case '\r':
        text += "\\r";
        break;
      case '\\':
        text += "\\\\";
        break;
      default:
        text += byte;
    }
  }
  return text;
}

std::string unescape(std::string_view text) {
  constexpr std::string_view kEscapes = "nr\\";
  constexpr std::string_view kBytes = "\n\r\\";
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool may_be = text[i] == '\\' && i + 1 < text.size();
    const std::size_t escape = may_be ? kEscapes.find(text[i + 1]) : std::string_view::npos;
    if (escape == std::string_view::npos) {
      bytes += text[i];
    } else {
      bytes += kBytes[escape];
      ++i;
    }
  }
  return bytes;
}

}  // namespace

bool take_at_once(std::string_view& input) {
  bool found = false;
  for (std::string_view rest = input;;) {
    const std::optional<Record> record = take_record(rest);
    if (!record || record->kind != Record::kAtOnce) return found;
    input = rest;
    found = true;
  }
}

bool says(char kind) {
  constexpr std::string_view kOthers = "@HPX`hpx";
  return kOthers.find(kind) == std::string_view::npos;
}

std::string said(const Record& record) {
  return unescape(record.text) + (record.kind == Record::kPart ? "" : "\r\n");
}

std::string record_saying(std::size_t client, std::string_view bytes) {
  const bool is_line = bytes.ends_with("\r\n");
  if (is_line) bytes.remove_suffix(2);
  return record_of(is_line ? Record::kSay : Record::kPart, client, escape(bytes));
}

std::string record_of(char kind, std::size_t client, std::string_view text) {
  std::string record(1, static_cast<char>(static_cast<std::size_t>(kind) + client));
  return record.append(text) += '\n';
}

std::chrono::milliseconds pause_of(const Record& record) {
  return kPauses[record.number(kPauses.size())];
}

std::string pause_text(std::chrono::milliseconds pause) {
  const auto longer = std::upper_bound(kPauses.begin(), kPauses.end(), pause);
  const auto index = std::max<std::ptrdiff_t>(std::distance(kPauses.begin(), longer), 1) - 1;
  return std::to_string(index);
}

std::string nick_of(std::size_t client) {
  return {static_cast<char>('a' + client)};
}

std::string channel_of(std::size_t number) {
  constexpr std::string_view kLetters = "xyz";
  if (number >= 1 && number <= kLetters.size()) return std::string("#") + kLetters[number - 1];
  return "#x" + std::to_string(number);
}

std::string world_value(std::string_view built_in) {
  const auto known = std::ranges::find(kValues, built_in, &Value::name);
  if (known != kValues.end()) return std::string(known->value);
  if (built_in.starts_with("isupport.")) return "9";
  if (!built_in.starts_with("chan")) return std::string(built_in);  // {t1}, {T1}
  std::size_t number = 0;
  for (const char digit : built_in.substr(4)) {
    if (is_digit(digit)) number = number * 10 + static_cast<std::size_t>(digit - '0');
  }
  return channel_of(built_in == "chan" ? 1 : number);
}

}  // namespace conform::script
