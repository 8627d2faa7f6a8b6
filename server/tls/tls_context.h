// TlsContext: a certificate and its key, with which sessions are made. OpenSSL; TLS 1.2 and later,
// without compression, renegotiation and resumption.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <stdexcept>

#include "server/tls/tls_file.h"

namespace irc {

// What OpenSSL could not do, and with which file: one line, which begins with the file's place.
class TlsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Where another is assigned to it, new sessions use that; those that there are keep theirs.
class TlsContext {
 public:
  // The certificate with its chain, and the key without passphrase. Throws TlsError.
  TlsContext(const TlsFile& certificate, const TlsFile& key);

  SSL_CTX* get() const { return context_.get(); }

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  std::unique_ptr<SSL_CTX, Free> context_;
};

}  // namespace irc
