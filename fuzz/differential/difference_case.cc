#include "fuzz/differential/difference_case.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "harness/script/print.h"

namespace fuzz {
namespace {

namespace script = conform::script;
using script::ClientIndex;
using script::Expect;
using script::Step;
using script::Text;

constexpr ClientIndex kSays = 0;
constexpr ClientIndex kHears = 1;

script::NameRef hearer() {
  return {.name = "b", .adjust = 0, .span = {}};
}

Text literal(std::string_view bytes) {
  return {std::string(bytes)};
}

Step send(Text text, bool bare) {
  return {.action = script::Send{.segments = {std::move(text)}, .bare = bare},
          .who = {kSays},
          .span = {}};
}

Step hears(std::string_view text) {
  script::MessagePattern pattern;
  pattern.command = script::Exactly{literal("PRIVMSG")};
  pattern.params = {script::Exactly{{hearer()}}, script::Exactly{literal(text)}};
  return {.action = Expect{.mode = Expect::Mode::eventually, .pattern = pattern, .within = {}},
          .who = {kHears},
          .span = {}};
}

Step hears_no_more() {
  script::MessagePattern pattern;
  pattern.command = script::Exactly{literal("PRIVMSG")};
  pattern.params = {script::AnyNumber{}};
  return {.action = Expect{.mode = Expect::Mode::never, .pattern = pattern, .within = {}},
          .who = {kHears},
          .span = {}};
}

Step sync(std::vector<ClientIndex> clients) {
  return {.action = script::Sync{}, .who = std::move(clients), .span = {}};
}

script::Segmentation by_bytes() {
  return {.kind = script::Segmentation::Kind::bytes, .count = 0};
}

// FNV-1a: the same question has the same name everywhere.
std::string slug_of(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::uint32_t hash = 2166136261U;
  for (const char byte : bytes) hash = (hash ^ static_cast<std::uint8_t>(byte)) * 16777619U;
  std::string slug = "differs-";
  for (unsigned shift = 32; shift > 0; shift -= 4) slug += kDigits[hash >> (shift - 4) & 15U];
  return slug;
}

script::Case case_about(const Topic& topic, std::string_view bytes) {
  script::Case item;
  item.id = std::string(topic.area) + "/" + slug_of(bytes);
  item.citations = {topic.cite.empty()
                        ? script::Citation{"none", "a difference that fuzz_differential found"}
                        : script::Citation{std::string(topic.cite), ""}};
  item.clients.resize(2);
  item.clients[kSays].name = "a";
  item.clients[kHears].name = "b";
  const bool has_tags = bytes.starts_with('@') && topic.area == "parsing";
  if (has_tags) item.clients[kSays].caps = {"message-tags"};
  item.segments.also = {by_bytes()};
  // A positive control: they hear each other.
  item.steps = {send({"PRIVMSG ", hearer(), " :control"}, true), hears("control")};
  return item;
}

std::size_t after_spaces(std::string_view line, std::size_t at) {
  return std::min(line.find_first_not_of(' ', at), line.size());
}

std::size_t after_word(std::string_view line, std::size_t at) {
  return std::min(line.find(' ', at), line.size());
}

// Where the command begins: behind spaces, tags and source.
std::size_t command_at(std::string_view line) {
  std::size_t at = after_spaces(line, 0);
  for (const char mark : {'@', ':'}) {
    if (at < line.size() && line[at] == mark) at = after_spaces(line, after_word(line, at));
  }
  return at;
}

Question privmsg(std::string_view head, std::string_view tail) {
  return {std::string(head) + "PRIVMSG ", hearer(), std::string(tail) + "\r\n"};
}

}  // namespace

std::string bytes_of(const Question& question, std::string_view nick) {
  std::string bytes;
  for (const script::TextPart& part : question) {
    const auto* const text = std::get_if<std::string>(&part);
    bytes += text != nullptr ? *text : std::string(nick);
  }
  return bytes;
}

Question relayed_stream(std::string_view stream) {
  Question question{""};
  bool in_line = false;
  for (const char byte : stream) {
    const bool ends = byte == '\r' || byte == '\n';
    if (!ends && !in_line) {
      std::get<std::string>(question.back()) += "PRIVMSG ";
      question.emplace_back(hearer());
      question.emplace_back(" :");
    }
    in_line = !ends;
    std::get<std::string>(question.back()) += byte;
  }
  if (!stream.ends_with("\r\n")) std::get<std::string>(question.back()) += "\r\n";
  return question;
}

std::vector<Question> relayed_lines(std::string_view line) {
  const std::size_t command = command_at(line);
  std::vector<Question> questions;
  for (std::size_t gap = after_word(line, command); gap < line.size();
       gap = after_word(line, after_spaces(line, gap))) {
    questions.push_back(privmsg("", line.substr(gap)));
  }
  questions.push_back(privmsg(line.substr(0, command), line.substr(after_word(line, command))));
  return questions;
}

std::optional<std::string> relayed_text(const MessageSeen& message, std::string_view nick) {
  const std::vector<std::string>& params = message.params;
  if (message.refused || message.command != "PRIVMSG" || params.size() < 2) return {};
  if (params[0] != nick || params[1].empty()) return {};
  if (params[1].find_first_of(std::string_view("\0\r\n", 3)) != std::string::npos) return {};
  return params[1];
}

std::string case_of_relay(const Topic& topic, const Question& question,
                          const std::vector<std::string>& texts) {
  script::Case item = case_about(topic, bytes_of(question, "b"));
  item.title = "What one client says is heard by the other as irc-conform reads it";
  item.level = topic.open ? script::Level::may : script::Level::should;
  item.steps.push_back(send(question, false));
  for (const std::string& text : texts) item.steps.push_back(hears(text));
  item.steps.push_back(hears_no_more());
  item.steps.push_back(sync({kSays, kHears}));
  return script::print(item);
}

std::string case_of_bytes(const Topic& topic, std::string_view bytes) {
  script::Case item = case_about(topic, bytes);
  item.title = "Whatever the server makes of these bytes, it serves others";
  item.level = script::Level::robust;
  item.citations = {{"none", "a difference that fuzz_differential found"}};
  item.steps.push_back(send(literal(std::string(bytes) + "\r\n"), false));
  item.steps.push_back(sync({kHears}));
  item.steps.push_back({.action = script::ServerFact{}, .who = {}, .span = {}});
  return script::print(item);
}

}  // namespace fuzz
