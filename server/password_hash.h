// Passwords of operators, as a configuration keeps them: hashed by Argon2id (libsodium).
//
// The parameters (7 MiB, 5 passes) are the leanest of those that OWASP recommends: a check takes
// some 10 ms, for which the one thread of the server serves nobody. They are fixed, so that no
// configuration can make it stall for longer; ServerConfig::oper_pause says how often it may.
#pragma once

#include <string>
#include <string_view>

namespace irc {

// Of a password that nobody knows, and takes as long as any to be verified.
inline constexpr const char* kHashOfNobody =
    "$argon2id$v=19$m=7168,t=5,p=1$rHPvirVJF9ADDLOWR/GRfA$"
    "mdnQC5/Rx4N4KvEY5nnv9et5YVCNZOzEnXUtGs7s9IE";

// "$argon2id$...", with a salt of its own each time. Throws std::runtime_error where the system
// has no memory or no randomness for it.
std::string hash_password(std::string_view password);

// Whether hash_password made it, with these parameters.
bool is_password_hash(const std::string& text);

// Whether `hash` is of `password`. Takes as long for a wrong one as for the right one.
bool verify_password(const std::string& hash, std::string_view password);

}  // namespace irc
