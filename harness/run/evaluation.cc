#include "harness/run/evaluation.h"

#include <algorithm>
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

bool taken(const Trial& trial, std::size_t client, std::size_t line) {
  return std::ranges::find(trial.matched, std::pair(client, line)) != trial.matched.end();
}

bool event_holds(const Client& client, const Trial& trial, std::size_t index, Event event) {
  if (event == Event::registered) return client.registered;
  if (event != Event::silence) return end_meets(client, event);
  for (std::size_t line = trial.cursors[index]; line < client.inbox.line_count(); ++line) {
    if (!client.inbox.line(line).housekeeping) return false;
  }
  return true;
}

// The first line from `from` on that meets the expectation; for `next`, only the very next one.
std::optional<std::size_t> first_line(const View& view, const Expect& expect, std::size_t index,
                                      std::size_t from, Trial& trial) {
  const Client& client = view.clients[index];
  for (std::size_t line = from; line < client.inbox.line_count(); ++line) {
    if (taken(trial, index, line)) continue;
    if (line_meets(view, client, line, expect.pattern, trial.captures)) return line;
    const bool only_next = expect.mode == Expect::Mode::next;
    if (only_next && !client.inbox.line(line).housekeeping) return std::nullopt;
  }
  return std::nullopt;
}

bool try_one(const View& view, const Expect& expect, std::size_t index, Trial& trial,
             bool in_order) {
  const Client& client = view.clients[index];
  if (expect.mode == Expect::Mode::never) {
    return !forbidden_line(view, client, client.barrier, client.inbox.line_count(), expect.pattern);
  }
  if (const auto* event = std::get_if<Event>(&expect.pattern)) {
    return event_holds(client, trial, index, *event);
  }
  const std::size_t from = in_order ? trial.cursors[index] : client.cursor;
  const std::optional<std::size_t> line = first_line(view, expect, index, from, trial);
  if (!line) return false;
  trial.matched.emplace_back(index, *line);
  trial.cursors[index] = std::max(trial.cursors[index], *line + 1);
  return true;
}

Trial attempt(const View& view, const script::Steps& steps, bool in_order) {
  Trial trial;
  for (const Client& client : view.clients) trial.cursors.push_back(client.cursor);
  for (const script::Step& step : steps) {
    const auto* expect = std::get_if<Expect>(&step.action);
    if (expect == nullptr) continue;
    for (const script::ClientIndex decl : step.who) {
      if (!try_one(view, *expect, client_of(view, decl), trial, in_order)) return trial;
    }
  }
  trial.holds = true;
  return trial;
}

}  // namespace

bool line_meets(const View& view, const Client& client, std::size_t index,
                const script::Pattern& pattern, Captures& captures) {
  const std::string_view raw = client.inbox.raw(index);
  if (const auto* message = std::get_if<script::MessagePattern>(&pattern)) {
    return view.matcher.matches(*message, raw, view.bindings, captures);
  }
  if (const auto* bytes = std::get_if<script::RawPattern>(&pattern)) {
    return view.matcher.matches(*bytes, raw, view.bindings);
  }
  return false;
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
  return attempt(view, steps, true);
}

Trial try_unordered(const View& view, const script::Steps& steps) {
  return attempt(view, steps, false);
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

std::string situation(const Client& client) {
  std::string text;
  if (client.left)
    text = "the client itself has left";
  else if (!client.connection)
    text = "it is not connected";
  else if (client.inbox.end() == StreamEnd::eof)
    text = "the server closed the connection";
  else if (client.inbox.end() == StreamEnd::reset)
    text = "the connection was reset";
  else
    text = "connection open";
  for (std::size_t line = client.inbox.line_count(); line-- > client.cursor;) {
    if (client.inbox.line(line).housekeeping) continue;
    return text + "; the last line was " + shown(client.inbox.text(line));
  }
  return text + "; no line came";
}

}  // namespace conform
