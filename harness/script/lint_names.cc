#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/script/lint_rules.h"
#include "harness/script/print_text.h"
#include "harness/script/values.h"
#include "harness/script/walk.h"
#include "harness/script/words.h"

namespace conform::script {

namespace {

// A length no step may reach, so that sums cannot overflow.
constexpr std::uint64_t kEndless = 1ULL << 40;
// As long as a name may become whose text the script does not hold: one line.
constexpr std::uint64_t kUnknownBytes = 512;

struct Name {
  bool may_be_number = false;  // {name+1} makes sense.
  std::uint64_t bytes = kUnknownBytes;
  std::uint64_t value = kUnknownBytes;       // As a number, at most.
  const std::vector<Text>* words = nullptr;  // Of a loop, those it may be.
};
using Names = std::map<std::string, Name, std::less<>>;

class NameLint {
 public:
  explicit NameLint(const Subject& subject) : subject_(subject) {
    for (const ClientDecl& client : subject.item.clients) names_[client.name] = {};
  }

  void go() {
    go(subject_.item.steps);
    for (const ClientDecl& client : subject_.item.clients) {
      if (used_.contains(client.name) || subject_.doubt.about(client.name)) continue;
      subject_.problems.add(client.span, Fault::unused_client, client.name);
    }
  }

 private:
  void go(const Steps& steps) {
    for (const Step& step : steps) {
      for (const ClientIndex index : step.who) used_.insert(subject_.item.clients[index].name);
      step_ = &step;
      bytes_ = 0;
      std::visit([this](const auto& action) { visit(action); }, step.action);
    }
  }

  // Names made in `steps` are known in them only.
  void go_inside(const Steps& steps) {
    const std::size_t outside = made_.size();
    go(steps);
    for (; made_.size() > outside; made_.pop_back()) forget(made_.back());
  }

  void forget(const std::string& name) {
    names_.erase(name);
    left_.insert(name);
  }

  template <class Plain>
  void visit(const Plain&) {}
  void visit(const Send& send) {
    for (const Text& segment : send.segments) use(segment);
  }
  void visit(const Expect& expect) {
    std::visit([this](const auto& pattern) { expected(pattern); }, expect.pattern);
  }
  void visit(const Connect& connect) {
    if (connect.nick) use(*connect.nick);
  }
  void visit(const Urgent& urgent) { use(urgent.data); }
  void visit(const Let& let) {
    use(let.text);
    define(let.name, {true, bytes_, kUnknownBytes, nullptr});
  }
  void visit(const Glue& glue) { go(glue.steps); }
  void visit(const Unordered& unordered) { go(unordered.steps); }
  void visit(const Repeat& repeat) {
    if (repeat.times) use_as_number(*repeat.times);
    if (repeat.until_closed) used_.insert(subject_.item.clients[*repeat.until_closed].name);
    if (!repeat.name) return go(repeat.steps);
    const std::uint64_t most = repeat.count > 0 ? repeat.count : kUnknownBytes;
    // How many rounds it took is known behind it.
    if (repeat.until_bytes) {
      define(*repeat.name, {true, kUnknownBytes, kUnknownBytes, nullptr});
      return go(repeat.steps);
    }
    in_loop(*repeat.name, {true, kUnknownBytes, most, nullptr}, repeat.steps);
  }
  void visit(const For& loop) {
    std::uint64_t longest = 0;
    for (const Text& word : loop.words) {
      bytes_ = 0;
      use(word);
      longest = std::max(longest, bytes_);
    }
    in_loop(loop.name, {true, longest, kUnknownBytes, &loop.words}, loop.steps);
  }
  void visit(const Search& search) {
    in_loop(search.name, {true, kUnknownBytes, search.to, nullptr}, search.steps);
  }
  void visit(const Leave& leave) {
    use(leave.how);
    const auto* ref = leave.how.size() == 1 ? std::get_if<NameRef>(&leave.how.front()) : nullptr;
    if (ref == nullptr) return check_way(leave.how);
    const auto known = names_.find(ref->name);
    if (known == names_.end() && !is_built_in_name(ref->name)) return;  // Told already.
    const bool loops = known != names_.end() && known->second.words != nullptr;
    if (!loops || ref->adjust != 0) return check_way(leave.how);
    for (const Text& word : *known->second.words) check_way(word);
  }
  void visit(const OneOf& one_of) {
    for (const Alternative& alternative : one_of.alternatives) go_inside(alternative.steps);
  }
  void visit(const If& fork) {
    go_inside(fork.then_steps);
    go_inside(fork.else_steps);
  }

  void check_way(const Text& word) {
    const auto* literal = word.size() == 1 ? std::get_if<std::string>(&word.front()) : nullptr;
    if (literal != nullptr && value_of(kWays, *literal)) return;
    subject_.problems.add(step_->span, Fault::bad_way, print_word(word));
  }

