#include "server/tls/tls_session.h"

#include <openssl/bio.h>
#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <new>

#include "server/wire/check.h"

namespace irc {
namespace {

// Of plaintext; what is encrypted is a little more. A memory BIO keeps what it has once grown to.
constexpr std::size_t kRecordBytesMax = 4096;

// Of ciphertext that waits: a handshake's flight, a record and some answers are far less. A peer
// that asks and asks (KeyUpdate, RFC 8446 4.6.3) and does not read would have any amount wait.
constexpr std::size_t kUnsentBytesMax = 65536;

int size_of(std::size_t bytes) {
  return static_cast<int>(std::min(bytes, std::size_t{INT_MAX}));
}

IoResult done(int bytes) {
  return {.kind = IoResult::Kind::done, .bytes = static_cast<std::size_t>(bytes), .error = 0};
}

IoResult failed() {
  return {.kind = IoResult::Kind::failed, .bytes = 0, .error = EPROTO};
}

}  // namespace

TlsSession::TlsSession(const TlsContext& context)
    : session_(SSL_new(context.get())), in_(BIO_new(BIO_s_mem())), out_(BIO_new(BIO_s_mem())) {
  if (!session_ || in_ == nullptr || out_ == nullptr) {
    BIO_free(in_);
    BIO_free(out_);
    throw std::bad_alloc();
  }
  SSL_set_bio(session_.get(), in_, out_);
  SSL_set_accept_state(session_.get());
}

IoResult TlsSession::recv(std::span<char> in) {
  CHECK(!in.empty());
  if (failed_) return failed();
  ERR_clear_error();
  const int count = SSL_read(session_.get(), in.data(), size_of(in.size()));
  if (ciphertext().size() > kUnsentBytesMax) return fail();
  return count > 0 ? done(count) : failure(count);
}

IoResult TlsSession::send(std::string_view out) {
  CHECK(!out.empty());
  if (failed_) return failed();
  if (!established() || !ciphertext().empty()) return IoResult{};
  ERR_clear_error();
  const std::string_view record = out.substr(0, kRecordBytesMax);
  const int count = SSL_write(session_.get(), record.data(), size_of(record.size()));
  return count > 0 ? done(count) : failure(count);
}

IoResult TlsSession::failure(int result) {
  switch (SSL_get_error(session_.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      return IoResult{};
    case SSL_ERROR_ZERO_RETURN:
      return {.kind = IoResult::Kind::eof, .bytes = 0, .error = 0};
    default:
      return fail();
  }
}

IoResult TlsSession::fail() {
  ERR_clear_error();
  failed_ = true;
  return failed();
}

void TlsSession::close() {
  if (failed_ || closed_ || !established()) return;
  closed_ = true;
  ERR_clear_error();
  SSL_shutdown(session_.get());
  ERR_clear_error();
}

void TlsSession::feed(std::string_view ciphertext) {
  CHECK(BIO_write(in_, ciphertext.data(), size_of(ciphertext.size())) ==
        size_of(ciphertext.size()));
}

std::string_view TlsSession::ciphertext() const {
  char* data = nullptr;
  const long bytes = BIO_get_mem_data(out_, &data);
  return bytes > 0 ? std::string_view(data, static_cast<std::size_t>(bytes)) : std::string_view();
}

void TlsSession::sent(std::size_t bytes) {
  CHECK(bytes <= ciphertext().size());
  std::array<char, kRecordBytesMax> gone;
  while (bytes > 0) {
    const int count = BIO_read(out_, gone.data(), size_of(std::min(bytes, gone.size())));
    CHECK(count > 0);
    bytes -= static_cast<std::size_t>(count);
  }
}

bool TlsSession::readable() const {
  return !failed_ && (SSL_pending(session_.get()) > 0 || BIO_pending(in_) > 0);
}

}  // namespace irc
