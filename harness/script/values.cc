#include "harness/script/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "harness/script/words.h"

namespace conform::script {

namespace {

constexpr auto kDurationUnits = std::to_array<Word<std::uint64_t>>({
    {"min", 60'000},
    {"s", 1'000},
    {"ms", 1},
});

constexpr auto kSizeUnits = std::to_array<Word<std::uint64_t>>({
    {"GiB", 1U << 30},
    {"MiB", 1U << 20},
    {"KiB", 1U << 10},
    {"B", 1},
});

// Digits as a number, or one above every limit where they are too many.
std::uint64_t number_of(std::string_view digits) {
  constexpr std::uint64_t kTooMuch = 1ULL << 31;
  std::uint64_t number = 0;
  for (const char c : digits) {
    number = std::min(number * 10 + static_cast<std::uint64_t>(c - '0'), kTooMuch);
  }
  return number;
}

// In the largest unit that divides it.
template <std::size_t N>
std::string print_with_unit(const std::array<Word<std::uint64_t>, N>& units, std::uint64_t value) {
  const auto divides = [value](const auto& unit) { return value % unit.value == 0; };
  const auto& unit = *std::ranges::find_if(units, divides);
  return fmt::format("{}{}", value / unit.value, unit.text);
}

// Digits with one of `units` behind them, in the smallest unit.
template <std::size_t N>
std::optional<std::uint64_t> read_with_unit(Line& line, std::string_view what,
                                            std::string_view example,
                                            const std::array<Word<std::uint64_t>, N>& units,
                                            std::uint64_t most) {
  const std::size_t begin = line.position();
  const std::string_view digits = line.take_while(is_digit);
  const auto unit = value_of(units, line.take_while(is_letter));
  if (digits.empty() || !unit) {
    line.rewind(begin);
    line.expected(fmt::format("{} such as {}", what, example));
    return std::nullopt;
  }
  const std::uint64_t value = number_of(digits) * *unit;
  if (value == 0 || value > most) {
    line.fail(line.span_from(begin), Fault::out_of_range, what, print_with_unit(units, 1),
              print_with_unit(units, most));
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::optional<std::uint64_t> read_number(Line& line, std::string_view what, std::uint64_t least,
                                         std::uint64_t most) {
  const std::size_t begin = line.position();
  const std::string_view digits = line.take_while(is_digit);
  if (digits.empty()) {
    line.expected(what);
    return std::nullopt;
  }
  const std::uint64_t number = number_of(digits);
  if (number < least || number > most) {
    line.fail(line.span_from(begin), Fault::out_of_range, what, least, most);
    return std::nullopt;
  }
  return number;
}

std::optional<Millis> read_duration(Line& line) {
  const auto limit = static_cast<std::uint64_t>(kDurationMax.count());
  const auto value = read_with_unit(line, "a duration", "10s", kDurationUnits, limit);
  if (!value) return std::nullopt;
  return Millis(*value);
}

std::optional<std::uint64_t> read_size(Line& line, std::uint64_t most) {
  return read_with_unit(line, "a size", "8KiB", kSizeUnits, most);
}

std::string print_duration(Millis duration) {
  return print_with_unit(kDurationUnits, static_cast<std::uint64_t>(duration.count()));
}

std::string print_size(std::uint64_t bytes) {
  return print_with_unit(kSizeUnits, bytes);
}

}  // namespace conform::script
