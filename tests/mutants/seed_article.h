// SeedArticle: the server loop that this project grew from, as its article printed it, with all its
// mistakes, over any Network. The protocol is the project's own core: what goes wrong is the
// loop's.
//
// The mistakes, in the order of the code:
// - any signal that interrupts poll() ends the server;
// - one accept per round, its result not looked at;
// - who is removed inside the loop is replaced by the last of the array, which is not served then;
// - POLLHUP is looked up in the array again after the entry was removed: a neighbour is meant;
// - POLLERR and POLLNVAL are not looked at;
// - recv() <= 0 removes the client, be it EAGAIN;
// - one read of 511 bytes, then POLLHUP ends the client: what came with its FIN is lost;
// - a NUL hides the rest of a read;
// - operator[] brings a client back that has just been removed;
// - only CR LF ends a line, and a line without it grows for ever;
// - no output buffer, no POLLOUT: what does not fit at once is lost;
// - nobody is ever asked whether it is still there.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/core/server.h"
#include "server/net/network.h"
#include "server/net/posix_net.h"
#include "server/net/sim_net.h"

namespace irc::mutants {

template <Network Net>
class SeedArticle {
 public:
  using Socket = typename Net::Socket;

  SeedArticle(Net& net, Socket listener, ServerConfig config)
      : net_(net), listener_(std::move(listener)), core_(std::move(config)) {
    fds_.push_back(pollfd{.fd = net_.fd(listener_), .events = POLLIN, .revents = 0});
  }

  // One turn of the article's `while (true)`; false where it breaks out of it.
  bool run_round() {
    net_.poll(fds_, std::nullopt);
    const bool ready = std::ranges::any_of(fds_, [](const pollfd& f) { return f.revents != 0; });
    if (!ready) return !interrupted(net_);
    for (std::size_t i = 0; i < fds_.size(); i++) {
      if (fds_[i].revents == 0) continue;
      if (fds_[i].fd == net_.fd(listener_)) {
        if (fds_[i].revents & POLLIN) accept_client();
      } else {
        if (fds_[i].revents & POLLIN) receive_data(fds_[i].fd);
        // Past the end stands, in a vector, still the entry that was removed: nobody.
        if (i < fds_.size() && (fds_[i].revents & POLLHUP)) remove_client(fds_[i].fd);
      }
    }
    return true;
  }

 private:
  struct Client {
    std::optional<Socket> socket;  // Nothing: a ghost, made by operator[].
    ConnId id{};
    std::string buffer;
  };

  // Whether a poll without deadline and without events was ended by a signal.
  static bool interrupted(const SimNet& net) { return !net.idle(); }
  static bool interrupted(const PosixNet& /*net*/) { return true; }

  void accept_client() {
    auto result = net_.accept(listener_);
    const int fd = result.accepted ? net_.fd(result.accepted->socket) : -1;
    fds_.push_back(pollfd{.fd = fd, .events = POLLIN, .revents = 0});
    if (!result.accepted) return;
    const ConnId id{++last_id_};
    clients_[fd] = Client{.socket = std::move(result.accepted->socket), .id = id, .buffer = {}};
    core_.open(id, {.host = result.accepted->host}, net_.now());
  }

  void remove_client(int fd) {
    const auto found = clients_.find(fd);
    const bool known = found != clients_.end() && found->second.socket;
    const ConnId id = known ? found->second.id : ConnId{};
    clients_.erase(fd);
    for (std::size_t i = 0; i < fds_.size(); i++) {
      if (fds_[i].fd == fd) {
        fds_[i] = fds_.back();
        fds_.pop_back();
        break;
      }
    }
    if (!known) return;
    core_.disconnected(id, "Connection closed");
    send_output();
  }

  void receive_data(int fd) {
    std::array<char, 512> buf{};
    const auto found = clients_.find(fd);
    if (found == clients_.end() || !found->second.socket) return remove_client(fd);
    const IoResult result = net_.recv(*found->second.socket, std::span(buf.data(), buf.size() - 1));
    if (result.kind != IoResult::Kind::done) return remove_client(fd);
    buf[result.bytes] = '\0';
    clients_[fd].buffer += buf.data();
    std::size_t pos = 0;
    while ((pos = clients_[fd].buffer.find("\r\n")) != std::string::npos) {
      const std::string message = clients_[fd].buffer.substr(0, pos);
      clients_[fd].buffer.erase(0, pos + 2);
      process_message(fd, message);
    }
  }

  void process_message(int fd, const std::string& message) {
    const ConnId id = clients_[fd].id;
    core_.on_frame(id, Frame{.line = message, .overlong = false}, net_.now());
    const bool quits = core_.closing(id);
    send_output();
    if (quits) remove_client(fd);
  }

  void send_output() {
    for (auto& [fd, client] : clients_) {
      if (!client.socket) continue;
      const std::string_view output = core_.output(client.id);
      if (output.empty()) continue;
      net_.send(*client.socket, output);
      core_.sent(client.id, output.size());
    }
  }

  Net& net_;
  Socket listener_;
  Server core_;
  std::vector<pollfd> fds_;
  std::map<int, Client> clients_;  // By descriptor, as the article has it.
  std::uint64_t last_id_ = 0;
};

}  // namespace irc::mutants