  void in_loop(const std::string& name, Name value, const Steps& steps) {
    const bool defined = define(name, value);
    go(steps);
    if (defined) forget(name);
  }

  void expected(Event) {}
  void expected(const RawPattern& raw) {
    if (const auto* text = std::get_if<Text>(&raw.bytes)) use(*text);
  }
  // What is captured is known from the next step on.
  void expected(const MessagePattern& message) {
    for (const TagPattern& tag : message.tags) {
      if (tag.value) use(*tag.value);
    }
    std::vector<const Part*> parts{&message.command};
    if (message.source) parts.push_back(&*message.source);
    for (const Part& param : message.params) parts.push_back(&param);
    for (const Part* part : parts) use(*part);
    for (const Part* part : parts) {
      if (const auto* capture = std::get_if<Capture>(part)) define(*capture);
    }
  }

  void use(const Part& part) {
    if (const auto* exactly = std::get_if<Exactly>(&part)) use(exactly->text);
    if (const auto* glob = std::get_if<Glob>(&part)) use(glob->text);
    if (const auto* either = std::get_if<Either>(&part)) {
      for (const Text& word : either->words) use(word);
    }
  }

  void use(const Text& text) {
    const bool was_short = bytes_ <= kStepBytesMax;
    for (const TextPart& part : text) {
      const auto add = [this](std::uint64_t bytes) { bytes_ = std::min(bytes_ + bytes, kEndless); };
      std::visit(Overloaded{
                     [&](const std::string& literal) { add(literal.size()); },
                     [&](const NameRef& ref) { add(use(ref)); },
                     [&](const Fill& fill) { add(fill.line_bytes); },
                     [&](const Repeated& part_of) { add(part_of.unit.size() * part_of.count); },
                     [&](const RepeatedBy& part_of) {
                       add(part_of.unit.size() * use_as_number(part_of.count));
                     },
                 },
                 part);
    }
    if (was_short && bytes_ > kStepBytesMax) {
      subject_.problems.add(step_->span, Fault::too_many_bytes);
    }
  }

  // How large it may be: a limit of the target, the turn of a loop, what a search tries.
  std::uint64_t use_as_number(const NameRef& ref) {
    NameRef number = ref;
    number.adjust = 1;
    use(number);
    const auto known = names_.find(ref.name);
    return known == names_.end() ? kUnknownBytes : known->second.value;
  }

  // How long what stands for it may be.
  std::uint64_t use(const NameRef& ref) {
    used_.insert(ref.name);
    const auto known = names_.find(ref.name);
    const bool built_in = is_built_in_name(ref.name);
    if (known == names_.end() && !built_in) {
      missing(ref);
      return 0;
    }
    const bool number = built_in ? ref.name.starts_with("isupport.") : known->second.may_be_number;
    if (ref.adjust != 0 && !number) {
      subject_.problems.add(ref.span, Fault::not_a_number, ref.name);
    }
    return built_in ? kUnknownBytes : known->second.bytes;
  }

  void missing(const NameRef& ref) {
    // Without its clients nothing is known of a case.
    if (subject_.item.clients.empty() || subject_.doubt.about(ref.name)) return;
    if (left_.contains(ref.name)) {
      subject_.problems.add(ref.span, Fault::name_out_of_scope, ref.name);
      return;
    }
    if (subject_.problems.full()) return;
    std::vector<std::string_view> known{"chan", "server", "password"};
    for (const auto& [name, unused] : names_) known.push_back(name);
    subject_.problems.add(ref.span, Fault::unknown_name, shown(ref.name),
                          suggestion(ref.name, known));
  }

  bool define(const std::string& name, Name value) {
    if (!names_.emplace(name, value).second) {
      subject_.problems.add(step_->span, Fault::name_taken, name);
      return false;
    }
    left_.erase(name);
    made_.push_back(name);
    return true;
  }

  void define(const Capture& capture) {
    const Step& step = *step_;
    const auto is_crowd = [this](ClientIndex i) { return subject_.item.clients[i].crowd > 1; };
    if (step.who.size() > 1 || std::ranges::any_of(step.who, is_crowd)) {
      subject_.problems.add(capture.span, Fault::capture_by_many);
    } else if (std::get<Expect>(step.action).mode == Expect::Mode::never) {
      subject_.problems.add(capture.span, Fault::capture_in_never);
    }
    if (names_.contains(capture.name)) {
      subject_.problems.add(capture.span, Fault::name_taken, capture.name);
    } else {
      define(capture.name, {});
    }
  }

  const Subject& subject_;
  Names names_;
  std::vector<std::string> made_;            // By captures, lets and loops, in order.
  std::set<std::string, std::less<>> left_;  // Names of blocks that have ended.
  std::set<std::string, std::less<>> used_;
  const Step* step_ = nullptr;
  std::uint64_t bytes_ = 0;  // Of the step so far.
};

}  // namespace

void lint_names(const Subject& subject) {
  NameLint(subject).go();
}

}  // namespace conform::script
