// Crowd: many clients of one server, driven by one poll() in one thread.
//
// Clients are numbered in the order in which they came. Those in front of `active` are idle: they
// are not polled while the others talk, so that the crowd costs little itself.
#pragma once

#include <poll.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/net/posix_net.h"

namespace irc::bench {

// Whether a line, which begins with its source, is this command or numeric.
bool is(std::string_view line, std::string_view command);

class Crowd {
 public:
  // A line that came for a client, without its end; the view is valid during the call.
  using Heard = std::function<void(std::size_t client, std::string_view line)>;

  explicit Crowd(std::uint16_t port) : port_(port) {}

  // Connects `count` more and returns when all are registered; their nicknames are name + number.
  // Throws std::system_error if one cannot connect, std::runtime_error if one is refused.
  void add(std::size_t count, const std::string& name);
  // From which client on they are polled.
  void set_active(std::size_t first) { active_ = first; }

  std::size_t size() const { return peers_.size(); }
  const std::string& nick(std::size_t client) const { return peers_[client].nick; }
  TimePoint now() const { return net_.now(); }

  // What comes is acknowledged at once. Otherwise a server that leaves Nagle's algorithm on holds a
  // line back until the kernel's delayed acknowledgment of the one before, 40 ms.
  void acknowledge_at_once() { acknowledges_at_once_ = true; }

  // Lines with their ends; what the server does not take yet waits.
  void send(std::size_t client, std::string_view text);
  // What waits to be taken by the server.
  std::size_t unsent_bytes(std::size_t client) const { return peers_[client].out.size(); }
  // Stops or starts to read what comes for a client.
  void set_reading(std::size_t client, bool reading);
  bool ended(std::size_t client) const { return peers_[client].ended; }

  // Waits for something to happen to the active ones, at most until the deadline. PINGs are
  // answered.
  void pump(const Heard& heard, std::optional<TimePoint> deadline = std::nullopt);
  // Pumps until `done` says so. Throws std::runtime_error if a client is cut off or nothing has
  // happened for half a minute.
  void pump_until(const Heard& heard, const std::function<bool()>& done);

 private:
  struct Peer {
    PosixNet::Socket socket;
    std::string nick;
    std::string in;   // The line that is not whole yet.
    std::string out;  // What waits to be sent.
    bool reading = true;
    bool ended = false;
  };

  void connect(const std::string& nick);
  void receive(std::size_t client, const Heard& heard);
  void take_lines(std::size_t client, std::string_view bytes, const Heard& heard);
  void take_line(std::size_t client, std::string_view line, const Heard& heard);
  void flush(Peer& peer);

  std::uint16_t port_;
  PosixNet net_;
  std::vector<Peer> peers_;
  std::vector<pollfd> fds_;
  std::size_t active_ = 0;
  bool acknowledges_at_once_ = false;
};

}  // namespace irc::bench
