// What can be said of cases without playing them: `list` and `explain`.
#pragma once

#include <string>
#include <vector>

#include "harness/script/model.h"

namespace conform {

using Cases = std::vector<const script::Case*>;

// A line per case: id, level, title; in columns.
std::string catalogue_text(const Cases& cases);

// An array of {"id", "level", "title", "citations", "tags", "variants"}, with a newline at the end.
std::string catalogue_json(const Cases& cases);

// Title, level, citations with what they say, the cuts that are allowed, and the script.
std::string explanation(const script::Case& item);

}  // namespace conform
