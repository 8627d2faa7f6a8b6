// Servers that are none: nothing that a case expects comes from them, so no case may pass. Each in
// two forms: towards everybody, and towards everybody but the first client, which is the bystander
// that watches over a run; with that one served it is up to each case to notice.
#pragma once

#include <cstddef>
#include <optional>
#include <set>

#include "tests/mutants/forwarding_net.h"

namespace irc::mutants {

// Knows the first `Count` connections and serves them.
template <Network Inner, std::size_t Count>
class SparingNet : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  AcceptResult<Socket> accept(Socket& listener) {
    AcceptResult<Socket> result = inner_.accept(listener);
    if (result.accepted && spared_.size() < Count) {
      spared_.insert(inner_.fd(result.accepted->socket));
    }
    return result;
  }

 protected:
  using ForwardingNet<Inner>::inner_;
  bool spares(const Socket& socket) const { return spared_.contains(inner_.fd(socket)); }

 private:
  std::set<int> spared_;  // They stay for ever.
};

// Accepts and reads, and never says anything.
template <Network Inner, std::size_t Count>
class SilentNet : public SparingNet<Inner, Count> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using SparingNet<Inner, Count>::SparingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    const bool unheard = result.kind == IoResult::Kind::done && !this->spares(socket);
    return unheard ? IoResult{} : result;
  }
  IoResult send(Socket& socket, std::string_view out) {
    if (this->spares(socket)) return this->inner_.send(socket, out);
    return {.kind = IoResult::Kind::done, .bytes = out.size(), .error = 0};
  }
};

// Sends back what it reads, and nothing else.
template <Network Inner, std::size_t Count>
class EchoingNet : public SilentNet<Inner, Count> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using SilentNet<Inner, Count>::SilentNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    if (result.kind != IoResult::Kind::done || this->spares(socket)) return result;
    this->inner_.send(socket, std::string_view(in.data(), result.bytes));
    return {};
  }
};

// Accepts and closes at once.
template <Network Inner, std::size_t Count>
class ClosingNet : public SparingNet<Inner, Count> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using SparingNet<Inner, Count>::SparingNet;

  AcceptResult<Socket> accept(Socket& listener) {
    AcceptResult<Socket> result = SparingNet<Inner, Count>::accept(listener);
    const bool keeps = !result.accepted || this->spares(result.accepted->socket);
    if (keeps) return result;
    return {.accepted = std::nullopt, .error = AcceptError::aborted};
  }
};

template <class Inner>
using Silent = SilentNet<Inner, 0>;
template <class Inner>
using Echoing = EchoingNet<Inner, 0>;
template <class Inner>
using Closing = ClosingNet<Inner, 0>;
template <class Inner>
using SilentButToOne = SilentNet<Inner, 1>;
template <class Inner>
using EchoingButToOne = EchoingNet<Inner, 1>;
template <class Inner>
using ClosingButToOne = ClosingNet<Inner, 1>;

}  // namespace irc::mutants
