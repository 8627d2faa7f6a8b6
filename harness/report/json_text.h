// Parts that the JSON report and the JSON catalogue share.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "harness/script/model.h"

namespace conform {

// Keeps the order in which keys were written: reports of two runs can be compared as text.
using Json = nlohmann::ordered_json;

Json json_of(const std::vector<script::Citation>& citations);
Json json_of(const std::vector<std::string>& texts);

}  // namespace conform
