#include "fuzz/message_oracle.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/choices.h"
#include "fuzz/reference_message.h"
#include "fuzz/steps.h"
#include "server/wire/message.h"

namespace fuzz {
namespace {

// Twice what it takes, so that a compiler's choices do not matter, and half of what a search of the
// rest for each parameter would.
constexpr std::uint64_t kStepsPerByte = 8;
constexpr std::uint64_t kStepsOfALine = 600;

std::string_view name_of(irc::ParseError error) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"ok", "empty", "no_command", "bad_command", "forbidden_byte"});
  return kNames[static_cast<std::size_t>(error)];
}

MessageParts parts_of(const irc::ParseResult& parsed) {
  MessageParts parts{std::string(name_of(parsed.error))};
  if (!parsed) return parts;
  const irc::Message& message = parsed.message;
  for (const std::string_view part : {message.tags, message.source, message.command}) {
    parts.emplace_back(part);
  }
  for (const std::string_view param : message.params()) parts.emplace_back(param);
  return parts;
}

MessageParts parts_of(std::string_view line) {
  return parts_of(irc::parse_message(line));
}

std::string text_of(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += "[" + escaped(part) + "]";
  return text;
}

Verdict differ(const Oracle& oracle, std::string_view line,
               const std::vector<std::string>& expected, const std::vector<std::string>& actual) {
  if (expected == actual) return {};
  return Finding{oracle, "line \"" + escaped(line) + "\"", text_of(expected), text_of(actual)};
}

Verdict judge_total(std::string_view line, const irc::Message& message) {
  std::vector<std::string_view> parts{message.tags, message.source, message.command};
  std::ranges::copy(message.params(), std::back_inserter(parts));
  std::size_t begin = 0;
  for (const std::string_view part : parts) {
    if (part.data() == nullptr) continue;  // It is not there.
    const auto offset = reinterpret_cast<std::uintptr_t>(part.data()) -
                        reinterpret_cast<std::uintptr_t>(line.data());
    if (offset < begin || offset > line.size() || part.size() > line.size() - offset) {
      return Finding{oracles::kTotal, "line \"" + escaped(line) + "\"",
                     "a part within " + std::to_string(begin) + ".." + std::to_string(line.size()),
                     std::to_string(offset) + ", " + std::to_string(part.size()) + " bytes"};
    }
    begin = offset + part.size();
  }
  return {};
}

bool needs_colon(std::string_view param) {
  return param.empty() || param.front() == ':' || param.find(' ') != std::string_view::npos;
}

// The message in other words: `gap` between its parts and in front, a ':' before its last one.
std::string said_loosely(const irc::Message& message, std::string_view gap) {
  std::string line(gap);
  if (!message.tags.empty()) line.append("@").append(message.tags).append(gap);
  if (!message.source.empty()) line.append(":").append(message.source).append(gap);
  line += message.command;
  for (std::size_t i = 0; i < message.param_count; ++i) {
    const bool last = i + 1 == message.param_count;
    line.append(gap).append(last ? ":" : "").append(message.param(i));
  }
  return line;
}

Verdict judge_invariances(std::string_view line, const irc::Message& message) {
  const MessageParts parts = parts_of(line);
  const std::string loose = said_loosely(message, "   ");
  if (Verdict verdict = differ(oracles::kSpaces, loose, parts, parts_of(loose))) return verdict;
  const auto last = static_cast<std::size_t>(message.param_count) - 1;
  if (message.param_count > 0 && message.param_count < irc::kParamsMax &&
      !needs_colon(message.param(last))) {
    const std::string trailed =
        irc::serialize(message.source, message.command, message.params()) + "  ";
    MessageParts untagged = parts;
    untagged[1].clear();
    if (Verdict verdict = differ(oracles::kSpaces, trailed, untagged, parts_of(trailed))) {
      return verdict;
    }
  }
  std::string small(line);
  const auto command = static_cast<std::size_t>(message.command.data() - line.data());
  MessageParts in_small = parts;
  for (std::size_t i = 0; i < message.command.size(); ++i) {
    char& byte = small[command + i];
    if ('A' <= byte && byte <= 'Z') byte = static_cast<char>(byte + ('a' - 'A'));
    in_small[3][i] = byte;
  }
  return differ(oracles::kCommandCase, small, in_small, parts_of(small));
}

