#include "harness/script/actions.h"

#include <algorithm>
#include <utility>

#include "harness/script/pattern.h"
#include "harness/script/text.h"
#include "harness/script/values.h"
#include "harness/script/words.h"

namespace conform::script {

namespace {

// Everything behind ">".
std::optional<Action> read_send(Line& line) {
  line.skip_blanks();
  if (line.at_end()) {
    line.fail(line.here(), Fault::nothing_to_send);
    return std::nullopt;
  }
  Send send;
  if (!at_part(line)) {
    auto text = read_bare(line);
    if (!text) return std::nullopt;
    send.segments.push_back(std::move(*text));
    send.bare = true;
    return send;
  }
  const std::size_t begin = line.position();
  send.segments.emplace_back();
  for (; !line.at_end(); line.skip_blanks()) {
    if (line.take("|")) {
      send.segments.emplace_back();
    } else if (!at_part(line)) {
      line.expected("a quoted part or '|'");
      return std::nullopt;
    } else if (!read_part(line, send.segments.back())) {
      return std::nullopt;
    }
  }
  if (std::ranges::any_of(send.segments, &Text::empty)) {
    line.fail(line.span_from(begin), Fault::empty_segment);
    return std::nullopt;
  }
  return send;
}

std::optional<Action> read_expect(Line& line, Expect::Mode mode) {
  auto pattern = read_pattern(line);
  if (!pattern) return std::nullopt;
  return Expect{mode, std::move(*pattern), std::nullopt};
}

// Behind "connect": [as NICK] [tls]
std::optional<Action> read_connect(Line& line) {
  Connect connect;
  line.skip_blanks();
  if (line.take_keyword("as")) {
    line.skip_blanks();
    if (line.at_end()) {
      line.expected("a nickname");
      return std::nullopt;
    }
    connect.nick = read_word_or_parts(line);
    if (!connect.nick) return std::nullopt;
    line.skip_blanks();
  }
  connect.tls = line.take_keyword("tls");
  return connect;
}

// Behind "leave": a way, or a name that stands for one.
std::optional<Action> read_leave(Line& line) {
  line.skip_blanks();
  if (line.at_end()) {
    line.expected("a way to leave");
    return std::nullopt;
  }
  auto how = read_word(line);
  if (!how) return std::nullopt;
  return Leave{std::move(*how)};
}

// Behind "resume": [8KiB/s]
std::optional<Action> read_resume(Line& line) {
  line.skip_blanks();
  Resume resume;
  if (line.at_end()) return resume;
  resume.bytes_per_second = read_size(line, kQueueBytesMax);
  if (!resume.bytes_per_second) return std::nullopt;
  if (!line.take("/s")) {
    line.expected("'/s'");
    return std::nullopt;
  }
  return resume;
}

std::optional<Action> read_urgent(Line& line) {
  line.skip_blanks();
  auto data = read_parts(line, Gap::blanks);
  if (!data) return std::nullopt;
  return Urgent{std::move(*data)};
}

std::optional<Action> read_operands(Line& line, Verb verb) {
  switch (verb) {
    case Verb::connect:
      return read_connect(line);
    case Verb::enrol:
      return Register{};
    case Verb::fin:
      return Fin{};
    case Verb::rst:
      return Rst{};
    case Verb::close:
      line.skip_blanks();
      return Close{line.take_keyword("dirty")};
    case Verb::leave:
      return read_leave(line);
    case Verb::mute:
      return Mute{};
    case Verb::pause:
      return Pause{};
    case Verb::resume:
      return read_resume(line);
    case Verb::urgent:
      return read_urgent(line);
  }
  return std::nullopt;
}

std::optional<Action> read_verb(Line& line) {
  const std::size_t begin = line.position();
  const std::string_view word = line.take_word();
  if (word.empty()) {
    line.expected("'>', '<' or what the client does");
    return std::nullopt;
  }
  const auto verb = value_of(kVerbs, word);
  if (!verb) {
    line.fail(line.span_from(begin), Fault::unknown_verb, shown(word),
              suggestion(word, texts_of(kVerbs)));
    return std::nullopt;
  }
  auto action = read_operands(line, *verb);
  if (!action || !line.finish()) return std::nullopt;
  return action;
}

}  // namespace

std::optional<Action> read_action(Line& line) {
  line.skip_blanks();
  if (line.take(">")) return read_send(line);
  for (const Word<Expect::Mode>& mode : kModes) {
    if (line.take(mode.text)) return read_expect(line, mode.value);
  }
  return read_verb(line);
}

}  // namespace conform::script
