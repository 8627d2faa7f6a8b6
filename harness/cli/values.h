// The values that options take: text to value, with a sentence that helps where it is none.
// Total functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cli/options.h"

namespace conform {

template <class T>
struct Value {
  std::optional<T> value;
  std::string problem;  // Where there is no value: lower case, without full stop.
};

// HOST, HOST:PORT, [IPv6] or [IPv6]:PORT.
Value<HostPort> parse_host_port(std::string_view text);

// "{port}" and the other placeholders of --spawn (target/spawned.h).
std::vector<std::string> placeholder_texts();

// A command line with {port} in it. What stands in braces and is nearly a placeholder is taken for
// a slip; other braces are the command's own.
Value<std::string> parse_spawn(std::string_view text);

// NAME:PASSWORD; the password may hold colons.
Value<Credentials> parse_credentials(std::string_view text);

// A signal by name, with or without SIG, or by number.
Value<int> parse_signal(std::string_view text);

// I/N with 1 <= I <= N.
Value<Shard> parse_shard(std::string_view text);

Value<script::Level> parse_level(std::string_view text);

// One of as-written, whole, lines, bytes, each-cut, glued, random(N), cut(N), drawn(N), all;
// several joined by commas.
Value<Cuts> parse_cuts(std::string_view text);

Value<ColorMode> parse_color(std::string_view text);
Value<ListFormat> parse_list_format(std::string_view text);

// Decimal, at least 1.
Value<std::uint32_t> parse_count(std::string_view text);
Value<int> parse_pid(std::string_view text);

// Decimal, any 64 bits.
Value<std::uint64_t> parse_seed(std::string_view text);

// Decimal, greater than 0, finite.
Value<double> parse_scale(std::string_view text);

}  // namespace conform
