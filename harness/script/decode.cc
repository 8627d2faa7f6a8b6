#include "harness/script/decode.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "harness/script/print_text.h"
#include "harness/script/records.h"
#include "harness/script/walk.h"
#include "harness/script/words.h"
#include "harness/script/world_text.h"
#include "server/wire/casemap.h"
#include "server/wire/message.h"

namespace conform::script {
namespace {

// What a server that throttles takes at once (RFC 1459 8.10).
constexpr std::size_t kLinesAtOnce = 5;
constexpr Millis kUsualTimeout = std::chrono::minutes(5);
constexpr Millis kTimeoutMax = std::chrono::hours(1);
constexpr Millis kPauseMax = std::chrono::minutes(10);
constexpr std::string_view kBystander = "z";  // Is no client of the world.
constexpr std::string_view kTerminator = "\r\n";

enum class Link : std::uint8_t { absent, open, half_closed };

// One of the world's clients.
struct Player {
  Link link = Link::absent;
  bool reads = true;
  bool has_quit = false;  // Has said QUIT, and has to come again to say more.
  bool is_quitting = false;
  std::string line;       // Of which the terminator has not been said.
  std::size_t lines = 0;  // Said on this connection.
};

bool is_quit(std::string_view line) {
  const irc::ParseResult parsed = irc::parse_message(line);
  return parsed && irc::equal_ascii(parsed.message.command, "QUIT");
}

bool fits_glue(char kind) {
  return says(kind) || kind == Record::kFin || kind == Record::kClose || kind == Record::kReset;
}

Text literal(std::string text) {
  return {std::move(text)};
}

bool ends_line(const Text& text) {
  const auto* literal = std::get_if<std::string>(&text.back());
  return literal != nullptr && literal->ends_with('\n');
}

// What records do, as steps; clients by their numbers in the world.
class Players {
 public:
  Players() {
    for (std::size_t i = 0; i < Record::kRegistered; ++i) players_[i].link = Link::open;
  }

  void play(std::string_view records) {
    while (!records.empty()) play_group(records);
    for (std::size_t i = 0; i < players_.size(); ++i) {
      if (players_[i].link == Link::half_closed) leave(i, Rst{});
      if (players_[i].has_quit || players_[i].line.empty()) continue;
      if (players_[i].link == Link::open) say(i, kTerminator);
    }
  }
  Steps take_steps() { return std::move(steps_); }

  bool stays(std::size_t who) const { return players_[who].link == Link::open; }
  Millis paused() const { return paused_; }
  bool says_much() const { return says_much_; }

 private:
  // One record, or those that are one readiness event.
  void play_group(std::string_view& records) {
    Steps before = std::exchange(steps_, {});
    std::size_t acts = 0;
    for (bool goes_on = true; goes_on;) {
      const std::optional<Record> record = take_record(records);
      if (!record) break;
      const std::size_t steps = steps_.size();
      act(*record);
      if (steps_.size() > steps) ++acts;
      goes_on = fits_glue(record->kind) && take_at_once(records) && next_fits_glue(records);
    }
    Steps group = std::exchange(steps_, std::move(before));
    if (acts > 1) {
      add({.action = Glue{std::move(group)}});
    } else {
      std::ranges::move(group, std::back_inserter(steps_));
    }
    for (Player& player : players_) player.has_quit = player.is_quitting;
  }

  static bool next_fits_glue(std::string_view records) {
    const std::optional<Record> next = take_record(records);
    return next && fits_glue(next->kind);
  }

  void act(const Record& record) {
    const std::size_t who = record.client;
    switch (record.kind) {
      case Record::kFin:
        if (players_[who].link != Link::open) return;
        players_[who].link = Link::half_closed;
        return add(who, Fin{});
      case Record::kClose:
        return leave(who, Close{});
      case Record::kReset:
        return leave(who, Rst{});
      case Record::kReads:
        return read_or_not(who);
      case Record::kPass:
        return pass(std::min(pause_of(record), kPauseMax));
      case Record::kRoom:
      case Record::kDescriptors:
      case Record::kAtOnce:
        return;
      default:
        return say(who, said(record));
    }
  }

  void say(std::size_t who, std::string_view bytes) {
    Player& player = players_[who];
    if (bytes.empty() && player.link != Link::absent) return;
    if (player.has_quit) leave(who, Close{});
    if (player.link != Link::open) connect(who);
    if (bytes.empty()) return;
    for (const char byte : bytes) follow(player, byte);
    add(who, Send{.segments = {literal(std::string(bytes))}});
  }

  void connect(std::size_t who) {
    players_[who] = Player{.link = Link::open};
    add(who, Connect{});
  }

  template <class How>
  void leave(std::size_t who, How how) {
    Player& player = players_[who];
    if (player.link == Link::absent) return;
    player.link = Link::absent;
    player.has_quit = player.is_quitting = false;
    add(who, std::move(how));
  }

  void read_or_not(std::size_t who) {
    Player& player = players_[who];
    if (player.link == Link::absent) return;
    player.reads = !player.reads;
    if (player.reads) return add(who, Resume{});
    add(who, Pause{});
  }

  void pass(Millis pause) {
    paused_ += pause;
    add({.action = Wait{pause}});
  }

  void follow(Player& player, char byte) {
    if (byte != '\n') {
      player.line += byte;
      return;
    }
    const std::size_t end = std::min(player.line.find('\r'), player.line.size());
    player.is_quitting |= is_quit(std::string_view(player.line).substr(0, end));
    player.line.clear();
    says_much_ |= ++player.lines > kLinesAtOnce;
  }

