#include "harness/run/learn.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "harness/run/demise.h"
#include "harness/run/evaluation.h"
#include "harness/run/kernel_world.h"
#include "harness/run/registration.h"
#include "harness/run/scout.h"
#include "harness/run/seconds.h"
#include "harness/run/sim_world.h"

namespace conform {
namespace {

// The usual order is given the time that look-ups of names take; others are tried when it failed.
constexpr Duration kWelcomeLimit = std::chrono::seconds(10);
constexpr Duration kOtherOrderLimit = std::chrono::seconds(4);
// Servers with flood control let a client wait that has said much.
constexpr Duration kBurstLimit = std::chrono::seconds(40);
constexpr Duration kQuiet = std::chrono::milliseconds(300);
constexpr int kPaceLines = 10;

// What a welcome says: server, software, ISUPPORT.
void read_welcome(Profile& profile, std::string_view line) {
  const irc::ParseResult parsed = irc::parse_message(line);
  if (!parsed) return;
  const irc::Message& message = parsed.message;
  if (message.command == "001") profile.server = message.source;
  if (message.command == "004" && message.param_count > 2) {
    profile.software = message.param(2);
    if (profile.server.empty()) profile.server = message.param(1);
  }
  if (message.command != "005") return;
  // Between the nickname and the prose at the end (draft-hardy-irc-isupport-00, section 3).
  for (std::size_t i = 1; i + 1 < message.param_count; ++i) {
    const std::string_view token = message.param(i);
    const std::size_t equals = token.find('=');
    const std::string name(token.substr(0, equals));
    if (name.starts_with('-')) {
      profile.isupport.erase(name.substr(1));
    } else {
      profile.isupport[name] = equals == token.npos ? "" : token.substr(equals + 1);
    }
  }
}

Duration order_limit(RegistrationOrder order) {
  return order == RegistrationOrder::nick_user ? kWelcomeLimit : kOtherOrderLimit;
}

// Registers in the order of `profile`; says in `failure` why not.
template <World W>
bool welcomed(Scout<W>& scout, W& world, Profile& profile, std::string& failure) {
  if (!scout.connect()) {
    failure = "nothing accepts connections there: " + world.why_not();
    return false;
  }
  const TimePoint begin = world.now();
  Client& client = scout.client();
  Registration registration(profile, {.nick = client.nick});
  for (const std::string& line : registration.opening()) {
    scout.send(line);
    scout.until(
        [&] {
          return !client.open() ||
                 world.server_side(*client.connection).state != ServerSide::State::waiting;
        },
        std::chrono::milliseconds(20));
  }
  scout.hear(
      [&](const std::string& line) {
        for (const std::string& answer : registration.on_line(line)) scout.send(answer);
        return registration.state() != Registration::State::underway;
      },
      order_limit(profile.order));
  profile.time_to_welcome = world.now() - begin;
  client.nick = registration.nick();
  client.registered = registration.state() == Registration::State::welcomed;
  if (client.registered) return true;
  failure = registration.why().empty() ? "it did not welcome a client: " + situation(client)
                                       : "it refused a client: " + shown(registration.why());
  return false;
}

// Everything up to the end of the welcome, whatever that is here.
template <World W>
void hear_welcome(Scout<W>& scout, Profile& profile) {
  Client& client = scout.client();
  const auto ended = [&client] { return line_with(client, {"376", "422"}) || !client.open(); };
  scout.until(ended, kAnswerLimit);
  for (std::size_t i = 0; i < client.inbox.line_count(); ++i) {
    read_welcome(profile, client.inbox.text(i));
  }
  const auto mapping = profile.isupport.find("CASEMAPPING");
  if (mapping != profile.isupport.end()) {
    profile.casemapping = irc::casemapping_of(mapping->second).value_or(irc::Casemapping::ascii);
  }
}

// The first kind of barrier that is answered; Barrier::silence if none is.
template <World W, std::size_t N>
Barrier first_answered(Scout<W>& scout, Profile& profile, FreshNames& names,
                       const std::array<Barrier, N>& kinds) {
  for (const Barrier barrier : kinds) {
    if (const auto took = scout.round_trip(barrier, names, profile.chantype())) {
      profile.round_trip = std::max(profile.round_trip, *took);
      return barrier;
    }
    if (!scout.client().open()) break;
  }
  return Barrier::silence;
}

// What a PING comes to before registration: a PONG, a refusal, or nothing.
template <World W>
Barrier raw_barrier(Scout<W>& scout, FreshNames& names) {
  const std::string token = names.token();
  Barrier found = Barrier::silence;
  scout.client().barrier_tokens.push_back({.text = token});
  scout.send(barrier_line(Barrier::ping, token, ""));
  scout.hear(
      [&](const std::string& line) {
        for (const Barrier kind : {Barrier::ping, Barrier::refusal}) {
          if (barrier_answered(kind, token, line)) found = kind;
        }
        return found != Barrier::silence;
      },
      kAnswerLimit);
  return found;
}

// How long the target takes for a line when many come at once: servers with flood control let a
// client wait (RFC 1459 8.10).
template <World W>
Duration line_delay(Scout<W>& scout, W& world, FreshNames& names) {
  std::string lines, token;
  for (int i = 0; i < kPaceLines; ++i) {
    token = names.token();
    lines += barrier_line(Barrier::ping, token, "");
  }
  const TimePoint begin = world.now();
  scout.send(lines);
  scout.hear([&](const std::string& line) { return barrier_answered(Barrier::ping, token, line); },
             kBurstLimit);
  return (world.now() - begin) / kPaceLines;
}

// What CAP LS offers, and what can be a barrier before registration. False if asking ended the
// connection.
template <World W>
bool learn_unregistered(W& world, Profile& profile, FreshNames& names) {
  Scout<W> scout(world, profile, names);
  if (!scout.connect()) return true;  // The first case will find out.
  profile.raw_barrier = raw_barrier(scout, names);
  if (!scout.client().open()) return false;
  scout.send("CAP LS 302\r\n");
  scout.hear(
      [&profile](const std::string& line) {
        const irc::ParseResult parsed = irc::parse_message(line);
        if (!parsed || parsed.message.command != "CAP") return false;
        std::string_view caps = parsed.message.param(parsed.message.param_count - 1);
        while (!caps.empty()) {
          const std::string_view cap = caps.substr(0, caps.find(' '));
          caps.remove_prefix(std::min(cap.size() + 1, caps.size()));
          if (!cap.empty()) profile.caps.emplace_back(cap.substr(0, cap.find('=')));
        }
        // More lines follow (IRCv3 capability negotiation, CAP LS 302).
        return parsed.message.param(2) != "*";
      },
      kQuiet);
  return scout.client().open();
}

Pace pace_of(const Profile& profile, double scale) {
  constexpr Duration kUsualRoundTrip = std::chrono::milliseconds(100);
  const double round_trips = std::chrono::duration<double>(profile.round_trip) /
                             std::chrono::duration<double>(kUsualRoundTrip);
  const double lines = std::chrono::duration<double>(profile.line_delay) /
                       std::chrono::duration<double>(kUsualLineDelay);
  Pace pace;
  pace.scale = scale * std::max({1.0, round_trips, lines});
  constexpr int kWelcomes = 5;  // Several clients at once, one after the other.
  pace.registration = std::max(pace.registration, kWelcomes * profile.time_to_welcome);
  return pace;
}

// A command that cases may do without (requires: command NAME): a question that changes nothing for
// anybody else, and what answers it.
struct OptionalCommand {
  std::string_view name;
  std::string_view text;                  // Behind the asker's nickname, or instead of it.
  bool to_oneself = true;                 // The nickname is the first parameter.
  std::vector<std::string_view> replies;  // Empty for one that is not answered.

