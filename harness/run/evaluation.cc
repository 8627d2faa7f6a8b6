#include "harness/run/evaluation.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "harness/run/transcript.h"

namespace conform {
namespace {

using script::Event;
using script::Expect;

// Clients by declaration: an expectation of an alternative names one client, never a crowd.
std::size_t client_of(const View& view, script::ClientIndex decl) {
  const auto found = std::ranges::find(view.clients, decl, &Client::decl);
  return static_cast<std::size_t>(found - view.clients.begin());
}

bool event_holds(const Client& client, std::size_t cursor, const Expect& expect) {
  const Event event = std::get<Event>(expect.pattern);
  if (event == Event::registered) return client.registered;
  const bool nothing_before = !next_line(client, cursor);
  if (event == Event::silence) return nothing_before;
  return end_meets(client, event) && (expect.mode != Expect::Mode::next || nothing_before);
}

// The first line from `from` on that meets the expectation; for `next`, only the very next one.
std::optional<std::size_t> first_line(const View& view, const Expect& expect, std::size_t index,
                                      std::size_t from, Trial& trial) {
  const Client& client = view.clients[index];
  for (std::size_t line = from; line < client.inbox.line_count(); ++line) {
    if (line_meets(view, client, line, expect.pattern, trial.captures)) return line;
    const bool only_next = expect.mode == Expect::Mode::next;
    if (only_next && !client.inbox.line(line).housekeeping) return std::nullopt;
  }
  return std::nullopt;
}

bool try_one(const View& view, const Expect& expect, std::size_t index, Trial& trial) {
  const Client& client = view.clients[index];
  if (expect.mode == Expect::Mode::never) {
    return !forbidden_line(view, client, client.barrier, client.inbox.line_count(), expect.pattern);
  }
  if (std::holds_alternative<Event>(expect.pattern)) {
    return event_holds(client, trial.cursors[index], expect);
  }
  const std::size_t from = trial.cursors[index];
  const std::optional<std::size_t> line = first_line(view, expect, index, from, trial);
  if (!line) return false;
  trial.matched.emplace_back(index, *line);
  trial.cursors[index] = std::max(trial.cursors[index], *line + 1);
  return true;
}

Trial trial_from_cursors(const View& view) {
  Trial trial;
  for (const Client& client : view.clients) trial.cursors.push_back(client.cursor);
  return trial;
}

// Gives each expectation a line of its own wherever that can be done: one that finds its lines
// taken makes a holder look for another (augmenting paths), so their order makes no difference.
class Assignment {
 public:
  using Place = std::pair<std::size_t, std::size_t>;  // Client and line.

  explicit Assignment(const View& view) : view_(view) {}

  bool add(std::size_t client, const script::Pattern& pattern) {
    wishes_.emplace_back(client, &pattern);
    tried_.clear();
    return find_line(wishes_.size() - 1);
  }
  const script::Pattern& pattern(std::size_t wish) const { return *wishes_[wish].second; }
  // Which expectation has which line.
  const std::map<Place, std::size_t>& places() const { return places_; }

 private:
  bool find_line(std::size_t wish) {
    const auto [index, pattern] = wishes_[wish];
    const Client& client = view_.clients[index];
    for (std::size_t line = client.cursor; line < client.inbox.line_count(); ++line) {
      const Place place(index, line);
      Captures ignored;
      if (!line_meets(view_, client, line, *pattern, ignored)) continue;
      if (!tried_.insert(place).second) continue;
      const auto holder = places_.find(place);
      if (holder != places_.end() && !find_line(holder->second)) continue;
      places_[place] = wish;
      return true;
    }
    return false;
  }

