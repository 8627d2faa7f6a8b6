// Networks that misbehave in what they make of a write.
#pragma once

#include <cerrno>
#include <string_view>

#include "tests/mutants/died.h"
#include "tests/mutants/forwarding_net.h"

namespace irc::mutants {

// A full buffer is taken for a broken connection.
template <Network Inner>
class FullIsBroken : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult send(Socket& socket, std::string_view out) {
    const IoResult result = this->inner_.send(socket, out);
    if (result.kind == IoResult::Kind::failed || result.bytes == out.size()) return result;
    return {.kind = IoResult::Kind::failed, .bytes = 0, .error = EPIPE};
  }
};

// What does not fit at once is lost.
template <Network Inner>
class ShortWriteIsLost : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult send(Socket& socket, std::string_view out) {
    const IoResult result = this->inner_.send(socket, out);
    if (result.kind == IoResult::Kind::failed) return result;
    return {.kind = IoResult::Kind::done, .bytes = out.size(), .error = 0};
  }
};

// A write to a connection that is gone ends the server, as SIGPIPE does.
template <Network Inner>
class DiesOfBrokenPipe : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult send(Socket& socket, std::string_view out) {
    const IoResult result = this->inner_.send(socket, out);
    if (result.kind == IoResult::Kind::failed) throw Died();
    return result;
  }
};

}  // namespace irc::mutants
