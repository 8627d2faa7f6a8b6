// Networks that misbehave in what they make of a write.
#pragma once

#include <cerrno>
#include <cstddef>
#include <set>
#include <span>
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

// Sends a line again from its begin where a write took only a part of it.
template <Network Inner>
class ResendsCutLine : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult send(Socket& socket, std::string_view out) {
    IoResult result = this->inner_.send(socket, out);
    const std::size_t whole_bytes = out.substr(0, result.bytes).rfind('\n') + 1;
    if (result.bytes < out.size() && whole_bytes > 0) result.bytes = whole_bytes;
    return result;
  }
};

// Writes each line by itself, before it looks at who has left, and ends at SIGPIPE.
template <Network Inner>
class DiesOfSecondWrite : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    const bool leaves = result.kind == IoResult::Kind::eof || result.kind == IoResult::Kind::failed;
    const int fd = this->inner_.fd(socket);
    const bool is_first_look = leaves && leavers_.insert(fd).second;
    if (is_first_look) return {};
    leavers_.erase(fd);
    return result;
  }
  IoResult send(Socket& socket, std::string_view out) {
    std::size_t sent_bytes = 0;
    while (sent_bytes < out.size()) {
      const std::size_t line_bytes = out.find('\n', sent_bytes) + 1 - sent_bytes;
      const IoResult result = this->inner_.send(socket, out.substr(sent_bytes, line_bytes));
      if (result.kind == IoResult::Kind::failed) throw Died();
      sent_bytes += result.bytes;
      if (result.bytes < line_bytes) break;
    }
    if (sent_bytes == 0) return {};
    return {.kind = IoResult::Kind::done, .bytes = sent_bytes, .error = 0};
  }

 private:
  std::set<int> leavers_;
};

}  // namespace irc::mutants
