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

// Without it OpenSSL would ask at the terminal.
int no_passphrase(char*, int, int, void*) {
  return 0;
}

}  // namespace

TlsContext::TlsContext(const std::string& certificate_file, const std::string& key_file)
    : context_(load(certificate_file, key_file)) {}

void TlsContext::reload(const std::string& certificate_file, const std::string& key_file) {
  context_ = load(certificate_file, key_file);
}

TlsContext::Pointer TlsContext::load(const std::string& certificate_file,
                                     const std::string& key_file) {
  ERR_clear_error();
  Pointer context(SSL_CTX_new(TLS_server_method()));
  if (!context) fail("cannot start TLS");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);  // An idle client keeps little.
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context.get(), 0);
  SSL_CTX_set_default_passwd_cb(context.get(), no_passphrase);
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate_file.c_str()) != 1) {
    fail("cannot use the certificate " + certificate_file);
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1) {
    fail("cannot use the key " + key_file);
  }
  return context;
}

}  // namespace irc
