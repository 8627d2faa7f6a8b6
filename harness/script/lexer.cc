#include "harness/script/lexer.h"

#include <algorithm>

#include "server/wire/utf8.h"

namespace conform::script {

namespace {

Span make_span(std::uint32_t line, std::size_t begin, std::size_t end) {
  return {line, static_cast<std::uint32_t>(begin + 1), static_cast<std::uint32_t>(end - begin)};
}

}  // namespace

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
  }
  return lines;
}

bool Line::take(std::string_view literal) {
  if (!starts_with(literal)) return false;
  at_ += literal.size();
  return true;
}

bool Line::take_keyword(std::string_view word) {
  const std::string_view left = rest();
  const bool alone =
      left.size() == word.size() || (left.size() > word.size() && is_blank(left[word.size()]));
  return alone && take(word);
}

std::string_view Line::take_word() {
  return take_while([](char c) { return !is_blank(c); });
}

Span Line::span_from(std::size_t begin) const {
  return make_span(number_, begin, at_);
}

Span Line::here(std::size_t length) const {
  return make_span(number_, at_, std::min(at_ + length, text_.size()));
}

Span Line::whole() const {
  const auto begin = std::ranges::find_if_not(text_, is_blank);
  auto end = text_.end();
  while (end != begin && is_blank(*(end - 1))) --end;
  return make_span(number_, static_cast<std::size_t>(begin - text_.begin()),
                   static_cast<std::size_t>(end - text_.begin()));
}

bool Line::expected(std::string_view what) {
  skip_blanks();
  const std::size_t begin = at_;
  take_word();
  const Span span = span_from(begin);
  at_ = begin;
  return fail(span, Fault::expected, what);
}

bool Line::finish() {
  skip_blanks();
  if (at_end()) return true;
  const std::size_t begin = at_;
  const std::string_view word = take_word();
  return fail(span_from(begin), Fault::unexpected, shown(word));
}

bool check_bytes(Line& line) {
  const std::string_view text = line.text();
  for (std::size_t at = 0; at < text.size();) {
    const bool control = is_control(text[at]) && text[at] != '\t';
    const std::size_t length = irc::utf8_length(text, at);
    if (control || length == 0) {
      return line.fail(make_span(line.number(), at, at + 1),
                       control ? Fault::control_byte : Fault::not_utf8);
    }
    at += length;
  }
  return true;
}

}  // namespace conform::script
