#include "harness/run/stage.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "harness/run/kernel_world.h"
#include "harness/run/sim_world.h"

namespace conform {

namespace {

// What one client keeps of a server that floods it.
constexpr std::size_t kReceivedBytesMax = std::size_t{64} << 20;

// Requires: letters of ASCII only.
std::string in_capitals(std::string text) {
  for (char& byte : text) byte = static_cast<char>(byte & ~0x20);
  return text;
}

}  // namespace

template <World W>
Stage<W>::Stage(W& world, const Profile& profile, const script::Case& item, FreshNames& names,
                const Pace& pace, std::uint32_t source)
    : world_(world), profile_(profile), item_(item), names_(names), pace_(pace), source_(source) {
  matcher_.casemapping(profile.casemapping);
  add_clients();
  bind_names();
}

template <World W>
Stage<W>::~Stage() {
  for (Client& client : clients_) {
    if (client.connection) world_.close(*client.connection);
  }
}

template <World W>
void Stage<W>::add_clients() {
  // Servers commonly allow three to ten clients of one address.
  constexpr std::uint32_t kClientsOfOneSource = 3;
  for (std::size_t decl = 0; decl < item_.clients.size(); ++decl) {
    const script::ClientDecl& declared = item_.clients[decl];
    for (std::uint32_t i = 0; i < declared.crowd; ++i) {
      Client client;
      client.name =
          declared.crowd == 1 ? declared.name : declared.name + "[" + std::to_string(i + 1) + "]";
      client.decl = decl;
      client.nick = names_.nick();
      client.source = source_ + static_cast<std::uint32_t>(clients_.size()) / kClientsOfOneSource;
      clients_.push_back(std::move(client));
    }
  }
  if (world_.abilities().kernel) return;
  witness_ = clients_.size();
  Client witness;
  witness.name = "(witness)";
  witness.decl = item_.clients.size();
  witness.nick = names_.nick();
  witness.source = source_;
  clients_.push_back(std::move(witness));
}

template <World W>
const script::ClientDecl& Stage<W>::declared(const Client& client) const {
  return client.decl < item_.clients.size() ? item_.clients[client.decl] : witness_declared_;
}

template <World W>
void Stage<W>::bind_names() {
  using Kind = Bindings::Kind;
  for (const Client& client : clients_) bindings_.bind(client.name, client.nick, Kind::name);
  constexpr int kNamesOfAKind = 9;
  for (int i = 1; i <= kNamesOfAKind; ++i) {
    const std::string number = std::to_string(i);
    const std::string token = names_.token();
    bindings_.bind("t" + number, token);
    bindings_.bind("T" + number, in_capitals(token));
    bindings_.bind(i == 1 ? "chan" : "chan" + number, names_.channel(profile_.chantype()),
                   Kind::name);
  }
  bindings_.bind("server", profile_.server);
  if (!profile_.password.empty()) bindings_.bind("password", profile_.password);
  for (const auto& [name, value] : profile_.announced()) bindings_.bind("isupport." + name, value);
}

template <World W>
std::vector<std::size_t> Stage<W>::members(const std::vector<script::ClientIndex>& who) const {
  std::vector<std::size_t> indices;
  for (const script::ClientIndex decl : who) {
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      if (clients_[i].decl == decl) indices.push_back(i);
    }
  }
  return indices;
}

template <World W>
Duration Stage<W>::limit(const Client& client) const {
  const Duration usual = limit(std::nullopt);
  return client.registered ? usual : std::max(usual, registration_limit());
}

template <World W>
bool Stage<W>::connect(Client& client) {
  if (client.connection) world_.close(*client.connection);  // What a `leave fin` has left open.
  const std::optional<std::uint32_t> rcvbuf = declared(client).rcvbuf;
  client.connection = world_.connect({.source = client.source, .rcvbuf_bytes = rcvbuf});
  client.outgoing.clear();
  client.owed_pong.clear();
  client.paused = client.mute = false;
  client.bytes_per_second.reset();
  client.left = client.fin_sent = client.registered = client.mid_line = false;
  client.stalled = false;
  client.said = {};
  client.fence = FenceResult::none;
  if (client.inbox.line_count() > 0) client.former.push_back(std::move(client.inbox));
  client.inbox = Inbox();
  client.welcome_end = client.cursor = client.barrier = 0;
  if (!ordered_) client.ordered_end = 0;
  if (!client.connection) transcript_.note(client.name + ": no connection: " + world_.why_not());
  return client.connection.has_value();
}

