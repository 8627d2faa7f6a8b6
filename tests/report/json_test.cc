#include "harness/report/json.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/report/sample_run.h"
#include "tests/support/files.h"
#include "tests/support/json_schema.h"

namespace conform {
namespace {

using nlohmann::json;
using testing::read_file;
using testing::run_of;
using testing::sample_run;
using testing::schema_problems;
using Problems = std::vector<std::string>;

json schema() {
  return json::parse(read_file(SOURCE_DIR "/harness/report/irc-conform.schema.json"));
}

TEST(Json, HoldsAgainstItsSchema) {
  EXPECT_EQ(schema_problems(schema(), json::parse(to_json(sample_run()))), Problems{});
  EXPECT_EQ(schema_problems(schema(), json::parse(to_json(RunResult{}))), Problems{});
}

TEST(Json, HasKeysThatTheSchemaRequiresOneByOne) {
  const json rules = schema();
  const json report = json::parse(to_json(sample_run()));
  for (const json& key : rules["required"]) {
    json without = report;
    without.erase(key.get<std::string>());
    EXPECT_EQ(schema_problems(rules, without), Problems{": lacks " + key.dump()});
  }
}

TEST(Json, SaysWhatTheRunFound) {
  const json report = json::parse(to_json(sample_run()));
  EXPECT_EQ(report["seed"], 42);
  EXPECT_EQ(report["started"], "2027-01-15T08:00:00Z");
  EXPECT_EQ(report["duration_ms"], 3217.0);
  EXPECT_EQ(report["target"]["isupport"]["NICKLEN"], "9");
  EXPECT_EQ(report["summary"]["fail"], 3);
  EXPECT_EQ(report["cases"].size(), sample_run().cases.size());
  EXPECT_EQ(report["cases"][3]["location"], "disconnect.irct:67:12");
  EXPECT_EQ(report["cases"][3]["variant"], "cut(7)");
  EXPECT_EQ(report["cases"][3]["variants"][1]["variant"], "each-cut");
  EXPECT_EQ(report["cases"][3]["variants"][1]["plays"], 61);
  EXPECT_EQ(report["plays"], 64);
  EXPECT_EQ(report["boundaries"]["attempted"], 143);
  EXPECT_EQ(report["cases"][4]["root_cause"], "target died: SIGSEGV at the next disconnect");
}

TEST(Json, IsValidWhateverAServerSent) {
  const json rules = schema();
  for (int byte = 0; byte < 256; ++byte) {
    const std::string bytes = {'a', static_cast<char>(byte), '\xe2'};
    const std::string text = to_json(run_of(bytes));
    ASSERT_EQ(schema_problems(rules, json::parse(text)), Problems{}) << byte;
  }
}

TEST(Json, WritesBytesThatAreNoUtf8AsTheNotationDoes) {
  const json report = json::parse(to_json(run_of("x\xff\x1b")));
  EXPECT_EQ(report["cases"][3]["actual"], "x\\xff\x1b");
}

}  // namespace
}  // namespace conform
