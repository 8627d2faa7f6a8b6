// TlsSession: the server's end of one TLS connection, without a socket. Ciphertext is fed and
// taken, plaintext received and sent; nothing ever waits.
//
// Memory: of what was received, one piece that was fed; of what is sent, one record and what TLS
// itself has to say, together at most 64 KiB and what one more piece asks for. OpenSSL keeps one
// record more of either while it is in parts.
#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "server/net/network.h"
#include "server/tls/tls_context.h"

namespace irc {

class TlsSession {
 public:
  // Throws std::bad_alloc.
  explicit TlsSession(const TlsContext& context);

  // Plaintext out of what was fed; would_block when more is needed, eof when the peer has said that
  // it ends (close_notify), failed (EPROTO) when it does not speak TLS, not as it should, or asks
  // for answers and does not take them. Goes on with the handshake, so that there may be ciphertext
  // after it. Requires: room.
  IoResult recv(std::span<char> in);
  // Encrypts at most a record of it. would_block before the handshake is done and while there is
  // ciphertext. Requires: `out` is not empty.
  IoResult send(std::string_view out);
  // Says that it ends, if the handshake is done. Once; not after recv or send have failed.
  void close();

  // Requires: recv has just said would_block.
  void feed(std::string_view ciphertext);
  // What has to go to the peer. Valid until the next call that is not const.
  std::string_view ciphertext() const;
  // Its first `bytes` have gone. Requires: bytes <= ciphertext().size().
  void sent(std::size_t bytes);

  bool established() const { return SSL_is_init_finished(session_.get()) == 1; }
  // Whether recv might say something else than would_block without being fed.
  bool readable() const;

 private:
  struct Free {
    void operator()(SSL* session) const { SSL_free(session); }
  };
  IoResult failure(int result);
  IoResult fail();  // For good.

  std::unique_ptr<SSL, Free> session_;
  BIO* in_;  // Both belong to the session.
  BIO* out_;
  bool failed_ = false;
  bool closed_ = false;
};

}  // namespace irc
