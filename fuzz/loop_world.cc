#include "fuzz/loop_world.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <utility>

namespace fuzz {
namespace {

using std::chrono::seconds;

// More than faults can make of the work that one settle has.
constexpr std::uint64_t kRoundsMax = 20'000;
// More than a loop needs for what has been read in part when there are no faults.
constexpr std::uint64_t kQuietRoundsMax = 1'000;

// As long as anything takes that waits for time; more is a jump of the clock.
constexpr irc::Duration kLongestWait = seconds(40);

// More than it takes until all lines of an input have been taken that are held for their pace.
constexpr int kPassesMax = 1'000;

constexpr int kManyDescriptors = 1000;

constexpr auto kSays = std::to_array<std::string_view>({
    "NICK a\r\n",
    "NICK b\r\nUSER u 0 * :r\r\n",
    "NICK c\r\nUSER u 0 * :r\r\n",
    "NICK d\r\nUSER u 0 * :r\r\nJOIN #x\r\n",
    "USER u 0 * :r\r\n",
    "PASS p\r\n",
    "JOIN #x,#y\r\n",
    "JOIN #x k\r\n",
    "JOIN 0\r\n",
    "PART #x\r\n",
    "PART #x,#y :gone\r\n",
    "PRIVMSG #x :text\r\n",
    "PRIVMSG b,c,#y :text\r\nNOTICE #x :text\r\n",
    "TAGMSG #x\r\n",
    "MODE #x +kb-k k b!*@*\r\n",
    "MODE #x +o b\r\nMODE #x -o+v c c\r\n",
    "MODE #x +nti\r\nMODE #y +s\r\n",
    "MODE #x -nti\r\n",
    "MODE #x +l 2\r\nMODE #x -l\r\n",
    "MODE a +iw\r\n",
    "KICK #x b,c,a :out\r\n",
    "KICK #y d\r\n",
    "INVITE c #x\r\n",
    "TOPIC #y :topic\r\nTOPIC #x\r\n",
    "NAMES #x\r\nNAMES #y\r\n",
    "WHO #x\r\nLIST\r\nWHOIS b\r\nWHOWAS c\r\nMOTD\r\nLUSERS\r\n",
    "AWAY :not here\r\n",
    "AWAY\r\n",
    "USERHOST a b c\r\nISON a b c\r\n",
    "OPER o p\r\n",
    "OPER o wrong\r\n",
    "KILL b :x\r\n",
    "KILL c :\r\n",
    "WALLOPS :text\r\n",
    "CAP LS 302\r\n",
    "CAP END\r\n",
    "QUIT :x\r\nJOIN #z\r",
    "QUIT\r\n",
    "PONG x\r\n",
    "\n",
    "\r\n\r\n\r\n",
    "PRIVMSG b :half",
    "PRIVMSG b :nul \0 nul\r\n",
    "\xff\xfe\r\n",
    "BOGUS\r\n",
    ":someone PRIVMSG #x :text\r\n",
    "@a=b PRIVMSG #x :text\r\n",
});

}  // namespace

irc::SimFaults transparent_faults() {
  return {.short_read = 0.3,
          .short_write = 0.3,
          .would_block = 0.2,
          .spurious = 0.1,
          .interrupted = 0.1};
}

irc::SimFaults all_faults() {
  irc::SimFaults faults = transparent_faults();
  faults.reset = 0.01;
  faults.aborted = 0.1;
  return faults;
}

irc::ServerConfig stress_config() {
  irc::ServerConfig config;
  config.name = "s.x";
  config.motd = {"a line", "another"};
  config.operators = {{"o", "p"}};
  config.sendq_bytes_max = 4096;
  config.registration_timeout = seconds(20);
  config.ping_interval = seconds(20);
  config.ping_timeout = seconds(20);
  return config;
}

LoopWorld::LoopWorld(const LoopSetup& setup)
    : net_(setup.seed, setup.faults, setup.limits),
      server_(setup.config),
      loop_(net_, server_, net_.listen(), -1, setup.loop),
      clients_(kClients),
      has_bot_(setup.config.bot.has_value()),
      steady_(setup.steady),
      paced_(setup.loop.pace.has_value()),
      farewell_(setup.loop.farewell),
      pings_kind_(setup.pings) {
  CHECK(!steady_ || farewell_ <= kLongestWait);
}

LoopWorld::Client& LoopWorld::any_client(const Choose& choose) {
  return clients_[choose(clients_.size())];
}

void LoopWorld::connect(Client& client) {
  const auto peer = net_.connect("h");
  if (!peer) return;
  client = Client{.peer = *peer,
                  .number = transcripts_.size(),
                  .judge = ClientJudge(pings_kind_),
                  .open = true};
  transcripts_.emplace_back();
}

void LoopWorld::act(const Choose& choose) {
  if (steady_) net_.advance_to(net_.now() + std::chrono::microseconds(1));
  Client& client = any_client(choose);
  if (!client.open) return connect(client);
  switch (choose(32)) {
    case 0:
      return leave(client, Record::kClose);
    case 1:
      return leave(client, Record::kReset);
    case 2:
      return end_lines(client);
    case 3:
      client.hears_all = false;
      return net_.peer_receive_buffer(client.peer, std::size_t{1} << choose(17));
    case 4:
      client.hears_all = false;
      client.reads = !client.reads;
      return;
    case 5:
      return pass(conform::script::kPauses[choose(conform::script::kPauses.size())]);
    case 6:
      return limit_descriptors(static_cast<int>(1 + choose(kClients + 2)));
    case 7:
      return limit_descriptors(kManyDescriptors);
    case 8:
      return say(client, std::string(1 + choose(2000), 'x'));
    case 9:
      return say(client, "PRIVMSG #x :" + std::string(choose(600), 'y') + "\r\n");
    case 10:
    case 11:
      return say(client, "PING " + next_token() + "\r\n");
    case 12: {
      std::string lines;
      for (std::uint64_t i = choose(20); i-- > 0;) lines += kSays[choose(kSays.size())];
      return say(client, lines);
    }
    default: {
      const std::string_view text = kSays[choose(kSays.size())];
      // Most lines whole, some in pieces: what is missing never comes.
      return say(client, choose(8) == 0 ? text.substr(0, choose(text.size() + 1)) : text);
    }
  }
}

void LoopWorld::perform(const Record& record, std::size_t cut_bytes) {
  if (steady_) net_.advance_to(net_.now() + std::chrono::microseconds(1));
  Client& client = clients_[record.client];
  switch (record.kind) {
    case Record::kFin:
      return end_lines(client);
    case Record::kClose:
    case Record::kReset:
      return leave(client, record.kind);
    case Record::kReads:
      client.hears_all = false;
      client.reads = !client.reads;
      return;
    case Record::kPass:
      return pass(conform::script::pause_of(record));
    case Record::kRoom:
      if (client.open) {
        client.hears_all = false;
        net_.peer_receive_buffer(client.peer, std::size_t{1} << record.number(16));
      }
      return;
    case Record::kDescriptors:
      return limit_descriptors(static_cast<int>(1 + record.number(16)));
    case Record::kAtOnce:
      return;
    default:
      return say_cut(client, conform::script::said(record), cut_bytes);
  }
}

void LoopWorld::end_lines(Client& client) {
  if (!client.open) return;
  net_.peer_shutdown_write(client.peer);
  client.ended_lines = true;
}

void LoopWorld::leave(Client& client, char kind) {
  if (!client.open) return;
  if (kind == Record::kClose) {
    net_.peer_close(client.peer);
  } else {
    net_.peer_reset(client.peer);
  }
  client.open = false;
  // Its lines may still wait for their time, and a word to it, by which it is found to be gone,
  // would end them: when that comes is a matter of how the others' lines are cut.
  if (steady_) pass(farewell_);
}

void LoopWorld::say_cut(Client& client, std::string_view bytes, std::size_t cut_bytes) {
  if (!client.open) connect(client);
  while (client.open && !bytes.empty()) {
    const std::string_view piece =
        bytes.substr(0, cut_bytes == 0 ? std::string_view::npos : cut_bytes);
    say(client, piece);
    bytes.remove_prefix(piece.size());
    if (!bytes.empty()) settle();
  }
}

// A loop that has paused for want of descriptors cannot know that there are some again.
void LoopWorld::limit_descriptors(int count) {
  if (steady_) return;
  net_.limit_descriptors(count);
  pass(seconds(1));
}

// With a mark at the end of its token, as the kernel may take the line in part.
std::string LoopWorld::next_token() {
  return std::to_string(++tokens_) + ".";
}

void LoopWorld::say(Client& client, std::string_view bytes) {
  if (!bytes.empty()) net_.peer_send(client.peer, bytes);
}

bool LoopWorld::read(Client& client) {
  std::array<char, 4096> in;
  bool some = false;
  while (client.open) {
    const irc::IoResult result = net_.peer_recv(client.peer, in);
    if (result.kind == irc::IoResult::Kind::would_block) return some;
    some = true;
    if (result.kind != irc::IoResult::Kind::done) {
      // Who is turned away is told once, and may not hear it.
      const bool let_in = client.hears_all && client.judge.registered();
      const bool ended = result.kind == irc::IoResult::Kind::eof;
      if (ended && let_in && !client.judge.told_to_go()) note("an end without ERROR");
      net_.peer_close(client.peer);
      client.open = false;
      return true;
    }
    const std::string_view heard(in.data(), result.bytes);
    transcripts_[client.number] += heard;
    client.judge.hear(heard);
    if (!client.judge.wrong().empty()) note(client.judge.wrong());
  }
  return some;
}

void LoopWorld::note(const std::string& what) {
  if (wrong_.empty()) wrong_ = "round " + std::to_string(rounds_) + ": " + what;
}

bool LoopWorld::round() {
  ++rounds_;
  loop_.run_round();
  check();
  bool read_some = false;
  for (Client& client : clients_) {
    if (client.open && client.reads) read_some |= read(client);
  }
  return !net_.idle() || read_some;
}

void LoopWorld::check() {
  server_.check();
  loop_.check();
  const auto connections = static_cast<int>(loop_.connections());
  if (net_.descriptors() != connections + 1) note("descriptors and connections differ");
}

void LoopWorld::settle() {
  for (std::uint64_t i = 0; i < kRoundsMax; ++i) {
    if (!round()) return;
  }
  note("the loop spins");
}

// The loop is woken whenever it wants to be, and at the end, unless the clock jumps.
void LoopWorld::pass(irc::Duration duration) {
  const bool jumps = duration > kLongestWait;
  const irc::TimePoint end = net_.now() + (jumps && steady_ ? kLongestWait : duration);
  if (!jumps || steady_) {
    for (settle(); net_.wake_at() && *net_.wake_at() <= end; settle()) {
      net_.advance_to(*net_.wake_at());
    }
  }
  if (jumps && !steady_) {
    for (Client& client : clients_) client.hears_all = false;  // The loop may give it up unheard.
  }
  net_.advance_to(end);
}

void LoopWorld::prepare_questions() {
  for (Client& client : clients_) {
    if (!client.open) continue;
    client.reads = true;
    net_.peer_receive_buffer(client.peer, 1 << 20);
    client.token = next_token();
    client.heard_before = transcripts_[client.number].size();
    client.question = "\r\nNAMES #x\r\nNAMES #y\r\nPING " + client.token + "\r\n";
  }
}

bool LoopWorld::ask() {
  bool taken = false;
  for (Client& client : clients_) {
    if (!client.open || client.ended_lines || client.question.empty()) continue;
    const irc::IoResult result = net_.peer_send(client.peer, client.question);
    if (result.kind != irc::IoResult::Kind::done) continue;
    client.question.erase(0, result.bytes);
    taken = true;
  }
  return taken;
}

void LoopWorld::hear_answers() {
  do {
    const std::uint64_t rounds_before = rounds_;
    settle();
    if (rounds_ - rounds_before > kQuietRoundsMax) note("the loop takes too many rounds");
  } while (ask());
}

// Who is not registered is told so; who is told to go may not be heard.
bool LoopWorld::is_answered(const Client& client) const {
  if (!client.open || client.judge.told_to_go()) return true;
  if (client.ended_lines) return false;
  if (client.judge.registered()) return client.judge.last_pong() == client.token;
  return transcripts_[client.number].size() > client.heard_before;
}

bool LoopWorld::all_answered() const {
  return std::ranges::all_of(clients_, [this](const Client& each) { return is_answered(each); });
}

void LoopWorld::finish() {
  net_.set_faults({});
  limit_descriptors(kManyDescriptors);
  prepare_questions();
  hear_answers();
  for (int i = 0; paced_ && i < kPassesMax && !all_answered(); ++i) {
    pass(kLongestWait);
    hear_answers();
  }
  if (!all_answered()) note("somebody is not answered");
  server_.for_each_output([this](irc::ConnId, std::string_view) { note("output is left"); });
  for (Client& client : clients_) {
    if (client.open) net_.peer_close(client.peer);
    client.open = false;
  }
  pass(kLongestWait);
  net_.advance_to(net_.now() + std::chrono::hours(1));
  settle();
  if (loop_.connections() != 0) note("connections are left");
  server_.tick(net_.now() + std::chrono::hours(1));
  if (server_.next_deadline().has_value() != has_bot_) note("a deadline is left");
}

}  // namespace fuzz
