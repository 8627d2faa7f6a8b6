// Evaluating: a text becomes bytes, once it is known what the names in it stand for.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "harness/script/model.h"

namespace conform::script {

// What a name stands for, given as it is written, without braces and adjustment; nothing if it
// stands for nothing.
using Lookup = std::function<std::optional<std::string>(std::string_view name)>;

// The number that a name stands for; nothing if it stands for none.
std::optional<std::int64_t> number_of(const NameRef& ref, const Lookup& lookup);

// The bytes of a text, or the first name in it that stands for nothing, or that is to be adjusted
// and is no number.
struct Evaluated {
  std::string bytes;
  std::string missing;
  bool ok() const { return missing.empty(); }
};

// `line_so_far` is what precedes the text in its line: fill() counts it.
Evaluated evaluate(const Text& text, const Lookup& lookup, std::string_view line_so_far = {});

}  // namespace conform::script
