// SimConnection: one TCP connection of SimNet, both of its ends. What is sent has arrived at once;
// beyond that it does what Linux does, as the contract suite in tests/net finds on both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "server/net/network.h"

namespace irc {

class SimConnection {
 public:
  enum class Side : std::uint8_t { server, peer };

  // `buffer_bytes` is what either end holds unread before the other has to wait.
  explicit SimConnection(std::size_t buffer_bytes);

  // The system calls, by the end that makes them. On an end that was closed recv and send fail with
  // EBADF, the others do nothing.
  IoResult recv(Side side, std::span<char> in);
  IoResult send(Side side, std::string_view out);
  void shutdown_write(Side side);
  void close(Side side);
  void close_with_reset(Side side);  // close(2) with SO_LINGER of 0 s.

  // The network between the two breaks: both are told by a RST.
  void reset();
  void bound_unread(Side side, std::size_t bytes) { end(side).unread_bytes_max = bytes; }

  // The events of poll(2) that hold, asked for or not.
  short events(Side side) const;
  bool closed(Side side) const { return end(side).closed; }
  // A FIN has arrived and recv has not yet said eof.
  bool fin_unread(Side side) const {
    return end(side).fin_received && !end(side).eof_read && !end(side).closed;
  }
  std::size_t unread_bytes(Side side) const { return end(side).unread.size(); }
  std::size_t room_bytes(Side side) const;  // That a send of this end could take.

 private:
  struct End {
    std::string unread;
    std::size_t unread_bytes_max;
    bool fin_sent = false;
    bool fin_received = false;
    bool eof_read = false;
    bool reset = false;   // A RST has arrived.
    bool closed = false;  // Its descriptor is.
    int error = 0;        // Of the RST, until recv or send has said it.
  };
  static Side other(Side side) { return side == Side::server ? Side::peer : Side::server; }
  static void receive_reset(End& end);
  End& end(Side side) { return side == Side::server ? server_ : peer_; }
  const End& end(Side side) const { return side == Side::server ? server_ : peer_; }

  End server_;
  End peer_;
};

}  // namespace irc
