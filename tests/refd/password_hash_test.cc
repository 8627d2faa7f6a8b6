#include "server/password_hash.h"

#include <gtest/gtest.h>

#include <string>

namespace irc {
namespace {

TEST(PasswordHash, IsOfThePasswordAlone) {
  const std::string hash = hash_password("secret");
  EXPECT_TRUE(is_password_hash(hash));
  EXPECT_TRUE(verify_password(hash, "secret"));
  EXPECT_FALSE(verify_password(hash, "Secret"));
  EXPECT_FALSE(verify_password(hash, ""));
  EXPECT_NE(hash_password("secret"), hash) << "without salt";
}

TEST(PasswordHash, OfNobodyIsAHashLikeOthers) {
  EXPECT_TRUE(is_password_hash(kHashOfNobody));
  EXPECT_FALSE(verify_password(kHashOfNobody, ""));
}

TEST(PasswordHash, IsNothingElse) {
  for (const char* text : {"", "secret", "$argon2id$v=19$m=7168,t=5,p=1$", "$6$salt$hash",
                           // Made with 1 GiB: one check would take seconds.
                           "$argon2id$v=19$m=1048576,t=5,p=1$76wc1DaG/mEpgytw/RsT2Q$"
                           "75HlqZ8to3Hd7WHOeVYCtqOdwLUO0hQBDceFygCDdpI"}) {
    EXPECT_FALSE(is_password_hash(text)) << text;
  }
}

}  // namespace
}  // namespace irc
