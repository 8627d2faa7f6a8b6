// What the grammar cannot say: rules about names, connections, barriers and positive controls, on
// the model. parse() applies them; models that were made otherwise can be held against them too.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "harness/script/faults.h"
#include "harness/script/model.h"

namespace conform::script {

// The words of lines that could not be read. What a rule misses may stand there, so it says nothing
// of a client or name that is among them.
struct Doubt {
  std::set<std::string, std::less<>> words;

  bool about(std::string_view word) const { return words.contains(word); }
  bool any() const { return !words.empty(); }
};

void lint(const Case& item, const Doubt& doubt, ProblemList& problems);

}  // namespace conform::script
