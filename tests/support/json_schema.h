// A validator for the part of JSON Schema draft 7 that our schema uses. A keyword that it does not
// know is an error of the schema, so that nothing is believed to be checked that is not.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace conform::testing {

// What is wrong with `instance`, each with its JSON pointer: "/cases/0/grade: not one of ...".
// Empty if it holds. Problems of the schema itself begin with "schema".
std::vector<std::string> schema_problems(const nlohmann::json& schema,
                                         const nlohmann::json& instance);

}  // namespace conform::testing
