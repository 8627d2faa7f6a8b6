#include "harness/run/seconds.h"

#include <gtest/gtest.h>

namespace conform::testing {
namespace {

using namespace std::chrono_literals;

TEST(Seconds, ReadAsAPersonSaysThem) {
  EXPECT_EQ(seconds(0ns), "0.0 ms");
  EXPECT_EQ(seconds(200us), "0.2 ms");
  EXPECT_EQ(seconds(99ms), "99.0 ms");
  EXPECT_EQ(seconds(100ms), "0.1 s");
  EXPECT_EQ(seconds(10s), "10.0 s");
  EXPECT_EQ(seconds(5min), "300.0 s");
}

}  // namespace
}  // namespace conform::testing
