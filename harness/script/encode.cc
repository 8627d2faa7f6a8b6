#include "harness/script/encode.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/script/evaluate.h"
#include "harness/script/records.h"
#include "harness/script/walk.h"
#include "harness/script/words.h"

namespace conform::script {
namespace {

constexpr std::uint64_t kRoundsMax = 20;
// Of all loops together: one in another may turn and make no record.
constexpr std::size_t kStepsMax = 100'000;
constexpr std::size_t kBoundBytesMax = 4096;  // A text of a loop may hold itself twice.
constexpr std::uint64_t kLineBytes = 512;     // RFC 1459 2.3
constexpr std::string_view kCaptured = "x";

// Where a client of the case is in the world, and what it has done there.
struct Seat {
  std::optional<std::size_t> number;
  std::string nick;
  std::string entry;  // Said before anything else of it, or about it.
  bool reads = true;
  bool has_acted = false;
};

std::string registration(const std::string& nick) {
  return "NICK " + nick + "\r\nUSER u 0 * :r\r\n";
}

// A place for each client: its own where it can have it, else one that is left.
class Seating {
 public:
  explicit Seating(const std::vector<ClientDecl>& clients) : seats_(clients.size()) {
    for (std::size_t i = 0; i < clients.size(); ++i) take_own(clients[i], seats_[i]);
    for (std::size_t i = 0; i < clients.size(); ++i) {
      if (!seats_[i].number) take_any(clients[i], seats_[i]);
      enter(clients[i], seats_[i]);
    }
  }
  std::vector<Seat> take() && { return std::move(seats_); }

 private:
  static bool is_registered(const ClientDecl& client) {
    return client.start == ClientDecl::Start::registered;
  }

  void take(Seat& seat, std::size_t number) {
    if (number >= Record::kClients || taken_[number]) return;
    taken_[number] = true;
    seat.number = number;
  }
  void take_own(const ClientDecl& client, Seat& seat) {
    for (std::size_t i = 0; i < Record::kClients; ++i) {
      const bool fits = is_registered(client) == (i < Record::kRegistered);
      if (fits && client.name == nick_of(i)) take(seat, i);
    }
  }
  void take_any(const ClientDecl& client, Seat& seat) {
    const std::size_t first = is_registered(client) ? 0 : Record::kRegistered;
    for (std::size_t i = first; i < Record::kClients && !seat.number; ++i) take(seat, i);
  }
  static void enter(const ClientDecl& client, Seat& seat) {
    if (!seat.number) return;
    seat.nick = nick_of(*seat.number);
    if (!is_registered(client)) return;
    if (*seat.number >= Record::kRegistered) seat.entry = registration(seat.nick);
    for (const std::string& cap : client.caps) seat.entry += "CAP REQ :" + cap + "\r\n";
    if (client.oper) seat.entry += "OPER o p\r\n";
  }

  std::vector<Seat> seats_;
  std::array<bool, Record::kClients> taken_{};
};

class Encoder {
 public:
  explicit Encoder(const Case& item) : item_(item), seats_(Seating(item.clients).take()) {
    for (std::size_t i = 0; i < seats_.size(); ++i) {
      if (item.clients[i].start == ClientDecl::Start::raw) arriving_.push_back(&seats_[i]);
    }
  }

  void go(const Steps& steps) {
    for (const Step& step : steps) {
      if (is_spent()) return;
      ++steps_;
      if (step.who.empty()) {
        std::visit([this](const auto& action) { visit(action); }, step.action);
      }
      for (const ClientIndex client : step.who) {
        seat_ = &seats_[client];
        std::visit([this](const auto& action) { visit(action); }, step.action);
      }
    }
  }
  std::string take() && {
    arrive(nullptr);
    return std::move(records_);
  }

 private:
  bool is_spent() const { return records_.size() >= kRecordsBytesMax || steps_ >= kStepsMax; }

  // ---- What a client does.

  template <class Plain>
  void visit(const Plain&) {}
  void visit(const Send& send) {
    std::vector<std::string> segments;
    std::string line;
    for (const Text& segment : send.segments) {
      segments.push_back(bytes_of(segment, line));
      line += segments.back();
    }
    if (send.bare) segments.back() += "\r\n";
    const bool is_there_already = seat_->number && *seat_->number < Record::kRegistered &&
                                  segments == std::vector{"JOIN " + channel_of(1) + "\r\n"};
    if (!std::exchange(seat_->has_acted, true) && is_there_already) return;
    for (const std::string& segment : segments) say(segment);
  }
  void visit(const Urgent& urgent) { say(bytes_of(urgent.data, {})); }
  void visit(const Register&) { say(registration(seat_->nick)); }
  void visit(const Connect& connect) {
    if (connect.nick) seat_->nick = bytes_of(*connect.nick, {});
    seat_->reads = true;
    arriving_.push_back(seat_);
  }
  void visit(const Fin&) { act(Record::kFin); }
  void visit(const Rst&) { act(Record::kReset); }
  void visit(const Close&) { act(Record::kClose); }
  void visit(const Leave& leave) {
    switch (value_of(kWays, bytes_of(leave.how, {})).value_or(Way::close)) {
      case Way::quit:
        return quitting_.push_back(seat_);
      case Way::fin:
        return act(Record::kFin);
      case Way::rst:
        return act(Record::kReset);
      case Way::close:
      case Way::dirty:
        return act(Record::kClose);
    }
  }
  void visit(const Pause&) { read(false); }
  void visit(const Resume&) { read(true); }
  void visit(const Expect& expect) {
    const auto* message = std::get_if<MessagePattern>(&expect.pattern);
    if (message == nullptr) return;
    learn(message->command);
    if (message->source) learn(*message->source);
    for (const Part& param : message->params) learn(param);
  }

