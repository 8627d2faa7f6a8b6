// TlsClient: the client's end of TLS, OpenSSL's own, without a socket: who holds it carries the
// ciphertext.
#pragma once

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "server/wire/check.h"

namespace irc {

class TlsClient {
 public:
  // Of that version, which is one of OpenSSL's numbers.
  explicit TlsClient(int version = TLS1_3_VERSION)
      : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free),
        session_(SSL_new(context_.get()), SSL_free),
        in_(BIO_new(BIO_s_mem())),
        out_(BIO_new(BIO_s_mem())) {
    SSL_set_min_proto_version(session_.get(), version);
    SSL_set_max_proto_version(session_.get(), version);
    SSL_set_bio(session_.get(), in_, out_);
    SSL_set_connect_state(session_.get());
    SSL_do_handshake(session_.get());
  }

  // Plaintext to be sent; waits here until the handshake is done.
  void say(std::string_view text) {
    unsaid_ += text;
    go_on();
  }
  // Asks the server for new keys, by which it is sent an answer (RFC 8446 4.6.3). Requires: the
  // handshake is done.
  void ask_for_keys() {
    CHECK(SSL_key_update(session_.get(), SSL_KEY_UPDATE_REQUESTED) == 1);
    CHECK(SSL_do_handshake(session_.get()) == 1);
  }
  // Says that it ends (close_notify).
  void close() { SSL_shutdown(session_.get()); }
  void feed(std::string_view ciphertext) {
    const auto bytes = static_cast<int>(ciphertext.size());
    CHECK(BIO_write(in_, ciphertext.data(), bytes) == bytes);
    go_on();
  }
  // What has to go to the server, at most that many bytes.
  std::string ciphertext(std::size_t bytes_max) {
    std::string bytes(bytes_max, '\0');
    const int count = BIO_read(out_, bytes.data(), static_cast<int>(bytes_max));
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
  }

  // The server's certificate, in PEM; empty before it has come.
  std::string certificate() const {
    const std::unique_ptr<X509, decltype(&X509_free)> x509(
        SSL_get1_peer_certificate(session_.get()), X509_free);
    if (!x509) return "";
    const std::unique_ptr<BIO, decltype(&BIO_free)> pem(BIO_new(BIO_s_mem()), BIO_free);
    CHECK(pem && PEM_write_bio_X509(pem.get(), x509.get()) == 1);
    char* text = nullptr;
    const auto bytes = static_cast<std::size_t>(BIO_get_mem_data(pem.get(), &text));
    return {text, bytes};
  }
  // All plaintext that has come.
  const std::string& heard() const { return heard_; }
  bool established() const { return SSL_is_init_finished(session_.get()) == 1; }
  // Whether the server has given it what it could resume its session by: an id or a ticket.
  bool could_resume() const { return SSL_SESSION_is_resumable(SSL_get0_session(session_.get())); }
  // The server has said that it ends.
  bool told_to_end() const {
    return (SSL_get_shutdown(session_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
  }

 private:
  void go_on() {
    std::array<char, 4096> in;
    for (int count = 0; (count = SSL_read(session_.get(), in.data(), in.size())) > 0;) {
      heard_.append(in.data(), static_cast<std::size_t>(count));
    }
    if (!established() || unsaid_.empty()) return;
    CHECK(SSL_write(session_.get(), unsaid_.data(), static_cast<int>(unsaid_.size())) > 0);
    unsaid_.clear();
  }

  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> session_;
  BIO* in_;
  BIO* out_;
  std::string unsaid_, heard_;
};

}  // namespace irc
