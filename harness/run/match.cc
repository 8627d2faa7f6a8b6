#include "harness/run/match.h"

#include <algorithm>
#include <utility>
#include <variant>

#include <re2/re2.h>

namespace conform {
namespace {

bool is_numeric(std::string_view command) {
  return command.size() == 3 &&
         std::ranges::all_of(command, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view without_terminator(std::string_view raw) {
  while (raw.ends_with('\n') || raw.ends_with('\r')) raw.remove_suffix(1);
  return raw;
}

}  // namespace

bool mask_matches(std::string_view mask, std::string_view text) {
  // Iterative, with the last star as the one place to come back to: linear in practice, never
  // deeper than this frame, whatever a server sends.
  std::size_t m = 0, t = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (m < mask.size() && mask[m] == '*') {
      star = m++;
      mark = t;
    } else if (m < mask.size() && mask[m] == text[t]) {
      ++m;
      ++t;
    } else if (star != std::string_view::npos) {
      m = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (m < mask.size() && mask[m] == '*') ++m;
  return m == mask.size();
}

Matcher::Matcher() = default;
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

const re2::RE2& Matcher::compiled(const std::string& pattern) {
  std::unique_ptr<re2::RE2>& regex = regexes_[pattern];
  if (regex == nullptr) {
    re2::RE2::Options options(re2::RE2::Latin1);
    options.set_dot_nl(true);
    options.set_log_errors(false);
    regex = std::make_unique<re2::RE2>(pattern, options);
  }
  return *regex;
}

bool Matcher::text_equals(const script::Text& text, std::string_view value,
                          const Bindings& bindings) {
  const Evaluated wanted = evaluate(text, bindings);
  if (!wanted.ok()) return false;
  // A whole parameter that is a nickname or a channel compares as the target compares names.
  const auto* ref = text.size() == 1 ? std::get_if<script::NameRef>(&text.front()) : nullptr;
  if (ref != nullptr && bindings.is_name(ref->name)) {
    return irc::equal(mapping_, wanted.bytes, value);
  }
  return wanted.bytes == value;
}

bool Matcher::part_matches(const script::Part& part, std::string_view value,
                           const Bindings& bindings, Captures& captures) {
  if (const auto* exactly = std::get_if<script::Exactly>(&part)) {
    return text_equals(exactly->text, value, bindings);
  }
  if (const auto* either = std::get_if<script::Either>(&part)) {
    return std::ranges::any_of(either->words, [&](const script::Text& word) {
      return text_equals(word, value, bindings);
    });
  }
  if (const auto* capture = std::get_if<script::Capture>(&part)) {
    captures[capture->name] = value;
    return true;
  }
  if (const auto* regex = std::get_if<script::Regex>(&part)) {
    return re2::RE2::FullMatch(re2::StringPiece(value.data(), value.size()),
                               compiled(regex->pattern));
  }
  if (const auto* glob = std::get_if<script::Glob>(&part)) {
    const Evaluated mask = evaluate(glob->text, bindings);
    // Without "!" a mask is that of a name, whatever user and host stand behind it.
    if (mask.bytes.find('!') == std::string::npos) value = value.substr(0, value.find('!'));
    return mask.ok() && mask_matches(irc::fold(mapping_, mask.bytes), irc::fold(mapping_, value));
  }
  return true;  // AnyOne, AnyNumber.
}

// Commands compare without regard to case.
bool Matcher::command_matches(const script::Part& part, std::string_view command,
                              const Bindings& bindings) {
  const auto equals = [&](const script::Text& text) {
    return irc::equal_ascii(evaluate(text, bindings).bytes, command);
  };
  if (const auto* exactly = std::get_if<script::Exactly>(&part)) return equals(exactly->text);
  if (const auto* either = std::get_if<script::Either>(&part)) {
    return std::ranges::any_of(either->words, equals);
  }
  const auto* regex = std::get_if<script::Regex>(&part);
  return regex != nullptr && re2::RE2::FullMatch(re2::StringPiece(command.data(), command.size()),
                                                 compiled("(?i)" + regex->pattern));
}

bool Matcher::params_match(const script::MessagePattern& pattern, std::size_t part,
                           const irc::Message& message, std::size_t param, const Bindings& bindings,
                           Captures& captures) {
  if (part == pattern.params.size()) return param == message.param_count;
  if (std::holds_alternative<script::AnyNumber>(pattern.params[part])) {
    for (std::size_t next = param; next <= message.param_count; ++next) {
      if (params_match(pattern, part + 1, message, next, bindings, captures)) return true;
    }
    return false;
  }
  return param < message.param_count &&
         part_matches(pattern.params[part], message.param(param), bindings, captures) &&
         params_match(pattern, part + 1, message, param + 1, bindings, captures);
}

bool Matcher::tags_match(const script::MessagePattern& pattern, std::string_view tags,
                         const Bindings& bindings) const {
  return std::ranges::all_of(pattern.tags, [&](const script::TagPattern& wanted) {
    std::string value;
    if (!irc::tag_value(tags, wanted.key, value)) return false;
    if (!wanted.value) return true;
    const Evaluated text = evaluate(*wanted.value, bindings);
    return text.ok() && text.bytes == value;
  });
}

bool Matcher::matches(const script::MessagePattern& pattern, std::string_view raw,
                      const Bindings& bindings, Captures& captures) {
  const irc::ParseResult parsed = irc::parse_message(without_terminator(raw));
  if (!parsed) return false;
  const irc::Message& message = parsed.message;

  if (!command_matches(pattern.command, message.command, bindings)) return false;

  Captures found;
  // Some servers send numerics without a source.
  const bool source_left_out = message.source.empty() && is_numeric(message.command);
  if (pattern.source && !source_left_out &&
      !part_matches(*pattern.source, message.source, bindings, found)) {
    return false;
  }
  if (!tags_match(pattern, message.tags, bindings)) return false;
  if (!params_match(pattern, 0, message, 0, bindings, found)) return false;
  captures.merge(found);
  return true;
}

bool Matcher::matches(const script::RawPattern& pattern, std::string_view raw,
                      const Bindings& bindings) {
  if (const auto* text = std::get_if<script::Text>(&pattern.bytes)) {
    const Evaluated wanted = evaluate(*text, bindings);
    return wanted.ok() && wanted.bytes == raw;
  }
  const std::string& regex = std::get<script::Regex>(pattern.bytes).pattern;
  return re2::RE2::FullMatch(re2::StringPiece(raw.data(), raw.size()), compiled(regex));
}

}  // namespace conform