template <World W>
void Stage<W>::count_boundary(Client& client) {
  switch (client.fence) {
    case FenceResult::none:
    case FenceResult::ended:
      break;
    case FenceResult::proved:
      ++boundary_counts_.proved;
      break;
    case FenceResult::witnessed:
      ++boundary_counts_.witnessed;
      break;
    case FenceResult::requested:
      ++boundary_counts_.requested;
      break;
    case FenceResult::refuted:
      ++boundary_counts_.refuted;
      break;
  }
  client.fence = FenceResult::none;
}

template <World W>
Boundaries Stage<W>::boundaries() const {
  if (boundary_counts_.requested > 0) return Boundaries::requested;
  if (boundary_counts_.witnessed > 0) return Boundaries::witnessed;
  return boundary_counts_.proved > 0 ? Boundaries::proved : Boundaries::none;
}

template <World W>
std::vector<std::string> Stage<W>::segments_of_send(std::vector<std::string> written) {
  constexpr std::uint64_t kCutsMax = 10'000;  // Behind so many a play's sends are left whole.
  ++sends_;
  for (const std::string& segment : written) bytes_of_sends_ += segment.size();
  if (cut_.kind == Cut::Kind::as_written) return written;
  const Cut whole{.kind = Cut::Kind::whole};
  std::vector<std::string> segments =
      recut(std::move(written), cuts_ < kCutsMax ? cut_ : whole, sends_);
  cuts_ += segments.size() - 1;
  if (cut_.kind == Cut::Kind::whole) {
    const std::vector<std::size_t> points = conform::cut_points(segments.front());
    cut_points_.insert(points.begin(), points.end());
  }
  return segments;
}

template <World W>
void Stage<W>::say(Client& client, std::string_view bytes, bool more) {
  transcript_.sent(client.name, bytes);
  if (client.open()) client.said.say(bytes);
  send(client, bytes, more);
}

template <World W>
void Stage<W>::send(Client& client, std::string_view bytes, bool more) {
  if (bytes.empty() || !client.connection || client.fin_sent) return;
  count_boundary(client);
  client.outgoing += bytes;
  client.mid_line = bytes.back() != '\n';
  flush(client, more);
  if (!more) pay_pong(client);
}

template <World W>
void Stage<W>::send_urgent(Client& client, std::string_view bytes) {
  if (!client.connection || client.fin_sent) return;
  world_.send_urgent(*client.connection, bytes);
}

template <World W>
void Stage<W>::flush(Client& client, bool more) {
  while (client.connection && !client.outgoing.empty()) {
    const IoResult result = world_.send(*client.connection, client.outgoing, more);
    if (result.kind == IoResult::Kind::would_block) return;
    if (result.kind != IoResult::Kind::done) {
      // The reason is read from the receiving side, behind what is still to be had there.
      client.outgoing.clear();
      return;
    }
    client.outgoing.erase(0, result.bytes);
  }
}

template <World W>
void Stage<W>::fin(Client& client) {
  if (!client.connection || client.fin_sent) return;
  count_boundary(client);
  flush(client, true);
  client.fin_sent = true;
  world_.fin(*client.connection);
}

template <World W>
void Stage<W>::rst(Client& client) {
  if (!client.connection) return;
  world_.rst(*client.connection);
  end_order();
  client.connection.reset();
  client.left = true;
}

template <World W>
void Stage<W>::close(Client& client) {
  if (!client.connection) return;
  if (!client.inbox.closed()) receive(client, true);
  close_dirty(client);
}

template <World W>
void Stage<W>::close_dirty(Client& client) {
  if (!client.connection) return;
  flush(client, true);
  world_.close(*client.connection);
  end_order();
  client.connection.reset();
  client.left = true;
}

// There is no connection any more by which to see whether the server has noticed.
template <World W>
void Stage<W>::end_order() {
  if (!std::exchange(ordered_, false)) return;
  for (Client& client : clients_) client.ordered_end = client.inbox.line_count();
}

template <World W>
void Stage<W>::depart() {
  for (Client& client : clients_) {
    if (!client.open()) continue;
    client.paused = false;
    client.bytes_per_second.reset();
    client.fence = FenceResult::none;  // Good-bye is no segment of the script.
    if (client.registered && !client.mid_line) send(client, "QUIT\r\n", true);
    if (flushed(client)) fin(client);
  }
}

template <World W>
bool Stage<W>::departed() const {
  return std::ranges::none_of(clients_, [](const Client& client) { return client.open(); });
}

template <World W>
void Stage<W>::pass_barrier(Client& client, std::size_t line) {
  client.barrier = line;
  client.fence = FenceResult::none;
}

template <World W>
void Stage<W>::watch(std::vector<Watch>& watches) {
  watched_.clear();
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    const Client& client = clients_[i];
    if (!client.connection) continue;
    const bool resting = client.bytes_per_second && world_.now() < client.read_again;
    if (resting) wake_at(client.read_again);
    watches.push_back({.connection = *client.connection,
                       .want_write = !client.outgoing.empty(),
                       .paused = client.paused || resting || client.inbox.closed()});
    watched_.push_back(i);
  }
}

