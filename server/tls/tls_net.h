// TlsNet: a Network on top of another, on which some listeners speak TLS. The loop sees plaintext
// and the readiness that goes with it; handshakes and records that are sent in parts are done
// within recv and poll.
//
// - poll asks for room as long as ciphertext waits, and not for the loop before the handshake is
//   done, when nothing could be sent.
// - Plaintext that was received but not yet asked for is an event, though the kernel has none.
// - What recv hands out was received in one call of the network below, as the loop wants it.
#pragma once

#include <poll.h>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/net/network.h"
#include "server/tls/tls_session.h"

namespace irc {

template <Network Inner>
class TlsNet {
  struct Secured;

 public:
  // Must not outlive its TlsNet.
  class Socket {
   public:
    // Without TLS.
    explicit Socket(typename Inner::Socket plain) : plain_(std::move(plain)) {}
    // A listener whose connections speak TLS. `context` must outlive it.
    Socket(typename Inner::Socket listener, const TlsContext& context)
        : plain_(std::move(listener)), context_(&context) {}

   private:
    friend TlsNet;
    explicit Socket(std::unique_ptr<Secured> secured) : secured_(std::move(secured)) {}

    std::optional<typename Inner::Socket> plain_;
    std::unique_ptr<Secured> secured_;  // Exactly when there is no plain_.
    const TlsContext* context_ = nullptr;
  };

  // `inner` must outlive it.
  explicit TlsNet(Inner& inner) : inner_(inner) {}
  TlsNet(const TlsNet&) = delete;
  TlsNet& operator=(const TlsNet&) = delete;

  int fd(const Socket& socket) const {
    return inner_.fd(socket.secured_ ? socket.secured_->socket : *socket.plain_);
  }

  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) {
    if (secured_.empty()) return inner_.poll(fds, deadline);
    wanted_.clear();
    bool ready = false;
    for (pollfd& entry : fds) {
      wanted_.push_back(entry.events);
      const Secured* secured = find(entry.fd);
      if (secured == nullptr) continue;
      ready = ready || has_input(*secured, entry.events);
      entry.events = events_below(*secured, entry.events);
    }
    inner_.poll(fds, ready ? std::optional(inner_.now()) : deadline);
    for (std::size_t i = 0; i < fds.size(); ++i) {
      const short wanted = std::exchange(fds[i].events, wanted_[i]);
      Secured* secured = find(fds[i].fd);
      if (secured != nullptr) fds[i].revents = events_above(*secured, wanted, fds[i]);
    }
  }

  AcceptResult<Socket> accept(Socket& listener) {
    auto result = inner_.accept(*listener.plain_);
    if (!result.accepted) return {.accepted = std::nullopt, .error = result.error};
    return {.accepted = Accepted<Socket>{.socket = wrap(std::move(result.accepted->socket),
                                                        listener.context_),
                                         .host = std::move(result.accepted->host),
                                         .secure = listener.context_ != nullptr},
            .error = AcceptError::none};
  }

  IoResult recv(Socket& socket, std::span<char> in) {
    if (!socket.secured_) return inner_.recv(*socket.plain_, in);
    Secured& secured = *socket.secured_;
    IoResult result = secured.session.recv(in);
    if (result.kind == IoResult::Kind::would_block) {
      std::array<char, kFedBytesMax> fed;
      result = inner_.recv(secured.socket, fed);
      if (result.kind != IoResult::Kind::done) return result;
      secured.session.feed({fed.data(), result.bytes});
      result = secured.session.recv(in);
    }
    flush(secured);  // Handshake or alert.
    return result;
  }

  IoResult send(Socket& socket, std::string_view out) {
    if (!socket.secured_) return inner_.send(*socket.plain_, out);
    Secured& secured = *socket.secured_;
    std::size_t taken = 0;
    while (taken < out.size()) {
      IoResult result = flush(secured);
      if (result.kind != IoResult::Kind::failed) result = secured.session.send(out.substr(taken));
      if (result.kind == IoResult::Kind::failed) return result;
      if (result.kind != IoResult::Kind::done) break;
      taken += result.bytes;
    }
    const IoResult result = flush(secured);
    if (taken == 0) return result.kind == IoResult::Kind::failed ? result : IoResult{};
    return {.kind = IoResult::Kind::done, .bytes = taken, .error = 0};
  }

  // With a close_notify before it.
  bool shutdown_write(Socket& socket) {
    if (!socket.secured_) return inner_.shutdown_write(*socket.plain_);
    Secured& secured = *socket.secured_;
    secured.session.close();
    if (flush(secured).kind == IoResult::Kind::would_block) return false;
    return inner_.shutdown_write(secured.socket);
  }

  TimePoint now() const { return inner_.now(); }

 private:
  // No more of it is held in memory at once.
  static constexpr std::size_t kFedBytesMax = 4096;

  struct Secured {
    Secured(TlsNet& its_net, typename Inner::Socket its_socket, const TlsContext& context)
        : net(its_net), socket(std::move(its_socket)), session(context) {
      net.secured_.emplace(net.inner_.fd(socket), this);
    }
    Secured(const Secured&) = delete;
    Secured& operator=(const Secured&) = delete;
    ~Secured() { net.secured_.erase(net.inner_.fd(socket)); }

    TlsNet& net;
    typename Inner::Socket socket;
    TlsSession session;
  };

  Secured* find(int fd) const {
    const auto found = secured_.find(fd);
    return found == secured_.end() ? nullptr : found->second;
  }

  Socket wrap(typename Inner::Socket socket, const TlsContext* context) {
    if (context == nullptr) return Socket(std::move(socket));
    return Socket(std::make_unique<Secured>(*this, std::move(socket), *context));
  }

  // would_block while ciphertext waits; done, of no bytes, when none does.
  IoResult flush(Secured& secured) {
    while (!secured.session.ciphertext().empty()) {
      const IoResult result = inner_.send(secured.socket, secured.session.ciphertext());
      if (result.kind != IoResult::Kind::done) return result;
      secured.session.sent(result.bytes);
    }
    return {.kind = IoResult::Kind::done, .bytes = 0, .error = 0};
  }

  static bool has_input(const Secured& secured, short wanted) {
    return (wanted & POLLIN) != 0 && secured.session.readable();
  }

  static short events_below(const Secured& secured, short wanted) {
    int events = wanted & ~POLLOUT;
    const bool may_send = (wanted & POLLOUT) != 0 && secured.session.established();
    if (may_send || !secured.session.ciphertext().empty()) events |= POLLOUT;
    return static_cast<short>(events);
  }

  short events_above(Secured& secured, short asked, const pollfd& entry) {
    if ((asked & entry.revents & POLLOUT) != 0) flush(secured);
    int revents = entry.revents & (entry.events | POLLERR | POLLHUP | POLLNVAL);
    if (!secured.session.ciphertext().empty()) revents &= ~POLLOUT;
    if (has_input(secured, entry.events)) revents |= POLLIN;
    return static_cast<short>(revents);
  }

  Inner& inner_;
  std::unordered_map<int, Secured*> secured_;  // By descriptor; never visited in its order.
  std::vector<short> wanted_;                  // By the loop, in poll.
};

}  // namespace irc
