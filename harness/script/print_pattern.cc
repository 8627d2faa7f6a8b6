// Printing what is expected.

#include <fmt/format.h>

#include "harness/script/bytes.h"
#include "harness/script/print.h"
#include "harness/script/print_text.h"
#include "harness/script/words.h"

namespace conform::script {

namespace {

// A slash and what cannot stand in a line are escaped.
std::string print_regex(const Regex& regex) {
  std::string out = "/";
  bool escaped = false;
  for (const char c : regex.pattern) {
    if (c == '/' && !escaped) out += '\\';
    escaped = c == '\\' && !escaped;
    out += is_control(c) && c != '\t' ? hex_escape(c) : std::string(1, c);
  }
  return out + "/";
}

std::string print_either(const Either& either) {
  std::string out;
  for (const Text& word : either.words) {
    if (!out.empty()) out += '|';
    out += print_word(word);
  }
  return out;
}

struct PartPrinter {
  std::string operator()(const AnyOne&) const { return "*"; }
  std::string operator()(const AnyNumber&) const { return "..."; }
  std::string operator()(const Exactly& part) const { return print_word(part.text); }
  std::string operator()(const Capture& part) const { return fmt::format("{{{}=*}}", part.name); }
  std::string operator()(const Regex& part) const { return print_regex(part); }
  std::string operator()(const Either& part) const { return print_either(part); }
  std::string operator()(const Glob& part) const {
    // "*" is a mask like others and needs no quotes.
    const std::string word = print_word(part.text);
    return word == "\"*\"" ? "*" : word;
  }
};

std::string print_tags(const std::vector<TagPattern>& tags) {
  std::string out;
  for (const TagPattern& tag : tags) {
    out += (out.empty() ? "@" : ";") + tag.key;
    if (tag.value) out += fmt::format("={}", print_word(*tag.value, ";"));
  }
  return out + " ";
}

struct PatternPrinter {
  std::string operator()(Event event) const { return std::string(text_of(kEvents, event)); }
  std::string operator()(const RawPattern& raw) const {
    const auto* regex = std::get_if<Regex>(&raw.bytes);
    return fmt::format("raw {}", regex != nullptr
                                     ? print_regex(*regex)
                                     : print_parts(std::get<Text>(raw.bytes), Gap::blanks));
  }
  std::string operator()(const MessagePattern& message) const {
    std::string out;
    if (!message.tags.empty()) out += print_tags(message.tags);
    if (message.source) out += fmt::format(":{} ", std::visit(PartPrinter{}, *message.source));
    out += std::visit(PartPrinter{}, message.command);
    for (const Part& param : message.params)
      out += fmt::format(" {}", std::visit(PartPrinter{}, param));
    return out;
  }
};

}  // namespace

std::string print(const Pattern& pattern) {
  return std::visit(PatternPrinter{}, pattern);
}

}  // namespace conform::script
