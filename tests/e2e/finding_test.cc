// From what a fuzzer has found to a case that anybody's server is held against.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "harness/script/decode.h"
#include "harness/script/print.h"
#include "tests/e2e/conform_program.h"

namespace conform::testing {
namespace {

// Plays records as a script against a mutant.
Ended replay(std::string_view records, std::string_view mutant_name) {
  const TemporaryFolder folder;
  const std::string path =
      folder.file("finding.irct", script::print(script::decode(records, "fuzz/finding")));
  return run_program({kConform, "replay", path, "--quick", "--spawn", mutant(mutant_name)});
}

TEST(Finding, IsNoneOfTheReferenceServer) {
  constexpr std::string_view kRecords =
      "0PRIVMSG b :x\nx\nA\n1NICK d\n8PRIVM\n3NICK e\n3USER e 0 * :e\nX\n2PRIVMSG #x,d "
      ":x\nR\n0QUIT\n"
      "0NICK f\n";
  const Ended ended = replay(kRecords, "none");
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
}

TEST(Finding, IsShownOfAServerThatHasTheFault) {
  const Ended died = replay(std::string_view("0PRIVMSG b :\0\n", 14), "dies-of-nul");
  EXPECT_EQ(died.status, 4) << died.out << died.err;
  const Ended reset = replay("P", "dies-of-reset");
  EXPECT_EQ(reset.status, 4) << reset.out << reset.err;
}

}  // namespace
}  // namespace conform::testing
