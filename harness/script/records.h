// Records: the byte form of what several clients do, as text that can be read and written by hand.
// It is total: every sequence of bytes is a list of records. encode.h makes them of a case,
// decode.h a case of them; fuzz targets play them.
//
// A record ends at a LF. Its first byte says what happens (its five high bits) and whose it is (the
// other three), the rest is its text: "0JOIN #x" is client 0, and kind '0', saying "JOIN #x". An
// empty record is none. By kind:
//
//     0JOIN #x    client 0 says "JOIN #x" and CR LF; so with any kind that is not below
//     8JOIN       it says "JOIN", and the rest may follow
//     @           it sends FIN
//     H           it closes
//     P           it resets
//     X           it stops to read, or goes on
//     `5          a while passes
//     h5          it takes 2 to the power of so many bytes unread
//     p5          so many descriptors are to be had
//     x           what stands before and behind it is one readiness event of the server
//
// A client that is not there comes when it says something, be it nothing ("8"). In what is said,
// "\n" is LF, "\r" CR and "\\" a backslash; any other byte is itself, and so is a backslash before
// anything else. A target may read a kind otherwise, and says so.
//
// The world of records: when they begin, clients 0, 1 and 2 are registered as a, b and c, have the
// channel #x in common, which they joined in that order, and the others are not there.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace conform::script {

struct Record {
  static constexpr std::size_t kClients = 8;
  static constexpr std::size_t kRegistered = 3;  // The first of them, when the records begin.

  static constexpr char kSay = '0';
  static constexpr char kPart = '8';
  static constexpr char kFin = '@';
  static constexpr char kClose = 'H';
  static constexpr char kReset = 'P';
  static constexpr char kReads = 'X';
  static constexpr char kPass = '`';
  static constexpr char kRoom = 'h';
  static constexpr char kDescriptors = 'p';
  static constexpr char kAtOnce = 'x';

  char kind = kSay;  // Of its first byte, the low bits 0.
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

// Takes the `x` off the front of `input` that join what is behind to what was before; false if
// there is none.
bool take_at_once(std::string_view& input);

// Whether a record of this kind says something.
bool says(char kind);

// The bytes that go out, for a record that says something.
std::string said(const Record& record);

// The record that makes a client say these bytes, with its LF; so that said() gives them again.
std::string record_saying(std::size_t client, std::string_view bytes);

// Any other record, with its LF. Requires: the text holds no LF.
std::string record_of(char kind, std::size_t client, std::string_view text = {});

// How long passes with a record of kPass, by its digit.
inline constexpr auto kPauses = std::to_array<std::chrono::milliseconds>(
    {std::chrono::milliseconds(1), std::chrono::milliseconds(999), std::chrono::seconds(2),
     std::chrono::seconds(5), std::chrono::seconds(19), std::chrono::seconds(20),
     std::chrono::seconds(21), std::chrono::seconds(40), std::chrono::minutes(10),
     std::chrono::hours(24 * 365)});
std::chrono::milliseconds pause_of(const Record& record);

// The digit of the record with which about so much time passes.
std::string pause_text(std::chrono::milliseconds pause);

// ---- The names of that world: what stands for {a}, {chan}, {isupport.NICKLEN} …

std::string nick_of(std::size_t client);

// "#x" for {chan}, "#y" for {chan2}, "#z" for {chan3}, and so on.
std::string channel_of(std::size_t number);

// What a built-in name (words.h) stands for; every token of ISUPPORT for some small number, those
// of its limits for the reference server's.
std::string world_value(std::string_view built_in);

}  // namespace conform::script