  void add(Step step) { steps_.push_back(std::move(step)); }
  void add(std::size_t who, Action action) { add({.action = std::move(action), .who = {who}}); }

  std::array<Player, Record::kClients> players_{};
  Steps steps_;
  Millis paused_{};
  bool says_much_ = false;
};

// What the same client says in the middle of its line is a further segment of the step before.
Steps joined(Steps steps) {
  Steps out;
  for (Step& step : steps) {
    auto* send = std::get_if<Send>(&step.action);
    auto* before = out.empty() ? nullptr : std::get_if<Send>(&out.back().action);
    const bool goes_on = send != nullptr && before != nullptr && out.back().who == step.who &&
                         !ends_line(before->segments.back());
    if (goes_on) {
      before->segments.push_back(std::move(send->segments.front()));
    } else {
      out.push_back(std::move(step));
    }
  }
  return out;
}

// A send, so far in bytes of the world, as it would be written by hand.
void write(Send& send) {
  std::string said;
  for (Text& segment : send.segments) {
    const std::string bytes = std::get<std::string>(std::move(segment.front()));
    const std::size_t newline = said.rfind('\n');
    segment = world_text(bytes, said.size() - (newline == said.npos ? 0 : newline + 1));
    said += bytes;
  }
  auto* last = std::get_if<std::string>(&send.segments.front().back());
  if (send.segments.size() > 1 || last == nullptr || !last->ends_with(kTerminator)) return;
  Text text = send.segments.front();
  std::get<std::string>(text.back()).resize(last->size() - kTerminator.size());
  if (std::get<std::string>(text.back()).empty()) text.pop_back();
  if (fits_bare(text)) send = Send{.segments = {std::move(text)}, .bare = true};
}

using Named = std::array<bool, Record::kClients>;

void note_names(const Text& text, Named& named) {
  for (const TextPart& part : text) {
    const auto* ref = std::get_if<NameRef>(&part);
    for (std::size_t i = 0; ref != nullptr && i < named.size(); ++i) {
      named[i] |= ref->name == nick_of(i);
    }
  }
}

// Writes all sends, and notes who does something or is in a text.
void write(Steps& steps, Named& named) {
  for (Step& step : steps) {
    for (const ClientIndex client : step.who) named[client] = true;
    if (auto* glue = std::get_if<Glue>(&step.action)) write(glue->steps, named);
    auto* send = std::get_if<Send>(&step.action);
    if (send == nullptr) continue;
    write(*send);
    for (const Text& segment : send->segments) note_names(segment, named);
  }
}

Step step_of(std::vector<ClientIndex> who, Action action) {
  return {.action = std::move(action), .who = std::move(who)};
}

// The case around the steps: its clients, and what comes before and behind.
class Framing {
 public:
  Framing(const Players& players, const Named& named, Case& item) : item_(item) {
    for (std::size_t i = 0; i < Record::kClients; ++i) {
      if (!named[i]) continue;
      const bool registered = i < Record::kRegistered;
      index_[i] = item.clients.size();
      if (registered) members_.push_back(index_[i]);
      if (players.stays(i)) staying_.push_back(index_[i]);
      item.clients.push_back(
          {.name = nick_of(i),
           .start = registered ? ClientDecl::Start::registered : ClientDecl::Start::absent});
    }
    item.clients.push_back({.name = std::string(kBystander)});
  }

  void put(Steps steps) {
    join();
    seat(steps);
    std::ranges::move(steps, std::back_inserter(item_.steps));
    for (const ClientIndex client : staying_) {
      item_.steps.push_back(step_of({client}, Leave{literal("quit")}));
    }
    item_.steps.push_back(step_of({item_.clients.size() - 1}, Sync{}));
    for (const auto what : {ServerFact::What::sockets_closed, ServerFact::What::alive}) {
      item_.steps.push_back({.action = ServerFact{.what = what}});
    }
  }

 private:
  void join() {
    if (members_.empty()) return;
    const Text line{"JOIN ", NameRef{.name = "chan"}};
    const MessagePattern end{.command = Exactly{literal("366")}, .params = {AnyNumber{}}};
    item_.steps.push_back(step_of(members_, Send{.segments = {line}, .bare = true}));
    item_.steps.push_back(step_of(members_, Expect{.pattern = end}));
  }

  void seat(Steps& steps) const {
    for (Step& step : steps) {
      for (ClientIndex& client : step.who) client = index_[client];
      if (auto* glue = std::get_if<Glue>(&step.action)) seat(glue->steps);
    }
  }

  Case& item_;
  std::array<ClientIndex, Record::kClients> index_{};
  std::vector<ClientIndex> members_;  // Of {chan}.
  std::vector<ClientIndex> staying_;  // Until the end.
};

}  // namespace

Case decode(std::string_view records, std::string id) {
  Players players;
  players.play(records);
  Case item{.id = std::move(id),
            .title = "Whatever these clients do, the server serves the others and lets them go",
            .level = Level::robust,
            .citations = {{.source = "none", .quotation = "found by fuzzing"}}};
  if (players.says_much()) {
    item.requirements.push_back({.kind = Requirement::Kind::unthrottled});
  }
  if (players.paused() > Millis(0)) {
    item.tags = {"slow"};
    item.timeout = std::min(kUsualTimeout + players.paused(), kTimeoutMax);
  }
  Steps steps = joined(players.take_steps());
  Named named{};
  write(steps, named);
  Framing(players, named, item).put(std::move(steps));
  return item;
}

}  // namespace conform::script
