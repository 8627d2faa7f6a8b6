// TinyServer: a server on SimNet for tests that want one to do as they say: what a line comes to is
// a function of the test's own. It reads at once, cuts lines at LF, and sends at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/net/sim_net.h"

namespace conform::testing {

class TinyServer {
 public:
  // Connections are numbered from 0, in the order in which they are accepted; `line` is without
  // terminator.
  using OnLine = std::function<void(TinyServer&, std::size_t who, std::string_view line)>;

  TinyServer(irc::SimNet& net, OnLine on_line);

  // One round of its loop; false once it has died.
  bool run_round();

  void say(std::size_t who, std::string_view bytes) { clients_[who].out += bytes; }
  using Deed = std::function<void(TinyServer&)>;
  void later(irc::Duration delay, Deed deed) { later_.push_back({net_.now() + delay, deed}); }
  void say_later(irc::Duration delay, std::size_t who, std::string bytes);
  // Reads no more of it, and leaves it open.
  void ignore(std::size_t who) { clients_[who].ignored = true; }
  void close(std::size_t who) { clients_[who].closing = true; }
  void die() { dead_ = true; }

  // The nickname by which others reach it; NICK of ordinary() sets it.
  std::string& nick(std::size_t who) { return clients_[who].nick; }
  std::optional<std::size_t> by_nick(std::string_view nick) const;
  std::size_t client_count() const { return clients_.size(); }
  // Whether anybody has ever said this, before the line that it is asked at.
  bool heard(std::string_view line) const { return heard_.contains(line); }
  // How often it has looked for events.
  std::uint64_t round() const { return round_; }

 private:
  using Socket = irc::SimNet::Socket;
  struct Client {
    std::optional<Socket> socket;
    std::string nick;
    std::string in, out;
    bool ignored = false;
    bool closing = false;  // When everything has been said.
  };
  struct Later {
    irc::TimePoint time;
    Deed deed;
  };

  void wait();
  void do_what_is_due();
  void accept_all();
  void receive(std::size_t who);
  void flush(Client& client);

  irc::SimNet& net_;
  OnLine on_line_;
  Socket listener_;
  std::vector<Client> clients_;
  std::vector<Later> later_;
  std::set<std::string, std::less<>> heard_;
  std::uint64_t round_ = 0;
  bool dead_ = false;
};

// What a server usually does: registers whoever has said NICK and USER (001), answers PING with
// PONG, hands PRIVMSG on to the nickname in it, and closes at QUIT. Nothing else is answered.
void ordinary(TinyServer& server, std::size_t who, std::string_view line);

// Whether that is the line's command.
bool says(std::string_view line, std::string_view command);

// As play_in_simulation and SimWorld want it.
std::function<std::function<bool()>(irc::SimNet&)> tiny_server(TinyServer::OnLine on_line);

}  // namespace conform::testing
