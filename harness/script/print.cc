#include "harness/script/print.h"

#include <fmt/format.h>

#include <utility>

#include "harness/script/print_headers.h"
#include "harness/script/print_text.h"
#include "harness/script/values.h"
#include "harness/script/words.h"

namespace conform::script {

namespace {

std::string print_send(const Send& send) {
  if (send.bare && send.segments.size() == 1)
    return fmt::format("> {}", print_bare(send.segments.front()));
  std::string out = "> ";
  for (const Text& segment : send.segments) {
    if (&segment != &send.segments.front()) out += " | ";
    out += print_parts(segment, Gap::blanks);
  }
  return out;
}

std::string print_connect(const Connect& connect) {
  std::string out(text_of(kVerbs, Verb::connect));
  if (connect.nick) out += fmt::format(" as {}", print_word(*connect.nick));
  return connect.tls ? out + " tls" : out;
}

std::string print_fact(const ServerFact& fact) {
  switch (fact.what) {
    case ServerFact::What::alive:
      return "server alive";
    case ServerFact::What::accepts:
      return "server accepts";
    case ServerFact::What::base:
      return "server base";
    case ServerFact::What::fds:
      return "server fds == base";
    case ServerFact::What::threads:
      return "server threads == base";
    case ServerFact::What::cpu:
      return fmt::format("server cpu < {}%", fact.limit);
    case ServerFact::What::rss:
      return fmt::format("server rss < base + {}", print_size(fact.limit));
    case ServerFact::What::sockets_closed:
      return "server sockets closed";
  }
  return {};
}

std::string print_repeat(const Case& item, const Repeat& repeat) {
  if (repeat.until_bytes) return fmt::format("repeat until {}", print_size(*repeat.until_bytes));
  std::string out = repeat.times ? fmt::format("repeat {}", print_name(*repeat.times))
                                 : fmt::format("repeat {}", repeat.count);
  if (repeat.name) out += fmt::format(" as {}", *repeat.name);
  if (repeat.until_closed) {
    out += fmt::format(" until {} closed", item.clients.at(*repeat.until_closed).name);
  }
  return out;
}

std::string print_for(const For& loop) {
  std::string out = fmt::format("for {} in", loop.name);
  for (const Text& word : loop.words) out += fmt::format(" {}", print_word(word));
  return out;
}

std::string print_alternative(const Alternative& alternative) {
  std::string out(text_of(kGrades, alternative.grade));
  if (!alternative.policy.empty()) out += fmt::format(" {}", quote(alternative.policy));
  return out;
}

// Prints steps line by line, each with its newline.
class StepPrinter {
 public:
  explicit StepPrinter(const Case& item) : item_(&item) {}

  void print(const Step& step) {
    who_ = &step.who;
    std::visit(*this, step.action);
  }
  std::string finish() && { return std::move(out_); }

  void operator()(const Send& send) { clients_line(print_send(send)); }
  void operator()(const Expect& expect) {
    const std::string within =
        expect.within ? fmt::format("within {} ", print_duration(*expect.within)) : "";
    line(within + fmt::format("{} {} {}", names(","), text_of(kModes, expect.mode),
                              script::print(expect.pattern)));
  }
  void operator()(const Connect& connect) { clients_line(print_connect(connect)); }
  void operator()(const Register&) { verb_line(Verb::enrol); }
  void operator()(const Fin&) { verb_line(Verb::fin); }
  void operator()(const Rst&) { verb_line(Verb::rst); }
  void operator()(const Close& close) { verb_line(Verb::close, close.dirty ? " dirty" : ""); }
  void operator()(const Mute&) { verb_line(Verb::mute); }
  void operator()(const Pause&) { verb_line(Verb::pause); }
  void operator()(const Resume& resume) {
    const auto rate = resume.bytes_per_second;
    verb_line(Verb::resume, rate ? fmt::format(" {}/s", print_size(*rate)) : "");
  }
  void operator()(const Urgent& urgent) {
    verb_line(Verb::urgent, fmt::format(" {}", print_parts(urgent.data, Gap::blanks)));
  }
  void operator()(const Sync&) { line(fmt::format("sync {}", names(" "))); }
  void operator()(const Wait& wait) { line(fmt::format("wait {}", print_duration(wait.duration))); }
  void operator()(const ServerFact& fact) { line(print_fact(fact)); }
  void operator()(const Let& let) {
    line(fmt::format("let {} = {}", let.name, print_parts(let.text, Gap::blanks)));
  }
  void operator()(const Glue& glue) { block("glue", glue.steps); }
  void operator()(const Repeat& repeat) { block(print_repeat(*item_, repeat), repeat.steps); }
  void operator()(const For& loop) { block(print_for(loop), loop.steps); }
  void operator()(const Unordered& unordered) { block("unordered", unordered.steps); }
  void operator()(const OneOf& one_of) {
    line("one-of");
    ++depth_;
    for (const Alternative& alternative : one_of.alternatives) {
      part(print_alternative(alternative), alternative.steps);
    }
    --depth_;
    line("end");
  }
  void operator()(const If& fork) {
    part(fmt::format("if {}", script::print(fork.condition)), fork.then_steps);
    if (!fork.else_steps.empty()) part("else", fork.else_steps);
    line("end");
  }

 private:
  std::string names(std::string_view separator) const {
    std::string out;
    for (const ClientIndex index : *who_) {
      if (!out.empty()) out += separator;
      out += item_->clients.at(index).name;
    }
    return out;
  }
  void line(std::string_view text) { out_.append(2 * depth_, ' ').append(text) += '\n'; }
  void clients_line(std::string_view text) { line(fmt::format("{} {}", names(","), text)); }
  void verb_line(Verb verb, std::string_view operands = "") {
    clients_line(fmt::format("{}{}", text_of(kVerbs, verb), operands));
  }
  void part(std::string_view first, const Steps& steps) {
    line(first);
    ++depth_;
    for (const Step& step : steps) print(step);
    --depth_;
  }
  void block(std::string_view first, const Steps& steps) {
    part(first, steps);
    line("end");
  }

  const Case* item_;
  const std::vector<ClientIndex>* who_ = nullptr;
  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string print(const Case& item) {
  StepPrinter printer(item);
  for (const Step& step : item.steps) printer.print(step);
  return fmt::format("{}---\n{}", print_headers(item), std::move(printer).finish());
}

std::string print(const Case& item, const Step& step) {
  StepPrinter printer(item);
  printer.print(step);
  std::string out = std::move(printer).finish();
  if (out.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace conform::script
