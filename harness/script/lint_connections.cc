#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/script/lint_rules.h"
#include "harness/script/print_text.h"
#include "harness/script/walk.h"

namespace conform::script {

namespace {

enum class Link : std::uint8_t {
  unsure,  // Differs between alternatives, or a problem was told already.
  absent,  // Not connected yet, or closed by the client itself.
  open,
  half_closed,  // Has sent its FIN and reads on.
  ended,        // The client has seen the end.
};

// What is known of one client between two steps.
struct State {
  Link link = Link::open;
  bool unterminated = false;
  bool paused = false;
};
using States = std::vector<State>;

// What one client has seen in the steps above, in whichever alternative.
struct Seen {
  bool anything = false;  // Something expected; a sync counts.
  std::set<std::string> commands;
  bool any_command = false;  // One of them was a regular expression.
};

// After one of two ways.
State merge(const State& a, const State& b) {
  return {a.link == b.link ? a.link : Link::unsure, a.unterminated && b.unterminated,
          a.paused && b.paused};
}

// What the server itself says; any other command that is not a numeric is relayed from a client.
constexpr auto kReplies = std::to_array<std::string_view>(
    {"AUTHENTICATE", "CAP", "ERROR", "FAIL", "NOTE", "PING", "PONG", "WARN"});

bool is_relayed(const std::string& command) {
  return !is_digit(command.front()) && std::ranges::find(kReplies, command) == kReplies.end();
}

// The commands that `part` may be, as they are printed; none for a regular expression.
std::set<std::string> commands_of(const Part& part) {
  std::set<std::string> commands;
  if (const auto* exactly = std::get_if<Exactly>(&part)) commands.insert(print_word(exactly->text));
  if (const auto* either = std::get_if<Either>(&part)) {
    for (const Text& word : either->words) commands.insert(print_word(word));
  }
  return commands;
}

bool ends_line(const Text& text) {
  if (text.empty()) return false;
  const auto* literal = std::get_if<std::string>(&text.back());
  const auto* repeated = std::get_if<Repeated>(&text.back());
  if (repeated != nullptr) literal = &repeated->unit;
  const auto* repeated_by = std::get_if<RepeatedBy>(&text.back());
  if (repeated_by != nullptr) literal = &repeated_by->unit;
  return literal != nullptr && literal->ends_with('\n');
}

class ConnectionLint {
 public:
  explicit ConnectionLint(const Subject& subject)
      : subject_(subject), seen_(subject.item.clients.size()) {
    states_.resize(subject.item.clients.size());
    for (client_ = 0; client_ < states_.size(); ++client_) {
      const bool absent = subject.item.clients[client_].start == ClientDecl::Start::absent;
      become(absent ? Link::absent : Link::open);
    }
  }

  void go(const Steps& steps) {
    for (const Step& step : steps) {
      const auto lists = lists_of(step.action);
      if (is_choice(step.action)) {
        go_either(lists);
      } else if (!lists.empty()) {
        go(*lists.front());
      } else {
        look_at(step);
      }
    }
  }

 private:
  void look_at(const Step& step) {
    step_ = &step;
    for (const ClientIndex client : step.who) {
      client_ = client;
      std::visit([this](const auto& action) { visit(action); }, step.action);
    }
  }

  // Each list is one way from here on.
  void go_either(const std::vector<const Steps*>& lists) {
    if (lists.empty()) return;
    const States before = states_;
    States merged;
    for (const Steps* list : lists) {
      states_ = before;
      go(*list);
      if (merged.empty()) merged = states_;
      for (std::size_t i = 0; i < merged.size(); ++i) merged[i] = merge(merged[i], states_[i]);
    }
    states_ = std::move(merged);
  }

  template <class Plain>
  void visit(const Plain&) {}
  void visit(const Send& send) {
    if (!may_send()) return;
    state().unterminated = !send.bare && !ends_line(send.segments.back());
  }
  void visit(const Urgent& urgent) {
    if (may_send()) state().unterminated = !ends_line(urgent.data);
  }
  void visit(const Register&) { may_send(); }
  void visit(const Fin&) {
    if (must_be_connected()) become(Link::half_closed);
  }
  void visit(const Rst&) { leave(); }
  void visit(const Close&) { leave(); }
  void visit(const Leave&) { leave(); }
  void visit(const Connect&) {
    if (state().link == Link::open) fail(Fault::already_connected);
    state() = State{};
    become(Link::open);
  }
  void visit(const Mute&) { must_be_connected(); }
  void visit(const Pause&) {
    if (must_be_connected()) state().paused = true;
  }
  void visit(const Resume&) { state().paused = false; }
  void visit(const Sync&) {
    seen_[client_].anything = true;
    if (state().link == Link::half_closed) return fail(Fault::sync_half_closed);
    if (!may_send() || subject_.doubts(client_)) return;
    if (state().unterminated) fail(Fault::sync_unterminated);
    if (state().paused) fail(Fault::sync_paused);
  }
  void visit(const Expect& expect) {
    if (!must_be_connected()) return;
    const auto* event = std::get_if<Event>(&expect.pattern);
    const bool silence = event != nullptr && *event == Event::silence;
    if (expect.mode == Expect::Mode::never || silence) return check_control(expect.pattern);
    seen_[client_].anything = true;
    if (const auto* message = std::get_if<MessagePattern>(&expect.pattern)) {
      seen_[client_].commands.merge(commands_of(message->command));
      if (std::holds_alternative<Regex>(message->command)) seen_[client_].any_command = true;
    } else if (event != nullptr && *event != Event::registered) {
      become(Link::ended);
    }
  }

  void check_control(const Pattern& pattern) {
    if (subject_.doubts(client_)) return;
    const auto* message = std::get_if<MessagePattern>(&pattern);
    const auto commands =
        message == nullptr ? std::set<std::string>{} : commands_of(message->command);
    const bool relayed = !commands.empty() && std::ranges::all_of(commands, is_relayed);
    if (!relayed) {
      if (!seen_[client_].anything) fail(Fault::no_control);
      return;
    }
    const auto seen = [this](const std::string& command) {
      return seen_[client_].any_command || seen_[client_].commands.contains(command);
    };
    if (std::ranges::none_of(commands, seen)) {
      subject_.problems.add(step_->span, Fault::no_control_of_command, name(), *commands.begin());
    }
  }

  // A client of which something could not be read is in any state.
  void become(Link link) { state().link = subject_.doubts(client_) ? Link::unsure : link; }

  void leave() {
    if (must_be_connected()) become(Link::absent);
  }

  // Whether the client has a connection, be it half closed or at its end. What is wrong is told
  // once for each connection.
  bool must_be_connected() { return state().link != Link::absent || give_up(Fault::not_connected); }

  bool may_send() {
    if (state().link == Link::half_closed) return give_up(Fault::sends_after_fin);
    if (state().link == Link::ended) return give_up(Fault::sends_after_end);
    return must_be_connected();
  }

  bool give_up(Fault fault) {
    fail(fault);
    state().link = Link::unsure;
    return false;
  }

  void fail(Fault fault) { subject_.problems.add(step_->span, fault, name()); }
  const std::string& name() const { return subject_.item.clients[client_].name; }
  State& state() { return states_[client_]; }

  const Subject& subject_;
  States states_;
  std::vector<Seen> seen_;
  const Step* step_ = nullptr;
  ClientIndex client_ = 0;
};

}  // namespace

void lint_connections(const Subject& subject) {
  ConnectionLint(subject).go(subject.item.steps);
}

}  // namespace conform::script
