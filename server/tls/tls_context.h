// TlsContext: a certificate and its key, with which sessions are made. OpenSSL; TLS 1.2 and later,
// without compression, renegotiation and resumption.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace irc {

// What OpenSSL could not do, and with which file: one line.
class TlsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class TlsContext {
 public:
  // PEM files: the certificate with its chain, and the key without passphrase. Throws TlsError.
  TlsContext(const std::string& certificate_file, const std::string& key_file);

  // What new sessions use from now on; those that there are keep theirs. Throws TlsError, and then
  // nothing has changed.
  void reload(const std::string& certificate_file, const std::string& key_file);

  SSL_CTX* get() const { return context_.get(); }

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  using Pointer = std::unique_ptr<SSL_CTX, Free>;
  static Pointer load(const std::string& certificate_file, const std::string& key_file);

  Pointer context_;
};

}  // namespace irc
