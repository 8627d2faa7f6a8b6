#include "server/core/server.h"

#include <algorithm>
#include <string>
#include <utility>

#include "server/core/commands.h"
#include "server/core/reconfigure.h"

namespace irc {
namespace {

constexpr ConnId kBotId{0};

std::string after_seconds(std::string_view what, Duration duration) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
  return std::string(what) + ": " + std::to_string(seconds.count()) + " seconds";
}

}  // namespace

Server::Server(ServerConfig config) : state_(std::move(config)) {}

std::optional<std::string> Server::refusal(std::string_view host) const {
  const ServerConfig& config = state_.config();
  const bool full = config.clients_max && state_.sessions().size() >= *config.clients_max;
  const bool crowded = config.clients_per_address_max &&
                       state_.sessions_near(host) >= *config.clients_per_address_max;
  if (!full && !crowded) return std::nullopt;
  return closing_link(host, full ? "Server is full" : "Too many connections from your address");
}

void Server::open(ConnId id, const Origin& origin, TimePoint now) {
  CHECK(id != kBotId);
  state_.set_now(now);
  seat_bot();
  set_deadline(state_.open(id, origin), now + state_.config().registration_timeout);
}

void Server::on_frame(ConnId id, const Frame& frame, TimePoint now) {
  Session& session = state_.session(id);
  if (session.stage == Stage::closing) return;
  state_.set_now(now);
  handle(session, frame);
  serve_bot();
}

void Server::handle(Session& session, const Frame& frame) {
  state_.set_actor(&session);
  execute(state_, session, frame);
  // A whole line is a sign of life; it does not prolong the time to register.
  if (session.stage == Stage::registered) {
    session.awaiting_pong = false;
    set_deadline(session, state_.now() + state_.config().ping_interval);
  }
  state_.sweep();
}

void Server::end_of_input(ConnId id, std::string_view reason) {
  state_.leave(state_.session(id), reason);
  state_.sweep();
  serve_bot();
}

void Server::disconnected(ConnId id, std::string_view reason) {
  end_of_input(id, reason);
  state_.erase(id);
}

void Server::tick(TimePoint now) {
  state_.set_now(now);
  seat_bot();
  if (!deadline_ || now < *deadline_) return;
  deadline_.reset();
  for (auto& [id, session] : state_.sessions()) {
    if (session.present()) check_liveness(session);
  }
  state_.sweep();
  serve_bot();
}

std::vector<std::string_view> Server::reconfigure(ServerConfig config, TimePoint now) {
  state_.set_now(now);
  const std::optional<BotConfig> bot_before = state_.config().bot;
  std::vector<std::string_view> kept = irc::reconfigure(state_, std::move(config));
  state_.sweep();  // Who had no room for the news.
  if (bot_ && state_.config().bot != bot_before) let_bot_say({"QUIT"});
  serve_bot();
  bot_wanted_ = true;
  seat_bot();
  return kept;
}

void Server::notify_operators(std::string_view text) {
  const ServerConfig& config = state_.config();
  for (auto& [id, session] : state_.sessions()) {
    if (!session.oper) continue;
    state_.send(session, line(config.name, "NOTICE", {session.nick}, text));
  }
  state_.sweep();
  serve_bot();
}

void Server::shut_down(std::string_view reason) {
  // All are marked before the first is swept, so that nobody is told that the others leave.
  for (auto& [id, session] : state_.sessions()) state_.dismiss(session, reason);
  state_.sweep();
  serve_bot();
}

std::string_view Server::output(ConnId id) const {
  return state_.session(id).output.pending();
}

void Server::sent(ConnId id, std::size_t bytes) {
  state_.session(id).output.consume(bytes);
}

bool Server::closing(ConnId id) const {
  return state_.session(id).stage == Stage::closing;
}

Departure Server::departure(ConnId id) const {
  const Session& session = state_.session(id);
  CHECK(session.stage == Stage::closing);
  return {.dismissed = session.dismissed, .reason = session.leave_reason};
}

// It comes in as others do; where it cannot (a nickname that is none), it stays outside, and is
// ended like others who do not register.
void Server::seat_bot() {
  const ServerConfig& config = state_.config();
  if (!config.bot || bot_ || !std::exchange(bot_wanted_, false)) return;
  set_deadline(state_.open(kBotId, {.host = config.name}),
               state_.now() + config.registration_timeout);
  bot_.emplace(*config.bot, config.password, std::mt19937_64(config.bot->seed));
  let_bot_say(bot_->comes_in());
  serve_bot();
}

// Comes to an end: all that the bot says of itself are notices, and joins and modes to which it
// says nothing.
void Server::serve_bot() {
  while (bot_) {
    Session& session = state_.session(kBotId);
    if (session.stage == Stage::closing) {
      state_.erase(kBotId);
      bot_.reset();
      return;
    }
    const std::string output(session.output.pending());
    if (output.empty()) return;
    session.output.consume(output.size());
    for (const std::string_view line : split_list(output, '\n')) {
      let_bot_say(bot_->hears(line.substr(0, line.find('\r'))));
    }
  }
}

// Any of its lines may be its last.
void Server::let_bot_say(const Bot::Lines& lines) {
  Session& session = state_.session(kBotId);
  for (const std::string& each : lines) {
    if (session.present()) handle(session, Frame{.line = each});
  }
}

void Server::set_deadline(Session& session, TimePoint deadline) {
  session.deadline = deadline;
  deadline_ = std::min(deadline_.value_or(deadline), deadline);
}

// RFC 1459 8.4. Sets the next deadline of a session that stays.
void Server::check_liveness(Session& session) {
  const ServerConfig& config = state_.config();
  if (state_.now() < session.deadline) return set_deadline(session, session.deadline);
  if (session.stage == Stage::registering) {
    return state_.dismiss(session,
                          after_seconds("Registration timeout", config.registration_timeout));
  }
  if (session.awaiting_pong) {
    return state_.dismiss(session, after_seconds("Ping timeout", config.ping_timeout));
  }
  session.awaiting_pong = true;
  state_.send(session, line({}, "PING", {}, config.name));
  set_deadline(session, state_.now() + config.ping_timeout);
}

}  // namespace irc
