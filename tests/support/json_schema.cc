#include "tests/support/json_schema.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>
#include <string_view>

namespace conform::testing {
namespace {

using nlohmann::json;

bool has_type(const json& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  if (type == "number") return value.is_number();
  if (type == "integer") {
    return value.is_number_integer() ||
           (value.is_number() && std::trunc(value.get<double>()) == value.get<double>());
  }
  return false;
}

class Validator {
 public:
  explicit Validator(const json& root) : root_(root) {}

  void check(const json& schema, const json& value, const std::string& at) {
    for (const auto& [keyword, argument] : schema.items()) {
      const auto found = kKeywords.find(keyword);
      if (found == kKeywords.end()) {
        problems_.push_back("schema: unknown keyword " + keyword);
      } else if (found->second != nullptr) {
        (this->*found->second)({schema, argument, value, at});
      }
    }
  }
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  // A keyword of `schema` with its argument, and the value that it is to hold for.
  struct Rule {
    const json& schema;
    const json& argument;
    const json& value;
    const std::string& at;
  };
  using Check = void (Validator::*)(const Rule&);
  static const std::map<std::string_view, Check> kKeywords;

  void require(bool holds, const Rule& rule, const std::string& problem) {
    if (!holds) problems_.push_back(rule.at + ": " + problem);
  }

  void type(const Rule& rule) {
    const json types = rule.argument.is_array() ? rule.argument : json::array({rule.argument});
    const bool holds = std::ranges::any_of(types, [&rule](const json& name) {
      return has_type(rule.value, name.get_ref<const std::string&>());
    });
    require(holds, rule, "not of type " + rule.argument.dump());
  }
  void constant(const Rule& rule) {
    require(rule.value == rule.argument, rule, "not " + rule.argument.dump());
  }
  void enumeration(const Rule& rule) {
    const bool holds = std::ranges::find(rule.argument, rule.value) != rule.argument.end();
    require(holds, rule, "not one of " + rule.argument.dump());
  }
  void minimum(const Rule& rule) {
    const bool holds = !rule.value.is_number() || rule.value >= rule.argument;
    require(holds, rule, "less than " + rule.argument.dump());
  }
  void min_length(const Rule& rule) {
    const bool holds = !rule.value.is_string() ||
                       rule.value.get<std::string>().size() >= rule.argument.get<std::size_t>();
    require(holds, rule, "shorter than " + rule.argument.dump());
  }
  void pattern(const Rule& rule) {
    if (!rule.value.is_string()) return;
    const std::regex regex(rule.argument.get<std::string>());
    require(std::regex_search(rule.value.get<std::string>(), regex), rule,
            "does not match " + rule.argument.dump());
  }
  void required(const Rule& rule) {
    if (!rule.value.is_object()) return;
    for (const json& key : rule.argument) {
      require(rule.value.contains(key), rule, "lacks " + key.dump());
    }
  }
  void properties(const Rule& rule) {
    if (!rule.value.is_object()) return;
    for (const auto& [key, schema] : rule.argument.items()) {
      if (rule.value.contains(key)) check(schema, rule.value[key], rule.at + "/" + key);
    }
  }
  void additional_properties(const Rule& rule) {
    if (!rule.value.is_object()) return;
    const auto named = rule.schema.find("properties");
    for (const auto& [key, value] : rule.value.items()) {
      if (named != rule.schema.end() && named->contains(key)) continue;
      if (rule.argument.is_object()) check(rule.argument, value, rule.at + "/" + key);
      require(rule.argument != false, rule, "has an unknown key " + json(key).dump());
    }
  }
  void items(const Rule& rule) {
    if (!rule.value.is_array()) return;
    for (std::size_t i = 0; i < rule.value.size(); ++i) {
      check(rule.argument, rule.value[i], rule.at + "/" + std::to_string(i));
    }
  }
  void reference(const Rule& rule) {
    const std::string pointer = rule.argument.get<std::string>().substr(1);
    if (root_.contains(json::json_pointer(pointer))) {
      check(root_[json::json_pointer(pointer)], rule.value, rule.at);
    } else {
      problems_.push_back("schema: nothing at #" + pointer);
    }
  }

  const json& root_;
  std::vector<std::string> problems_;
};

// Those without a check say nothing about a value.
const std::map<std::string_view, Validator::Check> Validator::kKeywords = {
    {"$schema", nullptr},
    {"title", nullptr},
    {"description", nullptr},
    {"definitions", nullptr},
    {"$ref", &Validator::reference},
    {"type", &Validator::type},
    {"const", &Validator::constant},
    {"enum", &Validator::enumeration},
    {"minimum", &Validator::minimum},
    {"minLength", &Validator::min_length},
    {"pattern", &Validator::pattern},
    {"required", &Validator::required},
    {"properties", &Validator::properties},
    {"additionalProperties", &Validator::additional_properties},
    {"items", &Validator::items},
};

}  // namespace

std::vector<std::string> schema_problems(const json& schema, const json& instance) {
  Validator validator(schema);
  validator.check(schema, instance, "");
  return validator.problems();
}

}  // namespace conform::testing