Verdict judge_round_trip(std::string_view line, const irc::Message& message) {
  MessageParts parts = parts_of(line);
  parts[1].clear();  // Tags are not printed.
  const std::string printed = irc::serialize(message.source, message.command, message.params());
  const irc::ParseResult again = irc::parse_message(printed);
  if (Verdict verdict = differ(oracles::kRoundTrip, line, parts, parts_of(again))) return verdict;
  const std::string twice =
      irc::serialize(again.message.source, again.message.command, again.message.params());
  return differ(oracles::kRoundTrip, line, {printed}, {twice});
}

// Each is looked for from the front.
constexpr std::size_t kKeysMax = 8;

Verdict judge_tags(std::string_view tags) {
  const auto says = [tags](std::string_view key, std::string_view expected,
                           std::string_view actual) {
    return Finding{oracles::kTags, "tags \"" + escaped(tags) + "\", key \"" + escaped(key) + "\"",
                   escaped(expected), escaped(actual)};
  };
  const Tags values = reference_tags(tags);
  std::string value;
  if (!values.contains("none") && irc::tag_value(tags, "none", value)) {
    return says("none", "not there", value);
  }
  std::size_t asked = 0;
  for (const auto& [key, expected] : values) {
    if (++asked > kKeysMax) break;
    if (!irc::tag_value(tags, key, value)) return says(key, expected, "not there");
    if (value != expected) return says(key, expected, value);
  }
  return {};
}

Verdict judge_source(std::string_view source) {
  const irc::Source parts = irc::parse_source(source);
  return differ(oracles::kSource, source, reference_source(source),
                {std::string(parts.name), std::string(parts.user), std::string(parts.host)});
}

std::string without(std::string_view bytes, std::string_view unwanted) {
  std::string text;
  std::ranges::copy_if(bytes, std::back_inserter(text), [unwanted](char byte) {
    return unwanted.find(byte) == std::string_view::npos;
  });
  return text;
}

constexpr std::string_view kNeverInALine("\0\r\n", 3);
constexpr std::string_view kNeverInAWord("\0\r\n ", 4);

std::string any_command(Choices& choices) {
  std::string command;
  if (choices.below(2) == 0) {
    for (int i = 0; i < 3; ++i) command += static_cast<char>('0' + choices.below(10));
  } else {
    for (std::uint64_t i = 1 + choices.below(8); i > 0; --i) {
      command += static_cast<char>((choices.below(2) == 0 ? 'a' : 'A') + choices.below(26));
    }
  }
  return command;
}

// A middle parameter says what it can without a ':'.
std::string any_middle(Choices& choices) {
  std::string word = without(choices.take(choices.below(12)), kNeverInAWord);
  if (word.empty() || word.front() == ':') word.insert(0, "x");
  return word;
}

}  // namespace

Verdict judge_line(std::string_view line) {
  const std::uint64_t before = steps();
  const irc::ParseResult parsed = irc::parse_message(line);
  const std::uint64_t taken = steps() - before;
  const std::uint64_t allowed = kStepsPerByte * line.size() + kStepsOfALine;
  if (taken > allowed) {
    return Finding{oracles::kLinear, "line \"" + escaped(line) + "\"",
                   "at most " + std::to_string(allowed) + " steps", std::to_string(taken)};
  }
  if (Verdict verdict =
          differ(oracles::kMessageReference, line, reference_parts(line), parts_of(parsed))) {
    return verdict;
  }
  if (Verdict verdict = judge_source(line)) return verdict;
  if (Verdict verdict = judge_tags(line)) return verdict;
  if (!parsed) return {};
  if (Verdict verdict = judge_total(line, parsed.message)) return verdict;
  if (Verdict verdict = judge_round_trip(line, parsed.message)) return verdict;
  return judge_invariances(line, parsed.message);
}

Verdict judge_generated(std::string_view bytes) {
  Choices choices(bytes);
  const std::string source = without(choices.take(choices.below(12)), kNeverInAWord);
  const std::string command = any_command(choices);
  std::vector<std::string> params(choices.below(irc::kParamsMax + 1));
  for (std::string& param : params) param = any_middle(choices);
  const std::string_view rest = choices.take_rest();
  if (!params.empty()) params.back() = without(rest, kNeverInALine);

  const std::vector<std::string_view> views(params.begin(), params.end());
  const std::string line = irc::serialize(source, command, views);
  MessageParts parts{"ok", "", source, command};
  parts.insert(parts.end(), params.begin(), params.end());
  if (Verdict verdict = differ(oracles::kGenerated, line, parts, parts_of(line))) return verdict;

  std::string value;
  const std::string tags = "a=" + escaped_tag(rest) + ";b";
  irc::tag_value(tags, "a", value);
  return differ(oracles::kTagRoundTrip, tags, {std::string(rest)}, {value});
}

}  // namespace fuzz
