// Evaluation: do expectations hold on what has been received so far? Pure looks at inboxes, used by
// the activities that wait, choose and judge.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/run/client.h"
#include "harness/run/match.h"

namespace conform {

// What an evaluation looks at. It changes nothing until a trial is committed.
struct View {
  std::vector<Client>& clients;
  Matcher& matcher;
  const Bindings& bindings;
};

// Whether line `index` of the client's inbox meets a pattern of lines. False for an Event.
bool line_meets(const View& view, const Client& client, std::size_t index,
                const script::Pattern& pattern, Captures& captures);

// The first line from `cursor` on that is none of ours: what `<=` has to take.
std::optional<std::size_t> next_line(const Client& client, std::size_t cursor);

// Whether the end of the stream is the one that is expected. False while it is open.
bool end_meets(const Client& client, script::Event event);

// What a trial of expectations came to: the lines they matched, to be committed if it is chosen.
struct Trial {
  bool holds = false;
  std::size_t wanted = 0;                                    // Lines, of unordered.
  std::vector<std::size_t> cursors;                          // After it, one a client.
  std::vector<std::pair<std::size_t, std::size_t>> matched;  // Client and line.
  Captures captures;  // Of unordered: to be bound with it. An alternative's end with it.
};

// Tries steps, all of them expectations, in order from the clients' cursors.
Trial try_in_order(const View& view, const script::Steps& steps);

// Tries them in any order: each needs a line of its own.
Trial try_unordered(const View& view, const script::Steps& steps);

// Moves the clients' cursors and marks the lines.
void commit(std::vector<Client>& clients, const Trial& trial);

// "connection open; the last line was ...": what there is to say of a client that was waited for.
std::string situation(const Client& client);

// The first line of [from, to) that a negative forbids, if any; matched lines are left out.
std::optional<std::size_t> forbidden_line(const View& view, const Client& client, std::size_t from,
                                          std::size_t to, const script::Pattern& pattern);

}  // namespace conform
