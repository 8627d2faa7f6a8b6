#include "harness/run/cause.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "server/wire/message.h"

namespace conform {
namespace {

struct Symptom {
  const script::Step* step;
  const std::vector<Client>& clients;

  // The action of the step, if it is one of that kind.
  template <class Action>
  const Action* action() const {
    return step == nullptr ? nullptr : std::get_if<Action>(&step->action);
  }
  // Whether one of those whose step it is has lost its connection.
  bool is_cut_off() const {
    return step != nullptr && std::ranges::any_of(clients, [this](const Client& client) {
             return client.cut_off() && std::ranges::count(step->who, client.decl) > 0;
           });
  }
};

// Empty if the step awaits no message, or one of several commands.
std::string_view awaited_command(const script::Step& step) {
  const auto* expect = std::get_if<script::Expect>(&step.action);
  if (expect == nullptr) return "";
  const auto* message = std::get_if<script::MessagePattern>(&expect->pattern);
  const auto* word = message == nullptr ? nullptr : std::get_if<script::Exactly>(&message->command);
  const bool is_literal = word != nullptr && word->text.size() == 1;
  const auto* command = is_literal ? std::get_if<std::string>(&word->text.front()) : nullptr;
  return command == nullptr ? std::string_view() : *command;
}

bool has_left(const Client& client) {
  return client.left || client.fin_sent;
}

bool has_quit(const Client& client) {
  return client.said.command() == "QUIT";
}

bool awaits(const Symptom& symptom, bool (*is_meant)(script::Event)) {
  const auto* expect = symptom.action<script::Expect>();
  if (expect == nullptr) return false;
  const auto* event = std::get_if<script::Event>(&expect->pattern);
  return event != nullptr && is_meant(*event);
}

// Whether anybody has had it, with whatever else in it than was awaited.
bool has_come(std::string_view command, const std::vector<Client>& clients) {
  return std::ranges::any_of(clients, [command](const Client& client) {
    for (std::size_t line = client.cursor; line < client.inbox.line_count(); ++line) {
      if (irc::parse_message(client.inbox.text(line)).message.command == command) return true;
    }
    return false;
  });
}

bool awaits_quit(const script::Step& step) {
  return awaited_command(step) == "QUIT";
}

// Whatever a block would have taken.
bool awaits_quit_only(const script::Step& step) {
  if (const auto* lines = std::get_if<script::Unordered>(&step.action)) {
    return std::ranges::all_of(lines->steps, awaits_quit);
  }
  if (const auto* one_of = std::get_if<script::OneOf>(&step.action)) {
    return std::ranges::all_of(one_of->alternatives, [](const script::Alternative& alternative) {
      return std::ranges::all_of(alternative.steps, awaits_quit);
    });
  }
  return awaits_quit(step);
}

// ---- The rules. Each gives its sentence, or nothing. ------------------------------------------

// Behind an overlong line the target is deaf: whatever is asked of it then goes unanswered.
std::string deaf(const Symptom& symptom) {
  if (symptom.action<script::ServerFact>() != nullptr) return "";
  const bool barrier = symptom.step == nullptr || symptom.action<script::Sync>() != nullptr;
  const bool found = std::ranges::any_of(symptom.clients, [barrier](const Client& client) {
    const bool asked = barrier || client.said.asked_since_overlong();
    return client.open() && asked && client.said.unheard_since_overlong();
  });
  return found ? "behind a line of more than 512 bytes the server answers nothing" : "";
}

// Whoever the case is about: the end of another's connection may end that of a bystander.
std::string dismissed(const Symptom& symptom) {
  const bool found = std::ranges::any_of(symptom.clients, [](const Client& client) {
    return client.registered && client.cut_off() && !has_quit(client) && client.said.answered() &&
           !was_told_why(client);
  });
  return found ? "a client whose lines were all answered loses its connection, and is not told why"
               : "";
}

std::string unwelcome(const Symptom& symptom) {
  const bool registers =
      symptom.action<script::Register>() != nullptr ||
      awaits(symptom, [](script::Event event) { return event == script::Event::registered; });
  const bool unwelcomed =
      registers && std::ranges::any_of(symptom.clients, [&](const Client& client) {
        return !client.registered && std::ranges::count(symptom.step->who, client.decl) > 0;
      });
  return unwelcomed ? "a client that comes later is not welcomed" : "";
}

std::string untold(const Symptom& symptom) {
  if (symptom.step == nullptr || !awaits_quit_only(*symptom.step)) return "";
  if (symptom.is_cut_off()) return "";
  if (has_come("QUIT", symptom.clients)) return "";
  const auto ended = [](const Client& client) { return has_left(client) && !has_quit(client); };
  if (std::ranges::any_of(symptom.clients, ended)) {
    return "no QUIT tells the peers of a client that its connection has ended";
  }
  const bool asked = std::ranges::any_of(symptom.clients, has_quit);
  return asked ? "no QUIT tells the peers of a client that it has sent one" : "";
}

std::string undismissed(const Symptom& symptom) {
  const bool leaves = symptom.action<script::Leave>() != nullptr;
  const bool ends = awaits(symptom, [](script::Event event) {
    return event == script::Event::eof || event == script::Event::closed;
  });
  if (!leaves && !ends) return "";
  const auto quitter = std::ranges::find_if(symptom.clients, [](const Client& client) {
    return client.open() && !client.fin_sent && has_quit(client);
  });
  if (quitter == symptom.clients.end()) return "";
  return quitter->registered ? "the connection of a client that sends QUIT is not closed"
                             : "QUIT before the registration does not close the connection";
}

std::string busy(const Symptom& symptom) {
  const auto* fact = symptom.action<script::ServerFact>();
  const bool works = fact != nullptr && fact->what == script::ServerFact::What::cpu;
  const bool behind = works && (std::ranges::any_of(symptom.clients, has_left) ||
                                std::ranges::any_of(symptom.clients, has_quit));
  return behind ? "the target keeps a processor busy once a client has left" : "";
}

// A reply to who asked, or the command itself as its confirmation.
std::string unanswered(const Symptom& symptom) {
  if (symptom.step == nullptr || symptom.step->who.size() != 1) return "";
  if (symptom.is_cut_off()) return "";
  const std::string_view awaited = awaited_command(*symptom.step);
  if (awaited.empty()) return "";
  const auto asks = std::ranges::find(symptom.clients, symptom.step->who.front(), &Client::decl);
  if (asks == symptom.clients.end() || asks->said.command().empty()) return "";
  const std::string& asked = asks->said.command();
  const bool is_numeric = '0' <= awaited.front() && awaited.front() <= '9';
  if (!is_numeric && awaited != asked) return "";
  if (has_come(awaited, symptom.clients)) return "";
  if (awaited == "421") return "no 421 comes behind an unknown command";
  return fmt::format("no {} comes behind {}", awaited, asked);
}

constexpr auto kRules =
    std::to_array({deaf, dismissed, unwelcome, untold, undismissed, busy, unanswered});

}  // namespace

void explain(Progress& failure, const std::vector<Client>& clients) {
  if (!std::exchange(failure.waited, false)) return;
  const Symptom symptom{failure.step, clients};
  for (const auto rule : kRules) {
    failure.cause = rule(symptom);
    if (!failure.cause.empty()) return;
  }
}

}  // namespace conform
