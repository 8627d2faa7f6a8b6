// Networks that serve one client and not the others.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "tests/mutants/died.h"
#include "tests/mutants/forwarding_net.h"

namespace irc::mutants {

// Reads from a new client before it goes on with the others.
template <Network Inner>
class WaitsForFirstLine : public BlockingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using BlockingNet<Inner>::BlockingNet;

  AcceptResult<Socket> accept(Socket& listener) {
    if (this->awaits()) return {.accepted = std::nullopt, .error = AcceptError::would_block};
    AcceptResult<Socket> result = this->inner_.accept(listener);
    if (result.accepted) this->await(result.accepted->socket, POLLIN);
    return result;
  }
};

// Reads on until the line is complete, as fgets does.
template <Network Inner>
class WaitsForRestOfLine : public BlockingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using BlockingNet<Inner>::BlockingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    const std::string_view bytes(in.data(), result.bytes);
    if (!bytes.empty() && !bytes.ends_with('\n')) this->await(socket, POLLIN);
    return result;
  }
};

// Closes what does not fit into the fd_set of select(2).
template <Network Inner>
class FdSetIsFull : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  AcceptResult<Socket> accept(Socket& listener) {
    constexpr int kSetSize = 1024;
    AcceptResult<Socket> result = this->inner_.accept(listener);
    const bool fits = !result.accepted || this->inner_.fd(result.accepted->socket) < kSetSize;
    if (fits) return result;
    return {.accepted = std::nullopt, .error = AcceptError::aborted};
  }
};

// A write that does not fit is waited for, as with blocking sockets.
template <Network Inner>
class WaitsForSlowReader : public BlockingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using BlockingNet<Inner>::BlockingNet;

  IoResult send(Socket& socket, std::string_view out) {
    const IoResult result = this->inner_.send(socket, out);
    const bool short_write = result.kind != IoResult::Kind::failed && result.bytes < out.size();
    if (short_write) this->await(socket, POLLOUT);
    return result;
  }
};

// Never accepts again once there was no descriptor left.
template <Network Inner>
class GivesUpAccepting : public DeafeningNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using DeafeningNet<Inner>::DeafeningNet;

  AcceptResult<Socket> accept(Socket& listener) {
    AcceptResult<Socket> result = DeafeningNet<Inner>::accept(listener);
    if (result.error == AcceptError::exhausted) this->deafen(listener);
    return result;
  }
};

// Ends when there is no descriptor left.
template <Network Inner>
class DiesWithoutDescriptors : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  AcceptResult<Socket> accept(Socket& listener) {
    AcceptResult<Socket> result = this->inner_.accept(listener);
    if (result.error == AcceptError::exhausted) throw Died();
    return result;
  }
};

}  // namespace irc::mutants