  const View& view_;
  std::vector<std::pair<std::size_t, const script::Pattern*>> wishes_;
  std::map<Place, std::size_t> places_;
  std::set<Place> tried_;
};

}  // namespace

bool line_meets(const View& view, const Client& client, std::size_t index,
                const script::Pattern& pattern, Captures& captures) {
  if (client.inbox.line(index).echo) return false;
  const std::string_view raw = client.inbox.raw(index);
  if (const auto* message = std::get_if<script::MessagePattern>(&pattern)) {
    return view.matcher.matches(*message, raw, view.bindings, captures);
  }
  if (const auto* bytes = std::get_if<script::RawPattern>(&pattern)) {
    return view.matcher.matches(*bytes, raw, view.bindings);
  }
  return false;
}

std::optional<std::size_t> next_line(const Client& client, std::size_t cursor) {
  for (std::size_t line = cursor; line < client.inbox.line_count(); ++line) {
    if (!client.inbox.line(line).housekeeping) return line;
  }
  return std::nullopt;
}

bool end_meets(const Client& client, script::Event event) {
  const StreamEnd end = client.inbox.end();
  switch (event) {
    case Event::eof:
      return end == StreamEnd::eof;
    case Event::reset:
      return end == StreamEnd::reset;
    case Event::closed:
      return end != StreamEnd::open;
    case Event::registered:
    case Event::silence:
      return false;
  }
  return false;
}

Trial try_in_order(const View& view, const script::Steps& steps) {
  Trial trial = trial_from_cursors(view);
  // What an alternative captures is known to the rest of it, and to nobody else.
  Bindings scope = view.bindings;
  const View inner{view.clients, view.matcher, scope};
  for (const script::Step& step : steps) {
    const auto* expect = std::get_if<Expect>(&step.action);
    if (expect == nullptr) continue;
    for (const script::ClientIndex decl : step.who) {
      if (!try_one(inner, *expect, client_of(view, decl), trial)) return trial;
      for (const auto& [name, value] : std::exchange(trial.captures, {})) scope.bind(name, value);
    }
  }
  trial.holds = true;
  return trial;
}

Trial try_unordered(const View& view, const script::Steps& steps) {
  Trial trial = trial_from_cursors(view);
  Assignment lines(view);
  trial.holds = true;
  for (const script::Step& step : steps) {
    const auto* expect = std::get_if<Expect>(&step.action);
    if (expect == nullptr) continue;
    for (const script::ClientIndex decl : step.who) {
      const std::size_t index = client_of(view, decl);
      if (std::holds_alternative<Event>(expect->pattern)) {
        trial.holds &= event_holds(view.clients[index], trial.cursors[index], *expect);
      } else {
        trial.holds &= lines.add(index, expect->pattern);
        ++trial.wanted;
      }
    }
  }
  for (const auto& [place, wish] : lines.places()) {
    const auto& [index, line] = place;
    line_meets(view, view.clients[index], line, lines.pattern(wish), trial.captures);
    trial.matched.push_back(place);
    trial.cursors[place.first] = std::max(trial.cursors[place.first], place.second + 1);
  }
  return trial;
}

void commit(std::vector<Client>& clients, const Trial& trial) {
  for (std::size_t i = 0; i < clients.size(); ++i) clients[i].cursor = trial.cursors[i];
  for (const auto& [client, line] : trial.matched) {
    clients[client].inbox.line(line).matched = true;
  }
}

std::optional<std::size_t> forbidden_line(const View& view, const Client& client, std::size_t from,
                                          std::size_t to, const script::Pattern& pattern) {
  const bool anything = std::holds_alternative<Event>(pattern);  // silence
  Captures ignored;
  for (std::size_t line = from; line < to; ++line) {
    const Inbox::Line& entry = client.inbox.line(line);
    if (entry.matched || entry.housekeeping) continue;
    if (anything || line_meets(view, client, line, pattern, ignored)) return line;
  }
  return std::nullopt;
}

namespace {

std::string connection_of(const Client& client) {
  if (client.left) return "the client itself has left";
  if (!client.connection) return "it is not connected";
  if (client.inbox.end() == StreamEnd::eof) return "the server closed the connection";
  if (client.inbox.end() == StreamEnd::reset) return "the connection was reset";
  return "connection open";
}

}  // namespace

std::string situation(const Client& client) {
  std::string text = connection_of(client);
  for (std::size_t line = client.inbox.line_count(); line-- > client.cursor;) {
    if (client.inbox.line(line).housekeeping) continue;
    return text + "; the last line was " + shown(client.inbox.text(line));
  }
  return text + "; no line came";
}

}  // namespace conform
