#include "server/password_hash.h"

#include <sodium.h>

#include <array>
#include <cstddef>
#include <stdexcept>

namespace irc {
namespace {

constexpr unsigned long long kPasses = 5;
constexpr std::size_t kMemoryBytes = std::size_t{7} << 20;

}  // namespace

std::string hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const bool ready = sodium_init() >= 0;
  if (!ready || crypto_pwhash_str(hash.data(), password.data(), password.size(), kPasses,
                                  kMemoryBytes) != 0) {
    throw std::runtime_error("cannot hash a password: out of memory or randomness");
  }
  return hash.data();
}

bool is_password_hash(const std::string& text) {
  // Its own bound; libsodium copies into an array of that size.
  if (text.size() >= crypto_pwhash_STRBYTES) return false;
  return crypto_pwhash_str_needs_rehash(text.c_str(), kPasses, kMemoryBytes) == 0;
}

bool verify_password(const std::string& hash, std::string_view password) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace irc
