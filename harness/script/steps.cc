#include "harness/script/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/script/actions.h"
#include "harness/script/headers.h"
#include "harness/script/server_fact.h"
#include "harness/script/text.h"
#include "harness/script/values.h"
#include "harness/script/words.h"

namespace conform::script {

namespace {

using Clients = std::vector<ClientDecl>;

std::vector<std::string_view> names_of(const Clients& clients) {
  std::vector<std::string_view> names;
  for (const ClientDecl& client : clients) names.push_back(client.name);
  return names;
}

bool read_client(Line& line, const Clients& clients, std::vector<ClientIndex>& who) {
  const std::size_t begin = line.position();
  const std::string_view name = line.take_while(is_name_byte);
  if (name.empty()) return line.expected("a client");
  const auto found = std::ranges::find(clients, name, &ClientDecl::name);
  if (found == clients.end()) {
    if (clients.empty()) return false;
    return line.fail(line.span_from(begin), Fault::unknown_client, shown(name),
                     suggestion(name, names_of(clients)));
  }
  const auto index = static_cast<ClientIndex>(found - clients.begin());
  if (std::ranges::find(who, index) != who.end()) {
    return line.fail(line.span_from(begin), Fault::duplicate_word, name);
  }
  who.push_back(index);
  return true;
}

// "a,b"
bool read_who(Line& line, const Clients& clients, std::vector<ClientIndex>& who) {
  do {
    if (!read_client(line, clients, who)) return false;
  } while (line.take(","));
  return true;
}

// Whether 'within' and 'silence' stand where they mean something.
bool check_time(Line& line, const Action& action, bool within) {
  const auto* expect = std::get_if<Expect>(&action);
  if (expect == nullptr) return !within || line.fail(line.whole(), Fault::within_elsewhere);
  const auto* event = std::get_if<Event>(&expect->pattern);
  const bool eventually = expect->mode == Expect::Mode::eventually;
  if (event != nullptr && *event == Event::silence && (within || !eventually)) {
    return line.fail(line.whole(), Fault::silence_elsewhere);
  }
  if (within && expect->mode == Expect::Mode::never) {
    return line.fail(line.whole(), Fault::within_never);
  }
  return true;
}

// "a,b < …", with or without "within 10s" before it.
bool read_clients_step(Line& line, const Clients& clients, std::optional<Millis> within,
                       Step& step) {
  if (!read_who(line, clients, step.who)) return false;
  auto action = read_action(line);
  if (!action || !check_time(line, *action, within.has_value())) return false;
  if (within) std::get<Expect>(*action).within = within;
  step.action = std::move(*action);
  return true;
}

bool read_within(Line& line, const Clients& clients, Step& step) {
  line.skip_blanks();
  const auto duration = read_duration(line);
  if (!duration) return false;
  line.skip_blanks();
  if (value_of(kStatements, Line(line).take_word())) {
    return line.fail(line.whole(), Fault::within_elsewhere);
  }
  return read_clients_step(line, clients, duration, step);
}

bool read_sync(Line& line, const Clients& clients, Step& step) {
  do {
    line.skip_blanks();
    if (!read_client(line, clients, step.who)) return false;
    if (!line.at_end() && !is_blank(line.peek())) return line.finish();
    line.skip_blanks();
  } while (!line.at_end());
  step.action = Sync{};
  return true;
}

bool read_wait(Line& line, Step& step) {
  line.skip_blanks();
  const auto duration = read_duration(line);
  if (!duration) return false;
  step.action = Wait{*duration};
  return line.finish();
}

bool read_server(Line& line, Step& step) {
  const auto fact = read_server_fact(line);
  if (fact) step.action = *fact;
  return fact.has_value();
}

// "let" name "=" text
bool read_let(Line& line, Step& step) {
  line.skip_blanks();
  auto name = read_new_name(line, "a name");
  if (!name) return false;
  line.skip_blanks();
  if (!line.take("=")) return line.expected("'='");
  line.skip_blanks();
  if (line.at_end()) return line.expected("a text");
  auto text = at_part(line) ? read_parts(line, Gap::blanks) : read_bare(line);
  if (!text) return false;
  step.action = Let{std::move(*name), std::move(*text)};
  return line.finish();
}

// How often a block is repeated: n, "{name}", "until" size.
bool read_times(Line& line, Repeat& repeat) {
  if (line.take_keyword("until")) {
    line.skip_blanks();
    repeat.until_bytes = read_size(line, kQueueBytesMax);
    return repeat.until_bytes.has_value();
  }
  if (line.peek() == '{') {
    repeat.times = read_name_ref(line);
    return repeat.times.has_value();
  }
  const auto count = read_number(line, "the number of rounds", 1, kRepeatsMax);
  if (count) repeat.count = *count;
  return count.has_value();
}

// Behind "until": client "closed"
bool read_until_closed(Line& line, const Clients& clients, Repeat& repeat) {
  std::vector<ClientIndex> who;
  line.skip_blanks();
  if (!read_client(line, clients, who)) return false;
  repeat.until_closed = who.front();
  line.skip_blanks();
  return line.take_keyword("closed") || line.expected("'closed'");
}

// "repeat" times ["as" name] ["until" client "closed"]; a flood ends by itself.
bool read_repeat(Line& line, const Clients& clients, Step& step) {
  Repeat repeat;
  line.skip_blanks();
  if (!read_times(line, repeat)) return false;
  line.skip_blanks();
  if (line.take_keyword("as")) {
    line.skip_blanks();
    repeat.name = read_new_name(line, "a name");
    if (!repeat.name) return false;
    line.skip_blanks();
  }
  const bool may_end_sooner = !repeat.until_bytes && line.take_keyword("until");
  if (may_end_sooner && !read_until_closed(line, clients, repeat)) return false;
  step.action = std::move(repeat);
  return line.finish();
}

// "for" name "in" words
bool read_for(Line& line, Step& step) {
  For loop;
  line.skip_blanks();
  auto name = read_new_name(line, "a name");
  if (!name) return false;
  loop.name = std::move(*name);
  line.skip_blanks();
  if (!line.take_keyword("in")) return line.expected("'in' and words");
  line.skip_blanks();
  if (line.at_end()) return line.expected("words");
  for (; !line.at_end(); line.skip_blanks()) {
    auto word = read_word_or_parts(line);
    if (!word) return false;
    if (!line.at_end() && !is_blank(line.peek())) return line.finish();
    loop.words.push_back(std::move(*word));
  }
  step.action = std::move(loop);
  return true;
}

// A number behind `word`.
std::optional<std::uint64_t> read_bound(Line& line, std::string_view word, std::string_view what,
                                        std::uint64_t least) {
  line.skip_blanks();
  if (!line.take_keyword(word)) {
    line.expected(fmt::format("'{}' and {}", word, what));
    return std::nullopt;
  }
  line.skip_blanks();
  return read_number(line, what, least, kRepeatsMax);
}

// "search" name "from" n "to" n ["by" n]
bool read_search(Line& line, Step& step) {
  line.skip_blanks();
  auto name = read_new_name(line, "a name");
  if (!name) return false;
  const auto from = read_bound(line, "from", "the begin of the search", 1);
  if (!from) return false;
  const auto to = read_bound(line, "to", "the end of the search", *from + 1);
  if (!to) return false;
  Search search{std::move(*name), *from, *to, std::nullopt, {}};
  line.skip_blanks();
  if (!line.at_end()) {
    search.by = read_bound(line, "by", "the step of the search", 1);
    if (!search.by) return false;
  }
  step.action = std::move(search);
  return line.finish();
}

bool read_if(Line& line, Step& step) {
  line.skip_blanks();
  auto condition = read_requirement(line);
  if (!condition) return false;
  step.action = If{std::move(*condition), {}, {}};
  return line.finish();
}

bool read_statement(Line& line, Statement statement, const Clients& clients, Step& step) {
  switch (statement) {
    case Statement::within:
      return read_within(line, clients, step);
    case Statement::sync:
      return read_sync(line, clients, step);
    case Statement::wait:
      return read_wait(line, step);
    case Statement::server:
      return read_server(line, step);
    case Statement::let:
      return read_let(line, step);
    case Statement::glue:
    case Statement::unordered:
    case Statement::one_of:
      step.action = *empty_block(statement);
      return line.finish();
    case Statement::repeat:
      return read_repeat(line, clients, step);
    case Statement::for_each:
      return read_for(line, step);
    case Statement::search:
      return read_search(line, step);
    case Statement::if_holds:
      return read_if(line, step);
    case Statement::otherwise:
    case Statement::end:
      return line.finish();
  }
  return false;
}

// Whether a client and something it may do come next: then an unknown word is a client's name.
bool at_client_step(Line line) {
  line.take_while([](char c) { return is_name_byte(c) || c == ','; });
  line.skip_blanks();
  if (line.peek() == '<' || line.peek() == '>') return true;
  return value_of(kVerbs, line.take_word()).has_value();
}

bool is_client(const Clients& clients, std::string_view name) {
  return std::ranges::find(clients, name, &ClientDecl::name) != clients.end();
}

// A line that begins with no known word.
bool fail_at_first_word(Line& line) {
  const std::size_t begin = line.position();
  const std::string_view word = line.take_word();
  return line.fail(line.span_from(begin), Fault::unknown_verb, shown(word),
                   suggestion(word, texts_of(kStatements)));
}

bool read_line(Line& line, const Clients& clients, Step& step) {
  Line ahead = line;
  const std::string_view word = ahead.take_while(is_word_byte);
  const auto statement = value_of(kStatements, word);
  if (statement && line.take_keyword(word)) {
    return read_statement(line, *statement, clients, step);
  }
  if (is_client(clients, word) || at_client_step(line)) {
    return read_clients_step(line, clients, std::nullopt, step);
  }
  return fail_at_first_word(line);
}

}  // namespace

std::optional<Step> read_step(Line& line, const std::vector<ClientDecl>& clients) {
  line.skip_blanks();
  Step step;
  if (!read_line(line, clients, step)) return std::nullopt;
  step.span = line.whole();
  return step;
}

std::optional<Action> empty_block(Statement statement) {
  switch (statement) {
    case Statement::glue:
      return Glue{};
    case Statement::repeat:
    case Statement::for_each:
    case Statement::search:
      return Repeat{};
    case Statement::unordered:
      return Unordered{};
    case Statement::one_of:
      return OneOf{};
    case Statement::if_holds:
      return If{};
    case Statement::within:
    case Statement::sync:
    case Statement::wait:
    case Statement::server:
    case Statement::let:
    case Statement::otherwise:
    case Statement::end:
      return std::nullopt;
  }
  return std::nullopt;
}

Alternative read_alternative(Line& line, AlternativeGrade grade) {
  Alternative alternative;
  alternative.grade = grade;
  alternative.span = line.whole();
  line.skip_blanks();
  if (line.at_end()) return alternative;
  auto policy = read_plain(line);
  if (policy && line.finish()) alternative.policy = std::move(*policy);
  return alternative;
}

}  // namespace conform::script
