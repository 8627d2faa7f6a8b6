#include "harness/script/evaluate.h"

#include <charconv>
#include <cstddef>
#include <system_error>

#include "harness/script/walk.h"

namespace conform::script {
namespace {

std::optional<std::string> value_of(const NameRef& ref, const Lookup& lookup) {
  if (ref.adjust == 0) return lookup(ref.name);
  const auto adjusted = number_of(ref, lookup);
  return adjusted ? std::optional(std::to_string(*adjusted)) : std::nullopt;
}

// How often a unit is to be repeated, if that makes a line that is imaginable.
std::optional<std::size_t> repeats(const NameRef& ref, const Lookup& lookup) {
  constexpr std::int64_t kRepeatsMax = 1 << 20;
  const auto count = number_of(ref, lookup);
  if (!count || *count < 0 || *count > kRepeatsMax) return std::nullopt;
  return static_cast<std::size_t>(*count);
}

void append_repeated(std::string& bytes, const std::string& unit, std::size_t count) {
  bytes.reserve(bytes.size() + unit.size() * count);
  for (std::size_t i = 0; i < count; ++i) bytes += unit;
}

// Where the line that is being written began: behind the last LF of the bytes before.
std::size_t line_bytes(std::string_view before, std::string_view bytes) {
  const std::size_t newline = bytes.rfind('\n');
  if (newline != std::string_view::npos) return bytes.size() - newline - 1;
  const std::size_t earlier = before.rfind('\n');
  const std::size_t held =
      earlier == std::string_view::npos ? before.size() : before.size() - earlier - 1;
  return held + bytes.size();
}

void append_fill(std::string& bytes, const Fill& fill, std::string_view before) {
  constexpr std::size_t kTerminatorBytes = 2;
  const std::size_t there = line_bytes(before, bytes) + kTerminatorBytes;
  for (std::size_t size = there, i = 0; size < fill.line_bytes; ++size, ++i) {
    bytes += fill.unit[i % fill.unit.size()];
  }
}

}  // namespace

std::optional<std::int64_t> number_of(const NameRef& ref, const Lookup& lookup) {
  const std::optional<std::string> text = lookup(ref.name);
  if (!text) return std::nullopt;
  std::int32_t value = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return std::int64_t{value} + ref.adjust;
}

Evaluated evaluate(const Text& text, const Lookup& lookup, std::string_view line_so_far) {
  Evaluated result;
  for (const TextPart& part : text) {
    std::visit(Overloaded{
                   [&](const std::string& literal) { result.bytes += literal; },
                   [&](const NameRef& ref) {
                     const auto value = value_of(ref, lookup);
                     result.bytes += value.value_or("");
                     if (!value && result.missing.empty()) result.missing = ref.name;
                   },
                   [&](const Fill& fill) { append_fill(result.bytes, fill, line_so_far); },
                   [&](const Repeated& repeated) {
                     append_repeated(result.bytes, repeated.unit, repeated.count);
                   },
                   [&](const RepeatedBy& repeated) {
                     const auto count = repeats(repeated.count, lookup);
                     if (count) append_repeated(result.bytes, repeated.unit, *count);
                     if (!count && result.missing.empty()) result.missing = repeated.count.name;
                   },
               },
               part);
  }
  return result;
}

}  // namespace conform::script
