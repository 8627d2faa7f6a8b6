#include "harness/run/bindings.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "harness/script/walk.h"

namespace conform {
namespace {

constexpr std::size_t kRunLetters = 3;
constexpr std::size_t kCountLetters = 5;

std::string letters(std::uint64_t number, std::size_t count) {
  std::string text(count, 'a');
  for (std::size_t i = count; i-- > 0; number /= 26) {
    text[i] = static_cast<char>('a' + number % 26);
  }
  return text;
}

std::optional<std::string> value_of(const script::NameRef& ref, const Bindings& bindings) {
  if (ref.adjust != 0) {
    const auto adjusted = number_of(ref, bindings);
    return adjusted ? std::optional(std::to_string(*adjusted)) : std::nullopt;
  }
  const std::string* value = bindings.find(ref.name);
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

// How often a unit is to be repeated, if that makes a line that is imaginable.
std::optional<std::size_t> repeats(const script::NameRef& ref, const Bindings& bindings) {
  constexpr std::int64_t kRepeatsMax = 1 << 20;
  const auto count = number_of(ref, bindings);
  if (!count || *count < 0 || *count > kRepeatsMax) return std::nullopt;
  return static_cast<std::size_t>(*count);
}

void append_repeated(std::string& bytes, const std::string& unit, std::size_t count) {
  bytes.reserve(bytes.size() + unit.size() * count);
  for (std::size_t i = 0; i < count; ++i) bytes += unit;
}

void put_back(std::string& text, const std::string& value, const std::string& name) {
  const std::string braced = "{" + name + "}";
  for (std::size_t at = 0; (at = text.find(value, at)) != std::string::npos;) {
    text.replace(at, value.size(), braced);
    at += braced.size();
  }
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

void append_fill(std::string& bytes, const script::Fill& fill, std::string_view before) {
  constexpr std::size_t kTerminatorBytes = 2;
  const std::size_t there = line_bytes(before, bytes) + kTerminatorBytes;
  for (std::size_t size = there, i = 0; size < fill.line_bytes; ++size, ++i) {
    bytes += fill.unit[i % fill.unit.size()];
  }
}

}  // namespace

FreshNames::FreshNames(std::uint64_t seed) : run_letters_(letters(seed, kRunLetters)) {}

bool FreshNames::is_fresh(std::string_view name) {
  if (name.size() == kRunLetters + kCountLetters + 2) name.remove_prefix(1);  // A chantype.
  // A token may stand in capitals, {T1}.
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return name.size() == kRunLetters + kCountLetters + 1 &&
         (std::ranges::all_of(name, is_small) || std::ranges::all_of(name, is_capital));
}

bool FreshNames::made(std::string_view name) const {
  return name.size() == kRunLetters + kCountLetters + 1 && is_fresh(name) &&
         name.ends_with(run_letters_);
}

std::string FreshNames::next(char first) {
  // What changes comes first: a target that cuts names short still gets different ones.
  std::string count = letters(count_++, kCountLetters);
  std::ranges::reverse(count);
  return first + count + run_letters_;
}

std::string FreshNames::nick() {
  return next('n');
}

std::string FreshNames::token() {
  return next('t');
}

std::string FreshNames::channel(char chantype) {
  return chantype + next('c');
}

void Bindings::bind(const std::string& name, std::string value, Kind kind) {
  Value& bound = values_[name];
  if (bound.text != value && FreshNames::is_fresh(bound.text)) former_[bound.text] = name;
  bound = {.text = std::move(value), .kind = kind};
}

const std::string* Bindings::find(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second.text;
}

bool Bindings::is_name(std::string_view name) const {
  const auto found = values_.find(name);
  return found != values_.end() && found->second.kind == Kind::name;
}

std::string Bindings::unbound(std::string text) const {
  for (const auto& [name, value] : values_) {
    if (FreshNames::is_fresh(value.text)) put_back(text, value.text, name);
  }
  for (const auto& [value, name] : former_) put_back(text, value, name);
  return text;
}

std::optional<std::int64_t> number_of(const script::NameRef& ref, const Bindings& bindings) {
  const std::string* text = bindings.find(ref.name);
  if (text == nullptr) return std::nullopt;
  std::int32_t value = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return std::int64_t{value} + ref.adjust;
}

Evaluated evaluate(const script::Text& text, const Bindings& bindings,
                   std::string_view line_so_far) {
  Evaluated result;
  for (const script::TextPart& part : text) {
    std::visit(script::Overloaded{
                   [&](const std::string& literal) { result.bytes += literal; },
                   [&](const script::NameRef& ref) {
                     const auto value = value_of(ref, bindings);
                     result.bytes += value.value_or("");
                     if (!value && result.missing.empty()) result.missing = ref.name;
                   },
                   [&](const script::Fill& fill) { append_fill(result.bytes, fill, line_so_far); },
                   [&](const script::Repeated& repeated) {
                     append_repeated(result.bytes, repeated.unit, repeated.count);
                   },
                   [&](const script::RepeatedBy& repeated) {
                     const auto count = repeats(repeated.count, bindings);
                     if (count) append_repeated(result.bytes, repeated.unit, *count);
                     if (!count && result.missing.empty()) result.missing = repeated.count.name;
                   },
               },
               part);
  }
  return result;
}

}  // namespace conform
