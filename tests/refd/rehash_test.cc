#include "server/rehash.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "server/password_hash.h"

namespace irc {
namespace {

TEST(RehashOf, WhatMayChangeChangesIt) {
  ServerConfig wanted;
  wanted.motd = {"new"};
  wanted.password = "new";
  wanted.ping_interval = std::chrono::seconds(1);
  const Rehash change = rehash(ServerConfig{}, wanted);
  EXPECT_EQ(change.config.motd, wanted.motd);
  EXPECT_EQ(change.config.password, wanted.password);
  EXPECT_EQ(change.config.ping_interval, wanted.ping_interval);
  EXPECT_EQ(change.kept, std::vector<std::string>{});
}

TEST(RehashOf, WhatEverythingRestsOnKeepsAndNamesIt) {
  ServerConfig running;
  running.version = "v";
  ServerConfig wanted;
  wanted.name = "other.name";
  wanted.casemapping = Casemapping::ascii;
  wanted.limits.nick_bytes_max = 9;
  wanted.motd = {"new"};
  const Rehash change = rehash(running, wanted);
  EXPECT_EQ(change.config.name, running.name);
  EXPECT_EQ(change.config.version, running.version);
  EXPECT_EQ(change.config.casemapping, running.casemapping);
  EXPECT_EQ(change.config.limits.nick_bytes_max, 9U);
  EXPECT_EQ(change.config.motd, wanted.motd);
  EXPECT_EQ(change.kept, (std::vector<std::string>{"name", "casemapping"}));
}

TEST(PasswordHash, IsOfThePasswordAlone) {
  const std::string hash = hash_password("secret");
  EXPECT_TRUE(is_password_hash(hash));
  EXPECT_TRUE(verify_password(hash, "secret"));
  EXPECT_FALSE(verify_password(hash, "Secret"));
  EXPECT_FALSE(verify_password(hash, ""));
  EXPECT_NE(hash_password("secret"), hash) << "without salt";
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
