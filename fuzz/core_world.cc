#include "fuzz/core_world.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "fuzz/reference_framer.h"

namespace fuzz {
namespace {

using std::chrono::seconds;

// Of the clients of a busy server: networks, and what is none.
constexpr std::array<std::string_view, Record::kClients> kHosts = {"h.x",
                                                                   "::1",
                                                                   "2001:db8::1",
                                                                   "2001:db8:0:0:5::",
                                                                   "2001:db8::2",
                                                                   "2001:db8:0:0:1:2:3:4",
                                                                   "1:2:3:4:5:6:7:8::9",
                                                                   "h.x"};

std::uint8_t first_byte(std::string_view bytes) {
  return bytes.empty() ? std::uint8_t{'0'} : static_cast<std::uint8_t>(bytes.front());
}

// Bits of the byte: 1 a bot, 2 UTF-8 only, 4 a password, 8 little room, 0x40 ASCII, 0x80 a busy
// server, with what is off by default, and clients that come from everywhere.
constexpr std::uint8_t kBusy = 0x80;

irc::ServerConfig config_of(std::uint8_t byte) {
  irc::ServerConfig config;
  config.name = "s.x";
  config.motd = {"a line", "another"};
  config.operators = {{"o", "p"}};
  config.sendq_bytes_max = (byte & 8U) != 0 ? 2000 : std::size_t{64} << 10U;
  if ((byte & 8U) != 0) {
    config.clients_max = 5;
    config.limits.channels_max = 2;
    config.limits.masks_max = 2;
  }
  if ((byte & 1U) != 0) config.bot = irc::BotConfig{.nick = "bot", .channels = {"#x"}, .seed = 1};
  config.utf8_only = (byte & 2U) != 0;
  if ((byte & 4U) != 0) config.password = "p";
  if ((byte & 0x40U) != 0) config.casemapping = irc::Casemapping::ascii;
  if ((byte & kBusy) != 0) {
    config.limits.nick_bytes_max = 100;  // A few fill a line.
    config.admin = irc::Admin{.location = "here", .organisation = "we", .email = "e@x"};
    config.capabilities_off = {"away-notify", "server-time"};
    config.sendq_all_bytes_max = std::size_t{100} << 10U;
    if ((byte & 8U) == 0) config.sendq_bytes_max = std::size_t{128} << 10U;
    config.clients_per_address_max = 3;
    config.failed_opers_max.reset();
    if ((byte & 0x40U) == 0) config.casemapping = irc::Casemapping::rfc1459_strict;
  }
  return config;
}

}  // namespace

CoreWorld::CoreWorld(std::string_view input)
    : input_(input),
      server_(config_of(first_byte(input))),
      has_bot_((first_byte(input) & 1U) != 0) {
  // Three that are registered and share a channel, so that every line of the input counts.
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string nick(1, "abc"[i]);
    say(clients_[i], "PASS p\nNICK " + nick + "\nUSER u 0 * :r\nJOIN #x\n");
    hear_all();
  }
  input.remove_prefix(std::min<std::size_t>(1, input.size()));
  while (const auto record = conform::script::take_record(input)) {
    perform(*record);
    server_.check();
    hear_all();
    if (verdict_) return;
  }
  finish();
}

void CoreWorld::perform(const Record& record) {
  Client& client = clients_[record.client];
  switch (record.kind) {
    case Record::kFin:
      if (client.open) server_.end_of_input(client.id, "Connection closed");
      return;
    case Record::kClose:
      if (client.open) disconnect(client);
      return;
    case Record::kReset:
      if (client.open) server_.on_frame(client.id, {.line = {}, .overlong = true}, now_);
      return;
    case Record::kReads:
      client.reads = !client.reads;
      return;
    case Record::kPass:
      return pass(seconds(10) * record.number(16));
    case Record::kRoom:
      return reconfigure(first_byte(record.text));
    case Record::kDescriptors:
      if (record.number(2) == 0) return server_.notify_operators("a notice");
      return server_.shut_down("Going down");
    case Record::kAtOnce:
      return;
    default:
      return say(client, conform::script::said(record));
  }
}

