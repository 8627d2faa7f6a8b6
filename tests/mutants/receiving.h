// Networks that misbehave in what they let a server read, and when.
#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "tests/mutants/died.h"
#include "tests/mutants/forwarding_net.h"

namespace irc::mutants {

// A NUL hides the rest of a read, as with `buffer += buf`.
template <Network Inner>
class NulEndsRead : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    IoResult result = this->inner_.recv(socket, in);
    if (result.kind != IoResult::Kind::done) return result;
    result.bytes = std::min(result.bytes, std::string_view(in.data(), result.bytes).find('\0'));
    return result.bytes > 0 ? result : IoResult{};
  }
};

// The end of the stream ends the line before it as well.
template <Network Inner>
class FinEndsLine : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    if (result.kind != IoResult::Kind::eof) return result;
    const int fd = this->inner_.fd(socket);
    if (ended_.erase(fd) > 0) return result;
    ended_.insert(fd);
    in.front() = '\n';
    return {.kind = IoResult::Kind::done, .bytes = 1, .error = 0};
  }

 private:
  std::set<int> ended_;  // Between the line's end and the stream's.
};

// Puts what a read brought behind `tail`, hands on the lines that are complete, and keeps the rest
// in `tail`; a rest that is no line any more is handed on too.
template <Network Inner>
IoResult recv_lines(Inner& inner, typename Inner::Socket& socket, std::span<char> in,
                    std::string& tail) {
  constexpr std::size_t kTailBytesMax = 400;
  const IoResult result = inner.recv(socket, in.subspan(tail.size()));
  if (result.kind != IoResult::Kind::done) return result;
  std::ranges::copy(tail, in.begin());
  const std::string_view all(in.data(), tail.size() + result.bytes);
  std::size_t complete = all.find_last_of("\r\n") + 1;
  if (all.size() - complete > kTailBytesMax) complete = all.size();
  tail = all.substr(complete);
  if (complete == 0) return {};
  return {.kind = IoResult::Kind::done, .bytes = complete, .error = 0};
}

// One receive buffer for all clients: what one has begun another ends.
template <Network Inner>
class SharedBuffer : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    return recv_lines(this->inner_, socket, in, tail_);
  }

 private:
  std::string tail_;
};

// The half line of a client that has gone is the beginning of the next one's on its descriptor.
template <Network Inner>
class InheritedBuffer : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    return recv_lines(this->inner_, socket, in, tails_[this->inner_.fd(socket)]);
  }

 private:
  std::map<int, std::string> tails_;
};

// A FIN is not noticed: the connection stays for ever.
template <Network Inner>
class IgnoresFin : public DeafeningNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using DeafeningNet<Inner>::DeafeningNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    if (result.kind != IoResult::Kind::eof) return result;
    this->deafen(socket);
    return {};
  }
};

// As IgnoresFin, but goes on asking poll() for the stream that has ended.
template <Network Inner>
class SpinsAtFin : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    return result.kind == IoResult::Kind::eof ? IoResult{} : result;
  }
};

// A FIN that has come with data is not noticed: the client stays, a ghost.
template <Network Inner>
class FinBehindDataIsLost : public DeafeningNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using DeafeningNet<Inner>::DeafeningNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    IoResult result = this->inner_.recv(socket, in);
    if (result.kind != IoResult::Kind::done || result.bytes == in.size()) return result;
    const IoResult more = this->inner_.recv(socket, in.subspan(result.bytes));
    result.bytes += more.bytes;
    const bool ended = more.kind == IoResult::Kind::eof || more.kind == IoResult::Kind::failed;
    if (ended) this->deafen(socket);
    return result;
  }
};

// A reset takes with it whoever is served next, as an index does that was not corrected.
template <Network Inner>
class ResetTakesNeighbour : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    struck_ = false;
    this->inner_.poll(fds, deadline);
  }
  IoResult recv(Socket& socket, std::span<char> in) {
    IoResult result = this->inner_.recv(socket, in);
    if (std::exchange(struck_, result.kind == IoResult::Kind::failed)) {
      result = {.kind = IoResult::Kind::failed, .bytes = 0, .error = ECONNRESET};
    }
    return result;
  }

 private:
  bool struck_ = false;
};

// A reset ends the server.
template <Network Inner>
class DiesOfReset : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    if (result.kind == IoResult::Kind::failed) throw Died();
    return result;
  }
};

// Nothing to read after all is taken for the end of the stream.
template <Network Inner>
class QuietIsEnd : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    IoResult result = this->inner_.recv(socket, in);
    if (result.kind == IoResult::Kind::would_block) result.kind = IoResult::Kind::eof;
    return result;
  }
};

// Is told only once that there is something to read, and reads only once then: what is left stays.
template <Network Inner>
class ReadsOncePerEdge : public DeafeningNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using DeafeningNet<Inner>::DeafeningNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    if (result.kind == IoResult::Kind::done && result.bytes == in.size()) this->deafen(socket);
    return result;
  }
};

// Sleeps before it reads, so that what was sent apart may be there together by then.
template <Network Inner>
class Sleeper : public ForwardingNet<Inner> {
 public:
  using ForwardingNet<Inner>::ForwardingNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    constexpr Duration kNap = std::chrono::milliseconds(30);
    const auto is_ready = [](const pollfd& f) { return f.revents != 0; };
    if (!wakes_) {
      this->inner_.poll(fds, deadline);
      if (std::ranges::none_of(fds, is_ready)) return;
      wakes_ = this->inner_.now() + kNap;
    }
    for (pollfd& entry : fds) entry.revents = 0;
    if (this->inner_.now() < *wakes_) return this->inner_.poll({}, wakes_);
    wakes_.reset();
    this->inner_.poll(fds, this->inner_.now());
  }

 private:
  std::optional<TimePoint> wakes_;
};

// Sleeps for whoever sends many lines at once, and so lets everybody wait.
template <Network Inner>
class SleepsForFlooder : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    const TimePoint now = this->inner_.now();
    if (!wakes_ || now >= *wakes_) return this->inner_.poll(fds, deadline);
    for (pollfd& entry : fds) entry.revents = 0;
    this->inner_.poll({}, wakes_);
  }
  IoResult recv(Socket& socket, std::span<char> in) {
    constexpr Duration kPenalty = std::chrono::seconds(10);
    constexpr std::ptrdiff_t kLinesMax = 40;
    const IoResult result = this->inner_.recv(socket, in);
    if (std::ranges::count(in.first(result.bytes), '\n') > kLinesMax) {
      wakes_ = this->inner_.now() + kPenalty;
    }
    return result;
  }

 private:
  std::optional<TimePoint> wakes_;
};

}  // namespace irc::mutants
