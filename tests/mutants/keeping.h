// Servers that keep what they should give back: memory, descriptors, threads. Only the kernel sees
// it, so that they are played over loopback.
#pragma once

#include <poll.h>
#include <unistd.h>

#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server/core/server.h"
#include "tests/mutants/forwarding_net.h"

namespace irc::mutants {

// A second descriptor of a connection outlives its reset.
template <Network Inner>
class KeepsDescriptorAtReset : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    if (result.kind == IoResult::Kind::failed) ::dup(this->inner_.fd(socket));
    return result;
  }
};

// Each connection costs a buffer for ever.
template <Network Inner>
class KeepsBufferOfEach : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  AcceptResult<Socket> accept(Socket& listener) {
    constexpr std::size_t kBufferBytes = 8192;
    AcceptResult<Socket> result = this->inner_.accept(listener);
    if (result.accepted) kept_.emplace_back(kBufferBytes, '\0');
    return result;
  }

 private:
  std::vector<std::string> kept_;
};

// What has no end yet is copied into a buffer, which is never freed.
template <Network Inner>
class KeepsHalfLines : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    constexpr std::size_t kBufferBytes = 4096;
    const IoResult result = this->inner_.recv(socket, in);
    const std::string_view bytes(in.data(), result.bytes);
    if (!bytes.empty() && !bytes.ends_with('\n')) kept_.emplace_back(kBufferBytes, '\0') = bytes;
    return result;
  }

 private:
  std::vector<std::string> kept_;
};

// Every nickname and every channel that was ever asked for is remembered.
class KeepsNames : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    constexpr std::size_t kRecordBytes = 4096;
    const bool names = frame.line.starts_with("NICK") || frame.line.starts_with("JOIN");
    if (names) kept_.emplace_back(kRecordBytes, '\0');
    Server::on_frame(id, frame, now);
  }

 private:
  std::vector<std::string> kept_;
};

// Each connection starts a thread, which never ends.
template <Network Inner>
class ThreadForEach : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  AcceptResult<Socket> accept(Socket& listener) {
    AcceptResult<Socket> result = this->inner_.accept(listener);
    if (result.accepted) std::thread([] { ::poll(nullptr, 0, -1); }).detach();
    return result;
  }
};

}  // namespace irc::mutants
