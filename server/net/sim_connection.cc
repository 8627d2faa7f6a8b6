#include "server/net/sim_connection.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "server/wire/check.h"

namespace irc {
namespace {

IoResult done(std::size_t bytes) {
  return IoResult{.kind = IoResult::Kind::done, .bytes = bytes, .error = 0};
}

IoResult failed(int error) {
  return IoResult{.kind = IoResult::Kind::failed, .bytes = 0, .error = error};
}

}  // namespace

SimConnection::SimConnection(std::size_t buffer_bytes) {
  server_.unread_bytes_max = buffer_bytes;
  peer_.unread_bytes_max = buffer_bytes;
}

IoResult SimConnection::recv(Side side, std::span<char> in) {
  CHECK(!in.empty());
  End& self = end(side);
  if (self.closed) return failed(EBADF);
  if (!self.unread.empty()) {
    const std::size_t bytes = self.unread.copy(in.data(), in.size());
    self.unread.erase(0, bytes);
    return done(bytes);
  }
  // A stream that was ended by FIN stays so, whatever RST comes behind it.
  if (self.error != 0 && !self.fin_received) return failed(std::exchange(self.error, 0));
  if (!self.fin_received && !self.reset) return IoResult{};
  self.eof_read = true;
  return IoResult{.kind = IoResult::Kind::eof, .bytes = 0, .error = 0};
}

IoResult SimConnection::send(Side side, std::string_view out) {
  CHECK(!out.empty());
  End& self = end(side);
  End& target = end(other(side));
  if (self.closed) return failed(EBADF);
  if (self.error != 0) return failed(std::exchange(self.error, 0));
  if (self.fin_sent || self.reset) return failed(EPIPE);
  if (target.closed) {
    receive_reset(self);
    return done(out.size());
  }
  const std::size_t bytes = std::min(out.size(), room_bytes(side));
  target.unread.append(out.substr(0, bytes));
  return bytes > 0 ? done(bytes) : IoResult{};
}

void SimConnection::shutdown_write(Side side) {
  End& self = end(side);
  if (self.closed || self.reset) return;
  self.fin_sent = true;
  end(other(side)).fin_received = true;
}

void SimConnection::close(Side side) {
  if (unread_bytes(side) > 0) return close_with_reset(side);
  shutdown_write(side);
  end(side).closed = true;
}

void SimConnection::close_with_reset(Side side) {
  End& self = end(side);
  if (self.closed) return;
  self.closed = true;
  self.unread.clear();
  receive_reset(end(other(side)));
}

void SimConnection::reset() {
  receive_reset(server_);
  receive_reset(peer_);
}

short SimConnection::events(Side side) const {
  const End& self = end(side);
  const bool in_ended = self.fin_received || self.reset;
  const bool out_ended = self.fin_sent || self.reset;
  int events = 0;
  if (in_ended || !self.unread.empty()) events |= POLLIN;
  if (out_ended || room_bytes(side) > 0) events |= POLLOUT;
  if (in_ended) events |= POLLRDHUP;
  if (in_ended && out_ended) events |= POLLHUP;
  if (self.error != 0) events |= POLLERR;
  return static_cast<short>(events);
}

std::size_t SimConnection::room_bytes(Side side) const {
  const End& target = end(other(side));
  return target.unread_bytes_max - std::min(target.unread_bytes_max, target.unread.size());
}

void SimConnection::receive_reset(End& end) {
  const bool over = end.fin_sent && end.fin_received;
  if (end.closed || end.reset || over) return;
  end.reset = true;
  // So Linux words it for an end that knew that no more would come (tcp_reset, CLOSE_WAIT).
  end.error = end.fin_received ? EPIPE : ECONNRESET;
}

}  // namespace irc