  std::string line(const std::string& nick) const {
    return std::string(name) + (to_oneself ? " " + nick : "") + std::string(text) + "\r\n";
  }
};

const OptionalCommand kOptionalCommands[] = {
    {"AWAY", " :learning", false, {"305", "306"}},
    {"ISON", "", true, {"303"}},
    {"NOTICE", " :learning", true, {}},
    {"USERHOST", "", true, {"302"}},
    {"WHO", "", true, {"315", "352"}},
    {"WHOIS", "", true, {"311", "318", "401"}},
};

using OptionalCommands = std::span<const OptionalCommand>;

// Whether the lines answer the command, in whatever way, but by 421.
bool has_command(const OptionalCommand& command, const std::vector<std::string>& lines) {
  bool replied = command.replies.empty();
  for (const std::string& line : lines) {
    const irc::ParseResult parsed = irc::parse_message(line);
    if (!parsed) continue;
    const irc::Message& message = parsed.message;
    const bool names_it = irc::equal_ascii(message.param(1), command.name);
    if (message.command == "421" && names_it) return false;
    replied |= message.command == "461" && names_it;
    replied |= std::ranges::find(command.replies, message.command) != command.replies.end();
  }
  return replied;
}

std::string names_of(OptionalCommands commands) {
  std::string names;
  for (const OptionalCommand& command : commands) {
    names += (names.empty() ? "" : ", ") + std::string(command.name);
  }
  return names;
}

// Servers without a command say 421, or nothing. False if the questions ended the connection, and
// nothing was learnt.
template <World W>
bool learn_commands(Scout<W>& scout, Profile& profile, FreshNames& names,
                    OptionalCommands commands) {
  const std::size_t behind = scout.client().inbox.line_count();
  for (const OptionalCommand& command : commands) scout.send(command.line(scout.client().nick));
  if (!scout.round_trip(profile.barrier, names, profile.chantype(), kBurstLimit)) {
    return scout.client().open();
  }
  std::vector<std::string> lines;
  for (std::size_t i = behind; i < scout.client().inbox.line_count(); ++i) {
    lines.emplace_back(scout.client().inbox.text(i));
  }
  for (const OptionalCommand& command : commands) {
    if (!has_command(command, lines)) profile.missing_commands.emplace_back(command.name);
  }
  return true;
}

// Whether the target serves on, behind questions that cost a connection. One that died of them is
// started anew if that is possible, so that other questions can be put to it.
template <World W>
bool serves_on(W& world, Learnt& learnt, FreshNames& names, const std::string& questions) {
  std::optional<std::string> how = death_of_process(world);
  if (!how) {
    Scout<W> next(world, learnt.profile, names);
    if (next.connect()) return true;
    how = "accepts no connection any more";
  }
  *how += " when it was asked " + questions;
  learnt.deaths.push_back(
      {.case_id = "", .how = *how, .stderr_tail = world.stderr_tail(), .of_learning = true});
  if (world.abilities().restart && world.restart(std::nullopt)) return true;
  learnt.failure = "it " + *how;
  if (world.abilities().restart)
    learnt.failure += ", and did not come up again: " + world.why_not();
  return false;
}

// One at a time, since they cost a connection when they were asked for together. A command that
// does so alone is not missing: the cases that use it show what happens. How fast such a target is
// is not asked.
template <World W>
void learn_each_command(W& world, Learnt& learnt, FreshNames& names) {
  for (const OptionalCommand& command : kOptionalCommands) {
    bool outlived = true;
    {
      Scout<W> scout(world, learnt.profile, names);
      std::string refused;  // By a limit, say: what has been learnt so far is enough.
      if (!welcomed(scout, world, learnt.profile, refused)) return;
      outlived = learn_commands(scout, learnt.profile, names, {&command, 1}) && !world.death();
    }
    if (!outlived && !serves_on(world, learnt, names, "for " + std::string(command.name))) return;
  }
}

template <World W>
bool learn_registered(W& world, Learnt& learnt, FreshNames& names) {
  Profile& profile = learnt.profile;
  bool outlived = true;
  {
    Scout<W> scout(world, profile, names);
    if (!welcomed(scout, world, profile, learnt.failure)) return false;
    hear_welcome(scout, profile);
    profile.barrier = first_answered(
        scout, profile, names,
        std::array{Barrier::ping, Barrier::join, Barrier::self_message, Barrier::unknown_command});
    if (profile.barrier != Barrier::silence) {
      outlived = learn_commands(scout, profile, names, kOptionalCommands) && !world.death();
    }
    if (outlived && profile.barrier == Barrier::ping) {
      profile.line_delay = line_delay(scout, world, names);
    }
  }
  if (!outlived && serves_on(world, learnt, names, "for " + names_of(kOptionalCommands))) {
    learn_each_command(world, learnt, names);
  }
  if (profile.barrier != Barrier::ping) profile.missing_commands.emplace_back("PING");
  return learnt.failure.empty();
}

// No 001, but a client that has said everything and is served all the same; says in `failure` what
// tells that it is not, for many answer a PING before registration.
template <World W>
bool learn_unwelcoming(W& world, Profile& profile, FreshNames& names, std::string& failure) {
  Scout<W> scout(world, profile, names);
  if (!scout.connect()) return false;
  Registration registration(profile, {.nick = scout.client().nick});
  for (const std::string& line : registration.opening()) scout.send(line);
  profile.barrier = first_answered(scout, profile, names,
                                   std::array{Barrier::join, Barrier::self_message, Barrier::ping});
  profile.welcomes = false;
  // It is not registered, or its password is not right.
  if (const auto refusal = line_with(scout.client(), {"451", "464"})) {
    failure = "it did not welcome a client: " + shown(*refusal);
    return false;
  }
  return profile.barrier != Barrier::silence;
}

}  // namespace

template <World W>
Learnt learn(W& world, const Profile& given, FreshNames& names, double scale) {
  Learnt learnt{.profile = given};
  for (const RegistrationOrder order :
       {RegistrationOrder::nick_user, RegistrationOrder::cap_nick_user,
        RegistrationOrder::user_nick}) {
    learnt.profile.order = order;
    learnt.failure.clear();
    if (learn_registered(world, learnt, names)) break;
    if (!learnt.deaths.empty() || world.death() || world.interrupted()) return learnt;
  }
  if (!learnt.failure.empty()) {
    learnt.profile.order = RegistrationOrder::nick_user;
    if (!learn_unwelcoming(world, learnt.profile, names, learnt.failure)) return learnt;
    learnt.failure.clear();
  }
  if (!learn_unregistered(world, learnt.profile, names) &&
      !serves_on(world, learnt, names, "for PING and CAP LS before registration")) {
    return learnt;
  }
  learnt.pace = pace_of(learnt.profile, scale);
  return learnt;
}

template Learnt learn(KernelWorld&, const Profile&, FreshNames&, double);
template Learnt learn(SimWorld&, const Profile&, FreshNames&, double);

}  // namespace conform
