#include "harness/oracle/line_audit.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conform::testing {
namespace {

using Rules = std::vector<std::string_view>;

constexpr std::size_t kMax = 512;

// An exact-size copy, so that reading past its end is noticed.
std::vector<Breach> audit(std::string_view bytes) {
  const std::vector<char> copy(bytes.begin(), bytes.end());
  return audit_lines({copy.data(), copy.size()}, kMax);
}

Rules rules_broken(std::string_view bytes) {
  Rules rules;
  for (const Breach& breach : audit(bytes)) rules.push_back(breach.rule.case_id);
  return rules;
}

const Rules kFine;
const Rules kCrLf = {kCrLfRule.case_id};
const Rules kBareCr = {kBareCrRule.case_id};
const Rules kNul = {kNulRule.case_id};
const Rules kLength = {kLengthRule.case_id};

std::string line_of(std::size_t bytes, const std::string& begin = "") {
  return begin + std::string(bytes - 2, 'x') + "\r\n";
}

struct Row {
  std::string bytes;
  Rules rules;
  const char* reason;
};

const std::vector<Row> kRows = {
    // clang-format off
    {"",                              kFine,   "nothing was sent"},
    {"PING x\r\n:s 001 a :b\r\n",     kFine,   "as it should be"},
    {"a\n",                           kCrLf,   "LF alone"},
    {"a\r\nb\nc\r\n",                 kCrLf,   "LF alone among others"},
    {"\r\n",                          kCrLf,   "an empty line"},
    {"\n",                            kCrLf,   "an empty line that ends in LF alone"},
    {"a\r\n\r\nb\r\n",                kCrLf,   "an empty line among others"},
    {"a\r\n\r\nERROR :bye\r\n",       kFine,   "ends half a line before the last word"},
    {"a\r\n\nERROR :bye\r\n",         kCrLf,   "LF alone is excused by nothing"},
    {"a\nERROR :bye\r\n",             kCrLf,   "no empty line: no excuse"},
    {"a\r\n\r\nERRORS :bye\r\n",      kCrLf,   "another command"},
    {"a\rb\r\n",                      kBareCr, "a CR within"},
    {"a\r\r\n",                       kBareCr, "one CR too many"},
    {"\rb\r\n",                       kBareCr, "a CR in front"},
    {std::string("a\0b\r\n", 5),      kNul,    "a NUL within"},
    {std::string("\0\r\n", 3),        kNul,    "a NUL alone"},
    {line_of(512),                    kFine,   "512 bytes with CR LF"},
    {line_of(513),                    kLength, "513"},
    {line_of(512, "@time=x "),        kFine,   "tags are not counted"},
    {line_of(513, "@time=x "),        kLength, "but what is behind them"},
    {line_of(4000, "@"),              kFine,   "nothing but tags"},
    {line_of(513, ":@x "),            kLength, "these are no tags"},
    {"a\r\nhalf a li",                kFine,   "a connection may end in the middle of a line"},
    {"half\r",                        kFine,   "or of its terminator"},
    {std::string(2000, 'x'),          kFine,   "however long it is"},
    {"a\xff\xfe\r\n",                 kFine,   "bytes that are no text"},
    {"a\tb\x01 c\r\n",                kFine,   "controls that the grammar allows"},
    // clang-format on
};

TEST(LineAudit, FindsTheBreachesOfTheTable) {
  for (const Row& row : kRows) EXPECT_EQ(rules_broken(row.bytes), row.rules) << row.reason;
}

TEST(LineAudit, FindsEveryRuleThatALineBreaks) {
  const std::string line = std::string("a\0\rb", 4) + std::string(600, 'x') + "\n";
  EXPECT_EQ(rules_broken(line),
            (Rules{kCrLfRule.case_id, kBareCrRule.case_id, kNulRule.case_id, kLengthRule.case_id}));
}

TEST(LineAudit, TellsTheFirstBreachOfARuleAndItsPlace) {
  const std::vector<Breach> breaches = audit("ok\r\nab\rc\r\nd\re\r\n");
  ASSERT_EQ(breaches.size(), 1U);
  EXPECT_EQ(breaches[0].offset, 6U);
  EXPECT_EQ(breaches[0].line, "ab\rc\r\n");
}

TEST(LineAudit, ShortensTheLineThatItShows) {
  EXPECT_EQ(audit(line_of(2000)).at(0).line, std::string(120, 'x'));
}

TEST(LineAudit, GoesByTheLimitThatTheTargetAdvertises) {
  EXPECT_TRUE(audit_lines(line_of(2048), 2048).empty());
  EXPECT_EQ(audit_lines(line_of(2049), 2048).size(), 1U);
}

}  // namespace
}  // namespace conform::testing
