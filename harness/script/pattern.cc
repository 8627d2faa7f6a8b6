#include "harness/script/pattern.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <re2/re2.h>

#include "harness/script/text.h"
#include "harness/script/words.h"

namespace conform::script {

namespace {

// RFC 1459 2.3. An expectation may hold one more: a '...' that stands for none.
constexpr std::size_t kParamsMax = 15;

// Reports what RE2 says of `pattern`, at the place it complains of where it names one.
bool check_regex(Line& line, std::size_t begin, const std::string& pattern) {
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  const RE2 regex(pattern, options);
  if (regex.ok()) return true;
  Span span = line.span_from(begin);
  const std::size_t found = pattern.find(regex.error_arg());
  if (!regex.error_arg().empty() && found != std::string::npos) {
    span.column += static_cast<std::uint32_t>(found) + 1;
    span.length = static_cast<std::uint32_t>(regex.error_arg().size());
  }
  return line.fail(span, Fault::bad_regex, shown(regex.error()));
}

// "/…/", in which "\/" is a slash. Requires: '/' is next.
std::optional<Regex> read_regex(Line& line) {
  const std::size_t begin = line.position();
  line.take("/");
  Regex regex;
  while (!line.at_end() && line.peek() != '/') {
    if (line.peek() == '\\') regex.pattern += line.take();
    if (!line.at_end()) regex.pattern += line.take();
  }
  if (!line.take("/")) {
    line.fail(line.span_from(begin), Fault::regex_open);
    return std::nullopt;
  }
  if (!check_regex(line, begin, regex.pattern)) return std::nullopt;
  return regex;
}

bool at_capture(const Line& line) {
  const std::string_view rest = line.rest();
  if (!rest.starts_with('{')) return false;
  const std::size_t end = rest.substr(1).find_first_of("= }") + 1;
  return rest.substr(end).starts_with("=*}");
}

// "{name=*}". Requires: at_capture().
std::optional<Capture> read_capture(Line& line) {
  const std::size_t begin = line.position();
  line.take("{");
  auto name = read_new_name(line, "the name of a capture");
  if (!name) return std::nullopt;
  if (!line.take("=*}")) {
    line.fail(line.span_from(begin), Fault::capture_misplaced);
    return std::nullopt;
  }
  return Capture{std::move(*name), line.span_from(begin)};
}

struct Choice {
  std::vector<Text> words;
  bool quoted = false;  // The only word stands in quotes: "*" is no wildcard.
};

// word, "quoted", or several of them with "|" between.
std::optional<Choice> read_choice(Line& line) {
  Choice choice;
  do {
    if (line.at_end() || is_blank(line.peek()) || line.peek() == '|') {
      line.fail(line.here(), Fault::empty_choice);
      return std::nullopt;
    }
    choice.quoted = at_part(line);
    auto word = choice.quoted ? read_parts(line, Gap::none) : read_word(line, "|");
    if (!word) return std::nullopt;
    choice.words.push_back(std::move(*word));
  } while (line.take("|"));
  return choice;
}

// Whether `text` is the one literal `literal`.
bool is_literal(const Text& text, std::string_view literal) {
  if (text.size() != 1) return false;
  const auto* only = std::get_if<std::string>(&text.front());
  return only != nullptr && *only == literal;
}

bool separated(Line& line) {
  return line.at_end() || is_blank(line.peek()) ? true : line.finish();
}

// Letters or three digits; anything where names stand in it. Letters become upper case.
bool check_command(Line& line, std::size_t begin, Text& word) {
  const auto* literal = word.size() == 1 ? std::get_if<std::string>(&word.front()) : nullptr;
  if (word.size() > 1 || (word.size() == 1 && literal == nullptr)) return true;
  std::string command = literal == nullptr ? "" : *literal;
  const bool numeric = command.size() == 3 && std::ranges::all_of(command, is_digit);
  const bool letters = !command.empty() && std::ranges::all_of(command, is_letter);
  if (!numeric && !letters) {
    return line.fail(line.span_from(begin), Fault::bad_command, shown(command));
  }
  for (char& c : command) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  word = {std::move(command)};
  return true;
}

bool read_command(Line& line, Part& command) {
  const std::size_t begin = line.position();
  if (line.at_end()) return line.expected("a command");
  if (line.peek() == '/') {
    auto regex = read_regex(line);
    if (!regex) return false;
    command = std::move(*regex);
    return separated(line);
  }
  auto choice = read_choice(line);
  if (!choice) return false;
  for (Text& word : choice->words) {
    if (!check_command(line, begin, word)) return false;
  }
  if (choice->words.size() == 1) {
    command = Exactly{std::move(choice->words.front())};
  } else {
    command = Either{std::move(choice->words)};
  }
  return separated(line);
}

std::optional<Part> read_word_param(Line& line) {
  auto choice = read_choice(line);
  if (!choice || !separated(line)) return std::nullopt;
  if (choice->words.size() > 1) return Either{std::move(choice->words)};
  Text& word = choice->words.front();
  if (!choice->quoted && is_literal(word, "*")) return AnyOne{};
  if (!choice->quoted && is_literal(word, "...")) return AnyNumber{};
  return Exactly{std::move(word)};
}

template <class T>
std::optional<Part> as_part(Line& line, std::optional<T> value) {
  if (!value || !separated(line)) return std::nullopt;
  return Part(std::move(*value));
}

std::optional<Part> read_param(Line& line) {
  if (at_capture(line)) return as_part(line, read_capture(line));
  if (line.peek() == '/') return as_part(line, read_regex(line));
  if (!line.take(":")) return read_word_param(line);
  auto text = read_bare(line);
  if (!text) return std::nullopt;
  return Exactly{std::move(*text)};
}

bool read_params(Line& line, std::vector<Part>& params) {
  bool any_number = false;
  for (line.skip_blanks(); !line.at_end(); line.skip_blanks()) {
    const std::size_t begin = line.position();
    auto param = read_param(line);
    if (!param) return false;
    const bool is_any_number = std::holds_alternative<AnyNumber>(*param);
    if (is_any_number && any_number) {
      return line.fail(line.span_from(begin), Fault::any_number_twice);
    }
    any_number = any_number || is_any_number;
    params.push_back(std::move(*param));
    if (params.size() > kParamsMax + 1) {
      return line.fail(line.span_from(begin), Fault::too_many_params, kParamsMax);
    }
  }
  return true;
}

std::optional<Part> read_source(Line& line) {
  if (at_capture(line)) return as_part(line, read_capture(line));
  if (line.peek() == '/') return as_part(line, read_regex(line));
  if (line.at_end() || is_blank(line.peek())) {
    line.expected("a source behind ':'");
    return std::nullopt;
  }
  auto text = read_word_or_parts(line);
  if (!text || !separated(line)) return std::nullopt;
  return Glob{std::move(*text)};
}

bool read_tag(Line& line, std::vector<TagPattern>& tags) {
  const auto is_key = [](char c) { return is_word_byte(c) || c == '+' || c == '/' || c == '.'; };
  TagPattern tag;
  tag.key = line.take_while(is_key);
  if (tag.key.empty()) return line.expected("the key of a tag");
  if (line.take("=")) {
    tag.value = at_part(line) ? read_parts(line, Gap::none) : read_word(line, ";");
    if (!tag.value) return false;
  }
  tags.push_back(std::move(tag));
  return true;
}

// "@+x=1;msgid"
bool read_tags(Line& line, std::vector<TagPattern>& tags) {
  do {
    if (!read_tag(line, tags)) return false;
  } while (line.take(";"));
  return separated(line);
}

std::optional<Pattern> read_message(Line& line) {
  MessagePattern message;
  if (line.take("@")) {
    if (!read_tags(line, message.tags)) return std::nullopt;
    line.skip_blanks();
  }
  if (line.take(":")) {
    message.source = read_source(line);
    if (!message.source) return std::nullopt;
    line.skip_blanks();
  }
  if (!read_command(line, message.command)) return std::nullopt;
  if (!read_params(line, message.params)) return std::nullopt;
  return message;
}

std::optional<Pattern> read_raw(Line& line) {
  if (line.peek() == '/') {
    auto regex = read_regex(line);
    if (!regex || !line.finish()) return std::nullopt;
    return RawPattern{std::move(*regex)};
  }
  if (!at_part(line)) {
    line.expected("a quoted part or /regex/ after 'raw'");
    return std::nullopt;
  }
  auto text = read_parts(line, Gap::blanks);
  if (!text || !line.finish()) return std::nullopt;
  return RawPattern{std::move(*text)};
}

}  // namespace

std::optional<Pattern> read_pattern(Line& line) {
  line.skip_blanks();
  if (line.at_end()) {
    line.expected("a message, raw, eof, reset, closed, registered or silence");
    return std::nullopt;
  }
  if (line.take_keyword("raw")) {
    line.skip_blanks();
    return read_raw(line);
  }
  for (const Word<Event>& event : kEvents) {
    if (!line.take_keyword(event.text)) continue;
    if (!line.finish()) return std::nullopt;
    return event.value;
  }
  return read_message(line);
}

}  // namespace conform::script
