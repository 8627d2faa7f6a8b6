#include "server/net/write_now.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "server/net/pipe.h"

namespace irc {
namespace {

TEST(WriteNow, WritesAllOrNothingAndNeverWaits) {
  const Pipe pipe = make_pipe();
  const std::string piece(kWriteNowBytesMax - 1, 'x');
  std::size_t written = 0;
  while (write_now(pipe.write.fd(), piece)) written += piece.size();
  EXPECT_GT(written, 0U);
  std::string all(written + piece.size(), '\0');
  EXPECT_EQ(::read(pipe.read.fd(), all.data(), all.size()), static_cast<ssize_t>(written));
  EXPECT_TRUE(write_now(pipe.write.fd(), piece));
}

TEST(WriteNow, WritesNothingThatNobodyCanRead) {
  Pipe pipe = make_pipe();
  pipe.read = UniqueFd();
  EXPECT_FALSE(write_now(pipe.write.fd(), "x"));  // A SIGPIPE would end this test.
}

}  // namespace
}  // namespace irc
