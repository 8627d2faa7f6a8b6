// Client: one client of a case being played, as a passive object: its connection, what it received
// and where the script stands in that. The Stage moves its bytes, activities read and mark it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/inbox.h"
#include "harness/run/said.h"
#include "harness/run/world.h"

namespace conform {

// How a segment was told apart from the one after it.
enum class FenceResult : std::uint8_t {
  none,       // Nothing was sent since the last barrier or the start.
  proved,     // The kernel says that the server has read it.
  witnessed,  // It has left, and a witness was answered twice.
  requested,  // A gap in time.
  ended,      // The server closed the connection: there is nothing to be told apart.
  refuted,    // It had not read it in time.
};

// What a barrier was sent with, once.
struct BarrierToken {
  std::string text;
  bool answered = false;  // A PONG has brought it back.
  bool passed = false;    // The barrier is over; what still holds the token is late.
};

struct Client {
  std::string name;            // As in the script; "w[17]" for one of a crowd.
  std::size_t decl = 0;        // Of which of the case's clients.
  std::string nick;            // As assigned; does not follow NICK.
  bool nick_is_meant = false;  // By `connect as`.
  std::uint32_t source = 0;    // ConnectOptions::source.

  std::optional<ConnectionId> connection;  // None before connect and after rst or close.
  bool left = false;                       // By rst or close.
  bool fin_sent = false;
  bool registered = false;  // 001 has come, or what this target sends in its place.

  std::string outgoing;   // Not yet taken by the kernel.
  bool mid_line = false;  // The last byte handed over was no terminator.
  std::string last_pong;  // Our last answer to a PING, without its end.
  std::string owed_pong;  // Answers to PINGs of the server that wait for the end of a line.
  std::string held;       // Sends that wait for those that go with them into one segment.
  FenceResult fence = FenceResult::none;
  bool stalled = false;  // A fence was refuted, and nothing has been read since.
  Said said;             // By the script, on this connection.

  bool mute = false;  // Answers no PING.
  bool paused = false;
  std::optional<std::uint64_t> bytes_per_second;  // Reads no faster.
  TimePoint read_again{};

  Inbox inbox;
  std::vector<Inbox> former;    // Of earlier connections: the line audit looks at them too.
  std::size_t welcome_end = 0;  // The first line behind the welcome at the start.
  // Behind it nobody knows what the server had seen when: somebody had left without a fence.
  std::optional<std::size_t> ordered_end;
  std::size_t cursor = 0;                    // The first line that no expectation has passed.
  std::size_t barrier = 0;                   // The first line behind the last barrier.
  std::vector<BarrierToken> barrier_tokens;  // Lines that hold one are housekeeping.
  std::vector<std::string> answered_again;   // PONGs with the token of one before.

  // Whether lines can still be exchanged in both directions.
  bool open() const { return connection.has_value() && !inbox.closed(); }
  // Whether a barrier can be sent: see "sync" in corpus/README.md.
  bool can_sync() const { return open() && !fin_sent && !mid_line && !paused; }
  // Whether the target has ended the connection, and not in answer to our FIN.
  bool cut_off() const { return inbox.closed() && !fin_sent; }
};

// The first line that the client has been sent with one of these commands, as a view into its
// inbox; nothing if there is none.
std::optional<std::string_view> line_with(const Client& client,
                                          std::initializer_list<std::string_view> commands);

// Whether it has received an ERROR.
bool was_told_why(const Client& client);

}  // namespace conform
