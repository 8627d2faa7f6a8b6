#include "harness/target/address.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>

namespace conform::testing {
namespace {

TEST(Address, IsWrittenAsPeopleWriteIt) {
  EXPECT_EQ(resolve("127.0.0.1", 6667).text(), "127.0.0.1:6667");
  EXPECT_EQ(resolve("::1", 6667).text(), "[::1]:6667");
  EXPECT_EQ(resolve("::1", 6667).port(), 6667);
  EXPECT_EQ(resolve("127.0.0.1", 65535).port(), 65535);
}

TEST(Address, IsLoopbackInTheWholeOfItsNetwork) {
  EXPECT_TRUE(resolve("127.0.0.1", 1).is_loopback_v4());
  EXPECT_TRUE(resolve("127.255.1.2", 1).is_loopback_v4());
  EXPECT_FALSE(resolve("128.0.0.1", 1).is_loopback_v4());
  EXPECT_FALSE(resolve("::1", 1).is_loopback_v4());
}

TEST(Address, SourcesAreDifferentLoopbackAddressesOfAnyPort) {
  std::set<std::string> seen;
  for (std::uint32_t n = 0; n < 1000; ++n) {
    const Address source = loopback_source(n);
    EXPECT_TRUE(source.is_loopback_v4());
    EXPECT_EQ(source.port(), 0);
    seen.insert(source.text());
  }
  EXPECT_EQ(seen.size(), 1000U);
  EXPECT_EQ(loopback_source(0).text(), "127.0.0.1:0");
  EXPECT_TRUE(loopback_source(~0U).is_loopback_v4());
}

TEST(Address, ThatCannotBeLookedUpIsNamed) {
  try {
    resolve("not a host", 1);
    FAIL() << "it was looked up";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("'not a host'"), std::string::npos);
  }
}

}  // namespace
}  // namespace conform::testing
