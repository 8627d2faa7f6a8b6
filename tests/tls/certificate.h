// Certificate: one for "localhost", signed by itself, and its key, in two files as long as the
// object lives. Those that live together need names that differ.
#pragma once

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include <openssl/x509.h>

#include "server/wire/check.h"

namespace irc {

class Certificate {
 public:
  enum class Kind : std::uint8_t { p256, ed25519 };

  explicit Certificate(const std::string& name = "server", Kind kind = Kind::p256)
      : certificate_(path_of(name, "certificate")), key_(path_of(name, "key")) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        kind == Kind::p256 ? EVP_EC_gen("P-256") : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"),
        EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> x509(X509_new(), X509_free);
    CHECK(key && x509);
    X509_gmtime_adj(X509_getm_notBefore(x509.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3600);
    X509_set_pubkey(x509.get(), key.get());
    X509_NAME* subject = X509_get_subject_name(x509.get());
    const auto* host = reinterpret_cast<const unsigned char*>("localhost");
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, host, -1, -1, 0);
    X509_set_issuer_name(x509.get(), subject);
    const EVP_MD* digest = kind == Kind::p256 ? EVP_sha256() : nullptr;  // Ed25519 has its own.
    CHECK(X509_sign(x509.get(), key.get(), digest) > 0);
    write(certificate_, [&](std::FILE* file) { return PEM_write_X509(file, x509.get()); });
    write(key_, [&](std::FILE* file) {
      return PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
  }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;
  ~Certificate() {
    ::unlink(certificate_.c_str());
    ::unlink(key_.c_str());
  }

  const std::string& certificate() const { return certificate_; }
  const std::string& key() const { return key_; }

 private:
  template <class Write>
  static void write(const std::string& path, Write write_pem) {
    std::FILE* file = std::fopen(path.c_str(), "w");
    CHECK(file != nullptr && write_pem(file) == 1);
    std::fclose(file);
  }

  static std::string path_of(const std::string& name, const std::string& what) {
    return testing::TempDir() + name + "." + what + "." + std::to_string(::getpid());
  }

  const std::string certificate_, key_;
};

}  // namespace irc