  // ---- What is nobody's.

  void visit(const Wait& wait) {
    leave_behind();
    arrive(nullptr);
    records_ += record_of(Record::kPass, 0, pause_text(wait.duration));
  }
  void visit(const Let& let) { bind(let.name, bytes_of(let.text, {})); }
  void visit(const Glue& glue) {
    arrive(nullptr);
    joins_ = Joins::next;
    go(glue.steps);
    arrive(nullptr);
    joins_ = Joins::none;
  }
  void visit(const Repeat& repeat) {
    std::uint64_t count = repeat.until_bytes ? kRoundsMax : repeat.count;
    if (repeat.times) {
      const auto times = number_of(*repeat.times, lookup());
      count = static_cast<std::uint64_t>(std::max<std::int64_t>(times.value_or(1), 0));
    }
    for (std::uint64_t turn = 1; turn <= std::min(count, kRoundsMax) && !is_spent(); ++turn) {
      if (repeat.name) names_[*repeat.name] = std::to_string(turn);
      go(repeat.steps);
    }
  }
  void visit(const For& loop) {
    const std::size_t turns = std::min<std::size_t>(loop.words.size(), kRoundsMax);
    for (std::size_t i = 0; i < turns && !is_spent(); ++i) {
      bind(loop.name, bytes_of(loop.words[i], {}));
      go(loop.steps);
    }
  }
  void visit(const Search& search) {
    const std::uint64_t most = std::max(search.from, search.to);
    names_[search.name] = std::to_string(std::clamp(kLineBytes, search.from, most));
    go(search.steps);
  }
  void visit(const Unordered& unordered) { go(unordered.steps); }
  void visit(const OneOf& one_of) {
    if (!one_of.alternatives.empty()) go(one_of.alternatives.front().steps);
  }
  void visit(const If& fork) { go(fork.then_steps); }

  // ---- Records.

  // Where the next record stands: by itself, first in a glue, or behind another in it.
  enum class Joins : std::uint8_t { none, next, previous };

  void say(std::string_view bytes) {
    if (!seat_->number || bytes.empty()) return;
    come(seat_);
    append(record_saying(*seat_->number, bytes));
  }
  void act(char kind) {
    if (!seat_->number) return;
    come(nullptr);
    append(record_of(kind, *seat_->number));
  }
  void read(bool reads) {
    if (std::exchange(seat_->reads, reads) != reads) act(Record::kReads);
  }

  // What precedes a record: others that leave or arrive, and the entries of those it is about.
  void come(const Seat* speaking) {
    seat_->has_acted = true;
    leave_behind();
    arrive(speaking);
    enter(*seat_);
    for (Seat* seat : std::exchange(named_, {})) enter(*seat);
  }
  void enter(Seat& seat) {
    const std::string entry = std::exchange(seat.entry, {});
    if (!entry.empty()) records_ += record_saying(*seat.number, entry);
  }
  // Who has connected comes by saying nothing; the last of them by what it says, if it speaks now.
  // In a glue both are records: one alone would be none.
  void arrive(const Seat* speaking) {
    std::vector<const Seat*> arriving = std::exchange(arriving_, {});
    const bool comes_speaking = !arriving.empty() && arriving.back() == speaking;
    if (comes_speaking && joins_ == Joins::none) arriving.pop_back();
    for (const Seat* seat : arriving) {
      if (seat->number) append(record_saying(*seat->number, {}));
    }
  }
  // Who leaves by QUIT when nothing else comes leaves as everybody does in the end.
  void leave_behind() {
    for (const Seat* seat : std::exchange(quitting_, {})) {
      if (seat->number) records_ += record_saying(*seat->number, "QUIT\r\n");
    }
  }
  void append(const std::string& record) {
    if (joins_ == Joins::previous) records_ += record_of(Record::kAtOnce, 0);
    if (joins_ == Joins::next) joins_ = Joins::previous;
    records_ += record;
  }

  // ---- Text.

  void bind(const std::string& name, std::string bytes) {
    bytes.resize(std::min(bytes.size(), kBoundBytesMax));
    names_[name] = std::move(bytes);
  }
  std::string bytes_of(const Text& text, std::string_view line_so_far) {
    return evaluate(text, lookup(), line_so_far).bytes;
  }
  Lookup lookup() {
    return [this](std::string_view name) { return std::optional(value_of_name(name)); };
  }
  std::string value_of_name(std::string_view name) {
    const auto known = names_.find(name);
    if (known != names_.end()) return known->second;
    const auto client = std::ranges::find(item_.clients, name, &ClientDecl::name);
    if (client == item_.clients.end()) return world_value(name);
    Seat& seat = seats_[static_cast<std::size_t>(client - item_.clients.begin())];
    if (!seat.entry.empty()) named_.push_back(&seat);
    return seat.number ? seat.nick : std::string(kCaptured);
  }
  void learn(const Part& part) {
    if (const auto* capture = std::get_if<Capture>(&part)) names_[capture->name] = kCaptured;
  }

  const Case& item_;
  std::vector<Seat> seats_;
  std::map<std::string, std::string, std::less<>> names_;  // Captures, lets, loops.
  Seat* seat_ = nullptr;                                   // Whose step it is.
  std::vector<Seat*> named_;                               // In what is about to be said.
  std::vector<const Seat*> quitting_;
  std::vector<const Seat*> arriving_;
  Joins joins_ = Joins::none;
  std::size_t steps_ = 0;
  std::string records_;
};

}  // namespace

std::string encode(const Case& item) {
  Encoder encoder(item);
  encoder.go(item.steps);
  return std::move(encoder).take();
}

}  // namespace conform::script
