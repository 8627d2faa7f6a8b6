#include "server/tls/tls_context.h"

#include <openssl/err.h>

#include <system_error>

namespace irc {
namespace {

// Why the last call failed: the first of its errors; those behind it say which calls it was in.
std::string reason() {
  const unsigned long error = ERR_peek_error();
  if (ERR_SYSTEM_ERROR(error)) return std::generic_category().message(ERR_GET_REASON(error));
  const char* text = ERR_reason_error_string(error);
  return text != nullptr ? text : "unknown reason";
}

[[noreturn]] void fail(const std::string& what) {
  const std::string text = what + ": " + reason();
  ERR_clear_error();
  throw TlsError(text);
}

std::string at_place(const TlsFile& file) {
  return file.place.empty() ? "" : file.place + ": ";
}

// Without it OpenSSL would ask at the terminal.
int no_passphrase(char*, int, int, void*) {
  return 0;
}

}  // namespace

TlsContext::TlsContext(const TlsFile& certificate, const TlsFile& key) {
  ERR_clear_error();
  context_.reset(SSL_CTX_new(TLS_server_method()));
  if (!context_) fail("cannot start TLS");
  SSL_CTX* const context = context_.get();
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  // Without resumption of sessions: TLS 1.2 has tickets by an option, TLS 1.3 by their number, and
  // both have the cache.
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);  // An idle client keeps little.
  SSL_CTX_set_default_passwd_cb(context, no_passphrase);
  if (SSL_CTX_use_certificate_chain_file(context, certificate.path.c_str()) != 1) {
    fail(at_place(certificate) + "cannot use the certificate " + certificate.path);
  }
  if (SSL_CTX_use_PrivateKey_file(context, key.path.c_str(), SSL_FILETYPE_PEM) != 1) {
    fail(at_place(key) + "cannot use the key " + key.path);
  }
  // One of another kind was taken, as if a certificate for it were still to come.
  if (SSL_CTX_check_private_key(context) != 1) {
    fail(at_place(key) + "the key " + key.path + " does not fit the certificate");
  }
}

}  // namespace irc