template <World W>
void Stage<W>::pump(std::span<const Watch> watches) {
  for (std::size_t i = 0; i < watches.size(); ++i) {
    Client& client = clients_[watched_[i]];
    if (!watches[i].ready || !client.connection) continue;
    flush(client, false);
    if (!watches[i].paused) receive(client, false);
  }
}

template <World W>
void Stage<W>::receive(Client& client, bool all) {
  // Bounded for each turn, so that one client's flood does not keep the others waiting.
  constexpr int kReadsOfATurn = 8;
  constexpr int kReadsOfAll = 1 << 14;  // A server that never stops sending is not waited for.
  std::array<char, 16384> buffer;
  std::span<char> room = buffer;
  if (client.bytes_per_second) {
    constexpr std::uint64_t kTicksOfASecond = 100;
    const std::uint64_t bytes =
        std::max<std::uint64_t>(*client.bytes_per_second / kTicksOfASecond, 1);
    room = room.first(std::min<std::size_t>(room.size(), bytes));
  }
  for (int reads = 0; reads < (all ? kReadsOfAll : kReadsOfATurn); ++reads) {
    if (client.inbox.footprint_bytes() > kReceivedBytesMax) {
      transcript_.note(client.name + " reads no more: the server has sent too much");
      client.paused = true;
      return;
    }
    const IoResult result = world_.recv(*client.connection, room);
    if (result.kind == IoResult::Kind::would_block) return;
    ++arrivals_;
    if (result.kind != IoResult::Kind::done) {
      const bool eof = result.kind == IoResult::Kind::eof;
      client.inbox.end(eof ? StreamEnd::eof : StreamEnd::reset);
      silenced_ |= !client.owed_pong.empty();
      if (!client.inbox.unfinished().empty()) {
        transcript_.received(client.name, client.inbox.unfinished());
      }
      transcript_.event(client.name + (eof ? " < eof" : " < reset"));
      client.outgoing.clear();
      return;
    }
    const std::size_t before = client.inbox.line_count();
    client.inbox.append({room.data(), result.bytes});
    for (std::size_t line = before; line < client.inbox.line_count(); ++line) {
      serve_line(client, line);
    }
    if (client.bytes_per_second) {
      const auto rate = static_cast<double>(*client.bytes_per_second);
      const std::chrono::duration<double> time(static_cast<double>(result.bytes) / rate);
      client.read_again = world_.now() + std::chrono::duration_cast<Duration>(time);
      return;
    }
  }
}

template <World W>
void Stage<W>::serve_line(Client& client, std::size_t line) {
  const std::string_view text = client.inbox.text(line);
  const ServerPing ping = server_ping(text);
  const auto asked = std::ranges::find_if(client.barrier_tokens, [&](const BarrierToken& token) {
    return text.find(token.text) != std::string_view::npos;
  });
  const bool barrier = asked != client.barrier_tokens.end();
  if (!barrier || !asked->passed) client.said.hear();
  // What was sent once may be answered once.
  if (barrier && barrier_answered(Barrier::ping, asked->text, text)) {
    if (asked->answered) client.answered_again.emplace_back(text);
    asked->answered = true;
  }
  client.inbox.line(line).echo = !client.last_pong.empty() && text == client.last_pong;
  client.inbox.line(line).housekeeping = barrier || ping.is_ping;
  if (!barrier) transcript_.received(client.name, client.inbox.raw(line));
  const irc::ParseResult parsed = irc::parse_message(text);
  client.registered |= parsed && parsed.message.command == "001";
  // What we asked ourselves is an echo: to answer it would be to answer for the server.
  if (!ping.is_ping || barrier || client.mute || client.fin_sent) return;
  client.last_pong = "PONG :" + ping.token;
  client.owed_pong += client.last_pong + "\r\n";
  pay_pong(client);
}

// An answer to the server is no segment of the script: it leaves the boundaries alone, and it waits
// for the end of a line that the script has begun.
template <World W>
void Stage<W>::pay_pong(Client& client) {
  if (client.owed_pong.empty() || client.mid_line || client.fin_sent) return;
  client.outgoing += std::exchange(client.owed_pong, {});
  flush(client, false);
}

template <World W>
void Stage<W>::wake_at(TimePoint time) {
  wake_ = wake_ ? std::min(*wake_, time) : time;
}

template <World W>
std::optional<TimePoint> Stage<W>::take_wake() {
  return std::exchange(wake_, std::nullopt);
}

template class Stage<KernelWorld>;
template class Stage<SimWorld>;

}  // namespace conform
