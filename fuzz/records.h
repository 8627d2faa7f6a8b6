// Records: the byte form of what several clients do, as text that can be read and written by hand.
// It is total: every sequence of bytes is a list of records.
//
// A record ends at a LF. Its first byte says what happens (its five high bits) and whose it is (the
// other three), the rest is its text: "0JOIN #x" is client 0, and kind '0', saying "JOIN #x". An
// empty record is none. What the kinds mean is for each target to say.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fuzz {

struct Record {
  static constexpr std::size_t kClients = 8;

  char kind =
      '0';  // Of its first byte, the low bits 0: '0', '8', '@', 'H', 'P', 'X', '`', 'h', ...
  std::size_t client = 0;
  std::string_view text;

  // A number that the text gives: its first digit, or any byte in its place.
  std::size_t number(std::size_t bound) const {
    return text.empty() ? 0 : static_cast<std::uint8_t>(text.front()) % std::size_t{16} % bound;
  }
};

// Takes the next record off the front of `input`; nothing when there is none.
inline std::optional<Record> take_record(std::string_view& input) {
  input.remove_prefix(std::min(input.find_first_not_of('\n'), input.size()));
  if (input.empty()) return std::nullopt;
  const std::string_view record = input.substr(0, input.find('\n'));
  input.remove_prefix(std::min(record.size() + 1, input.size()));
  const auto first = static_cast<std::uint8_t>(record.front());
  return Record{.kind = static_cast<char>(first & 0xf8U),
                .client = first % Record::kClients,
                .text = record.substr(1)};
}

}  // namespace fuzz
