#include "tests/support/tiny_server.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "server/wire/message.h"

namespace conform::testing {

TinyServer::TinyServer(irc::SimNet& net, OnLine on_line)
    : net_(net), on_line_(std::move(on_line)), listener_(net.listen()) {}

void TinyServer::say_later(irc::Duration delay, std::size_t who, std::string bytes) {
  later(delay, [who, bytes](TinyServer& server) { server.say(who, bytes); });
}

std::optional<std::size_t> TinyServer::by_nick(std::string_view nick) const {
  const auto found = std::ranges::find(clients_, nick, &Client::nick);
  if (found == clients_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - clients_.begin());
}

bool TinyServer::run_round() {
  ++round_;
  wait();
  accept_all();
  for (std::size_t who = 0; who < clients_.size() && !dead_; ++who) receive(who);
  do_what_is_due();
  if (dead_) return false;
  for (Client& client : clients_) flush(client);
  return true;
}

void TinyServer::do_what_is_due() {
  const auto due = [this](const Later& later) { return later.time <= net_.now(); };
  for (const Later& later : later_) {
    if (due(later)) later.deed(*this);
  }
  std::erase_if(later_, due);
}

// Never waits: the poll tells SimNet what would wake this server up.
void TinyServer::wait() {
  std::vector<pollfd> fds = {{.fd = net_.fd(listener_), .events = POLLIN, .revents = 0}};
  for (const Client& client : clients_) {
    if (!client.socket) continue;
    const int events = (client.ignored ? 0 : POLLIN) | (client.out.empty() ? 0 : POLLOUT);
    if (events == 0) continue;
    fds.push_back(
        {.fd = net_.fd(*client.socket), .events = static_cast<short>(events), .revents = 0});
  }
  std::optional<irc::TimePoint> deadline;
  for (const Later& later : later_) deadline = std::min(deadline.value_or(later.time), later.time);
  net_.poll(fds, deadline);
}

void TinyServer::accept_all() {
  while (auto accepted = net_.accept(listener_).accepted) {
    clients_.emplace_back();
    clients_.back().socket.emplace(std::move(accepted->socket));
  }
}

void TinyServer::receive(std::size_t who) {
  std::array<char, 4096> buffer;
  while (clients_[who].socket && !clients_[who].ignored) {
    const irc::IoResult result = net_.recv(*clients_[who].socket, buffer);
    if (result.kind == irc::IoResult::Kind::would_block) return;
    if (result.kind != irc::IoResult::Kind::done) {
      clients_[who].socket.reset();
      return;
    }
    clients_[who].in.append(buffer.data(), result.bytes);
    for (std::size_t at; (at = clients_[who].in.find('\n')) != std::string::npos;) {
      std::string line = clients_[who].in.substr(0, at);
      clients_[who].in.erase(0, at + 1);
      if (line.ends_with('\r')) line.pop_back();
      on_line_(*this, who, line);
      heard_.insert(line);
      if (dead_ || !clients_[who].socket) return;
    }
  }
}

void TinyServer::flush(Client& client) {
  while (client.socket && !client.out.empty()) {
    const irc::IoResult result = net_.send(*client.socket, client.out);
    if (result.kind == irc::IoResult::Kind::would_block) return;
    if (result.kind != irc::IoResult::Kind::done) break;
    client.out.erase(0, result.bytes);
  }
  if (client.closing) client.socket.reset();
}

void ordinary(TinyServer& server, std::size_t who, std::string_view line) {
  const irc::ParseResult parsed = irc::parse_message(line);
  if (!parsed) return;
  const irc::Message& message = parsed.message;
  const std::string nick = server.nick(who);
  if (message.command == "NICK") server.nick(who) = message.param(0);
  if (message.command == "USER") server.say(who, ":tiny 001 " + nick + " :Welcome\r\n");
  if (message.command == "PING") {
    server.say(who, ":tiny PONG tiny :" + std::string(message.param(0)) + "\r\n");
  }
  if (message.command == "PRIVMSG") {
    const std::string to(message.param(0));
    if (const auto whom = server.by_nick(to)) {
      server.say(*whom,
                 ":" + nick + "!u@h PRIVMSG " + to + " :" + std::string(message.param(1)) + "\r\n");
    }
  }
  if (message.command == "QUIT") server.close(who);
}

bool says(std::string_view line, std::string_view command) {
  return line.starts_with(command) &&
         (line.size() == command.size() || line[command.size()] == ' ');
}

std::function<std::function<bool()>(irc::SimNet&)> tiny_server(TinyServer::OnLine on_line) {
  return [on_line](irc::SimNet& net) {
    auto server = std::make_shared<TinyServer>(net, on_line);
    return [server] { return server->run_round(); };
  };
}

}  // namespace conform::testing