// What clients have under the old limits they keep, which State::check cannot know.
void CoreWorld::reconfigure(std::uint8_t byte) {
  const irc::ServerConfig before = config_of(first_byte(input_));
  irc::ServerConfig after = config_of(byte);
  after.sendq_bytes_max = before.sendq_bytes_max;
  after.limits.channels_max = before.limits.channels_max;
  has_bot_ = after.bot.has_value();
  server_.reconfigure(std::move(after), now_);
}

void CoreWorld::connect(Client& client) {
  const bool busy = (first_byte(input_) & kBusy) != 0;
  const auto place = static_cast<std::size_t>(&client - clients_.data());
  const std::string_view host = busy ? kHosts[place] : "h";
  if (server_.refusal(host)) return;
  client = Client{.id = irc::ConnId{++last_id_}, .open = true};
  server_.open(client.id, {.host = host, .secure = busy}, now_);
}

// Each line in memory of its own, so that reading past it is noticed.
void CoreWorld::say(Client& client, std::string_view bytes) {
  if (!client.open) connect(client);
  if (!client.open) return;
  for (const std::string& frame : irc::reference_frames(std::string(bytes) + "\n")) {
    const std::vector<char> line(frame.begin(), frame.end());
    const bool overlong = frame == irc::kOverlong;
    const std::string_view text = overlong ? "" : std::string_view(line.data(), line.size());
    server_.on_frame(client.id, {.line = text, .overlong = overlong}, now_);
  }
}

void CoreWorld::disconnect(Client& client) {
  server_.disconnected(client.id, "Connection closed");
  client.open = false;
}

void CoreWorld::pass(irc::Duration duration) {
  const irc::TimePoint end = now_ + duration;
  while (server_.next_deadline() && *server_.next_deadline() <= end) {
    now_ = std::max(now_, *server_.next_deadline());
    server_.tick(now_);
    hear_all();
    if (server_.next_deadline() && *server_.next_deadline() <= now_) {
      return fail(oracles::kAhead, "a deadline that is not due", "one that is");
    }
  }
  now_ = end;
}

void CoreWorld::hear_all() {
  for (Client& client : clients_) {
    if (client.open && client.reads) hear(client);
  }
}

void CoreWorld::hear(Client& client) {
  const std::string heard(server_.output(client.id));
  server_.sent(client.id, heard.size());
  transcript_ += std::to_string(static_cast<std::uint64_t>(client.id)) + heard;
  client.judge.hear(heard);
  if (!client.judge.wrong().empty()) {
    fail(oracles::kHeard, "lines that make sense", client.judge.wrong());
  }
  if (!server_.closing(client.id)) return;
  if (!client.judge.told_to_go()) fail(oracles::kGoodbye, "ERROR as its last line", heard);
  disconnect(client);
}

// Who is there, and whether it is heard, so that what was lost is missed. Who is not registered is
// told so.
void CoreWorld::ask(Client& client) {
  if (!client.open) return;
  say(client, "NAMES #x\nNAMES #y\nPING last\n");
  const bool hears_some = !server_.output(client.id).empty();
  hear(client);
  if (!client.open) return;
  const bool answered = client.judge.registered() ? client.judge.last_pong() == "last" : hears_some;
  if (!answered) fail(oracles::kAnswered, "an answer to its PING", client.judge.last_pong());
}

// All read again and ask; then all go.
void CoreWorld::finish() {
  for (Client& client : clients_) {
    if (!client.open) continue;
    client.reads = true;
    hear(client);
    ask(client);
  }
  for (Client& client : clients_) {
    if (client.open) disconnect(client);
  }
  server_.check();
  now_ += std::chrono::hours(1);
  server_.tick(now_);
  if (server_.next_deadline() && !has_bot_) {
    fail(oracles::kNothingLeft, "no deadline", "a deadline");
  }
}

void CoreWorld::fail(const Oracle& oracle, std::string expected, std::string actual) {
  if (verdict_) return;
  verdict_ = Finding{oracle, "the input \"" + escaped(input_) + "\"", std::move(expected),
                     escaped(actual)};
}

Verdict judge_core(std::string_view input) {
  const CoreWorld world(input);
  if (world.verdict() || input.size() % 4 != 0) return world.verdict();
  const CoreWorld again(input);
  if (again.transcript() == world.transcript()) return {};
  return Finding{oracles::kSameAgain, "the input \"" + escaped(input) + "\"",
                 escaped(world.transcript()), escaped(again.transcript())};
}

}  // namespace fuzz
