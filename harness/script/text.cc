#include "harness/script/text.h"

#include <algorithm>
#include <utility>

#include "harness/script/values.h"
#include "harness/script/words.h"

namespace conform::script {

namespace {

constexpr std::string_view kEscapes = "rnt0\\\"{}";
constexpr std::string_view kEscaped("\r\n\t\0\\\"{}", 8);

bool read_name_into(Line& line, Text& text) {
  auto ref = read_name_ref(line);
  if (ref) append(text, std::move(*ref));
  return ref.has_value();
}

// What follows a backslash in a quoted part.
bool read_escape(Line& line, std::string& literal) {
  const std::size_t begin = line.position();
  line.take();
  if (line.at_end()) return line.fail(line.span_from(begin), Fault::quote_open);
  if (line.take("x")) {
    const int high = hex_value(line.peek());
    if (high >= 0) line.take();
    const int low = high < 0 ? -1 : hex_value(line.peek());
    if (low < 0) return line.fail(line.span_from(begin), Fault::short_hex_escape);
    line.take();
    literal += static_cast<char>(high * 16 + low);
    return true;
  }
  const Glyph glyph = next_glyph(line.rest(), 0);
  const std::size_t index = kEscapes.find(line.take());
  if (index == std::string_view::npos) {
    return line.fail(line.span_from(begin), Fault::unknown_escape, glyph.text);
  }
  literal += kEscaped[index];
  return true;
}

// "…" with escapes and names. Requires: '"' is next.
bool read_quoted(Line& line, Text& text) {
  const Span opening = line.here();
  line.take("\"");
  std::string literal;
  while (!line.take("\"")) {
    if (line.at_end()) return line.fail(opening, Fault::quote_open);
    if (line.peek() == '{') {
      append(text, std::exchange(literal, {}));
      if (!read_name_into(line, text)) return false;
    } else if (line.peek() == '}') {
      return line.fail(line.here(), Fault::brace_stray);
    } else if (line.peek() == '\\') {
      if (!read_escape(line, literal)) return false;
    } else {
      literal += line.take();
    }
  }
  append(text, std::move(literal));
  return true;
}

// The inside of hex"…".
bool read_hex(Line& line, Text& text) {
  const Span opening = line.here();
  line.take("hex\"");
  std::string bytes;
  for (line.skip_blanks(); !line.take("\""); line.skip_blanks()) {
    if (line.at_end()) return line.fail(opening, Fault::quote_open);
    const Span digits = line.here(2);
    const int high = hex_value(line.take());
    const int low = line.at_end() ? -1 : hex_value(line.peek());
    if (high < 0 || low < 0) return line.fail(digits, Fault::bad_hex);
    line.take();
    bytes += static_cast<char>(high * 16 + low);
  }
  append(text, std::move(bytes));
  return true;
}

// fill(513, "x")
bool read_fill(Line& line, Text& text) {
  line.take("fill(");
  line.skip_blanks();
  const auto bytes = read_number(line, "the bytes of the line", 1, kStepBytesMax);
  if (!bytes) return false;
  line.skip_blanks();
  if (!line.take(",")) return line.expected("','");
  line.skip_blanks();
  auto unit = read_plain(line);
  if (!unit) return false;
  if (unit->empty()) return line.expected("bytes to fill with");
  line.skip_blanks();
  if (!line.take(")")) return line.expected("')'");
  append(text, Fill{static_cast<std::uint32_t>(*bytes), std::move(*unit)});
  return true;
}

std::string as_literal(const TextPart& part) {
  const auto* literal = std::get_if<std::string>(&part);
  return literal == nullptr ? "" : *literal;
}

// What follows the '*' of "…"*400 and of "…"*{isupport.NICKLEN+1}.
std::optional<TextPart> read_repeats(Line& line, std::string unit) {
  if (line.peek() == '{') {
    auto ref = read_name_ref(line);
    if (!ref) return std::nullopt;
    return RepeatedBy{std::move(unit), std::move(*ref)};
  }
  const auto count = read_number(line, "the number of repeats", 1, kStepBytesMax);
  if (!count) return std::nullopt;
  if (*count == 1) return unit;
  return Repeated{std::move(unit), static_cast<std::uint32_t>(*count)};
}

// "…", "…"*400 or "…"*{name}
bool read_repeatable(Line& line, Text& text) {
  const std::size_t begin = line.position();
  Text unit;
  if (!read_quoted(line, unit)) return false;
  if (!line.take("*")) {
    for (TextPart& part : unit) append(text, std::move(part));
    return true;
  }
  auto repeats = read_repeats(line, unit.empty() ? "" : as_literal(unit.front()));
  if (!repeats) return false;
  if (unit.empty()) return true;
  if (unit.size() != 1 || !std::holds_alternative<std::string>(unit.front())) {
    return line.fail(line.span_from(begin), Fault::plain_only);
  }
  append(text, std::move(*repeats));
  return true;
}

bool is_fill(const TextPart& part) {
  return std::holds_alternative<Fill>(part);
}

// A byte of bare text or of a word, other than a name.
bool read_bare_byte(Line& line, std::string& literal) {
  constexpr std::string_view kQuotedOnly = "\\}\t";  // A tab would look like blanks.
  const char c = line.peek();
  if (kQuotedOnly.find(c) != std::string_view::npos) {
    return line.fail(line.here(), Fault::must_quote, c == '\t' ? "\\t" : std::string(1, c));
  }
  literal += line.take();
  return true;
}

template <class Predicate>
std::optional<Text> read_unquoted(Line& line, Predicate ends) {
  Text text;
  std::string literal;
  if (line.peek() == '"') {
    line.fail(line.here(), Fault::must_quote, '"');
    return std::nullopt;
  }
  while (!line.at_end() && !ends(line.peek())) {
    if (line.peek() == '{') {
      append(text, std::exchange(literal, {}));
      if (!read_name_into(line, text)) return std::nullopt;
    } else if (!read_bare_byte(line, literal)) {
      return std::nullopt;
    }
  }
  append(text, std::move(literal));
  return text;
}

}  // namespace

std::optional<NameRef> read_name_ref(Line& line) {
  const std::size_t begin = line.position();
  line.take("{");
  NameRef ref;
  ref.name = line.take_while([](char c) { return is_name_byte(c) || is_isupport_byte(c); });
  if (ref.name.empty()) {
    line.expected("a name in braces");
    return std::nullopt;
  }
  if (line.peek() == '=') {
    line.fail(line.span_from(begin), Fault::capture_misplaced);
    return std::nullopt;
  }
  if (line.peek() == '+' || line.peek() == '-') {
    const bool minus = line.take() == '-';
    const auto number = read_number(line, "a number", 1, 1'000'000);
    if (!number) return std::nullopt;
    ref.adjust = minus ? -static_cast<int>(*number) : static_cast<int>(*number);
  }
  if (!line.take("}")) {
    line.fail(line.span_from(begin), Fault::brace_open);
    return std::nullopt;
  }
  ref.span = line.span_from(begin);
  return ref;
}

bool at_part(const Line& line) {
  return line.peek() == '"' || line.starts_with("hex\"") || line.starts_with("fill(");
}

bool read_part(Line& line, Text& text) {
  if (line.starts_with("hex\"")) return read_hex(line, text);
  if (line.starts_with("fill(")) return read_fill(line, text);
  return read_repeatable(line, text);
}

std::optional<Text> read_parts(Line& line, Gap gap) {
  const std::size_t begin = line.position();
  Text text;
  if (!at_part(line)) {
    line.expected("a quoted part");
    return std::nullopt;
  }
  while (at_part(line)) {
    if (!read_part(line, text)) return std::nullopt;
    if (gap == Gap::blanks) line.skip_blanks();
  }
  if (std::ranges::any_of(text, is_fill)) {
    line.fail(line.span_from(begin), Fault::fill_outside_send);
    return std::nullopt;
  }
  return text;
}

std::optional<Text> read_bare(Line& line) {
  auto text = read_unquoted(line, [](char) { return false; });
  if (text && !line.text().empty() && is_blank(line.text().back())) {
    const Span end = line.here(0);
    line.fail({end.line, end.column - 1, 1}, Fault::trailing_blank);
    return std::nullopt;
  }
  return text;
}

std::optional<Text> read_word(Line& line, std::string_view stops) {
  return read_unquoted(line, [stops](char c) {
    return is_blank(c) || c == '"' || stops.find(c) != std::string_view::npos;
  });
}

std::optional<Text> read_word_or_parts(Line& line) {
  return at_part(line) ? read_parts(line, Gap::none) : read_word(line);
}

std::optional<std::string> read_plain(Line& line) {
  const std::size_t begin = line.position();
  if (line.peek() != '"') {
    line.expected("a quoted part");
    return std::nullopt;
  }
  Text text;
  if (!read_quoted(line, text)) return std::nullopt;
  if (text.empty()) return std::string();
  if (text.size() == 1) {
    if (auto* literal = std::get_if<std::string>(&text.front())) return std::move(*literal);
  }
  line.fail(line.span_from(begin), Fault::plain_only);
  return std::nullopt;
}

std::optional<std::string> read_new_name(Line& line, std::string_view what) {
  const std::size_t begin = line.position();
  if (!is_letter(line.peek())) {
    line.expected(what);
    return std::nullopt;
  }
  const std::string_view name = line.take_while(is_name_byte);
  if (is_reserved(name)) {
    line.fail(line.span_from(begin), Fault::reserved_name, shown(name));
    return std::nullopt;
  }
  return std::string(name);
}

void append(Text& text, TextPart part) {
  auto* literal = std::get_if<std::string>(&part);
  if (literal != nullptr && literal->empty()) return;
  auto* last = text.empty() ? nullptr : std::get_if<std::string>(&text.back());
  if (literal != nullptr && last != nullptr) {
    *last += *literal;
  } else {
    text.push_back(std::move(part));
  }
}

}  // namespace conform::script
