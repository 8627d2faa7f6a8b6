#include "tests/support/json_schema.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conform::testing {
namespace {

using nlohmann::json;

struct Row {
  const char* schema;
  const char* holds;
  const char* fails;
  const char* problem;
};

constexpr Row kRows[] = {
    {R"({"type": "string"})", R"("x")", "1", R"(: not of type "string")"},
    {R"({"type": "integer"})", "1", "1.5", R"(: not of type "integer")"},
    {R"({"type": "number"})", "1.5", "true", R"(: not of type "number")"},
    {R"({"type": "boolean"})", "true", "null", R"(: not of type "boolean")"},
    {R"({"type": "array"})", "[]", "{}", R"(: not of type "array")"},
    {R"({"type": "object"})", "{}", "[]", R"(: not of type "object")"},
    {R"({"type": ["integer", "null"]})", "null", R"("")", R"(: not of type ["integer","null"])"},
    {R"({"const": "x"})", R"("x")", R"("y")", R"(: not "x")"},
    {R"({"enum": [1, 2]})", "2", "3", ": not one of [1,2]"},
    {R"({"minimum": 0})", "0", "-1", ": less than 0"},
    {R"({"minLength": 1})", R"("x")", R"("")", ": shorter than 1"},
    {R"({"pattern": "^[0-9]+$"})", R"("12")", R"("1x")", R"(: does not match "^[0-9]+$")"},
    {R"({"required": ["a"]})", R"({"a": 1})", R"({"b": 1})", R"(: lacks "a")"},
    {R"({"properties": {"a": {"type": "null"}}})", R"({"a": null})", R"({"a": 1})",
     R"(/a: not of type "null")"},
    {R"({"properties": {"a": {}}, "additionalProperties": false})", R"({"a": 1})", R"({"b": 1})",
     R"(: has an unknown key "b")"},
    {R"({"additionalProperties": {"type": "null"}})", R"({"a": null})", R"({"a": 1})",
     R"(/a: not of type "null")"},
    {R"({"items": {"type": "null"}})", "[null]", "[null, 1]", R"(/1: not of type "null")"},
    {R"({"$ref": "#/definitions/x", "definitions": {"x": {"const": 1}}})", "1", "2", ": not 1"},
};

TEST(JsonSchema, AcceptsWhatHoldsAndRefusesWhatDoesNot) {
  for (const Row& row : kRows) {
    const json schema = json::parse(row.schema);
    EXPECT_EQ(schema_problems(schema, json::parse(row.holds)), std::vector<std::string>{})
        << row.schema;
    EXPECT_EQ(schema_problems(schema, json::parse(row.fails)),
              std::vector<std::string>{row.problem})
        << row.schema;
  }
}

TEST(JsonSchema, RefusesAKeywordThatItDoesNotKnow) {
  EXPECT_EQ(schema_problems(json::parse(R"({"maximum": 1})"), json(1)),
            std::vector<std::string>{"schema: unknown keyword maximum"});
}

TEST(JsonSchema, RefusesAReferenceToNothing) {
  EXPECT_EQ(schema_problems(json::parse(R"({"$ref": "#/definitions/x"})"), json(1)),
            std::vector<std::string>{"schema: nothing at #/definitions/x"});
}

}  // namespace
}  // namespace conform::testing
