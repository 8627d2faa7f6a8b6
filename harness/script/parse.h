// Reading scripts: text to model, with every problem of the text in one go.
#pragma once

#include <string>
#include <vector>

#include "harness/script/model.h"

namespace conform::script {

// Something wrong with a script, at a place in it.
struct Problem {
  Span span;
  std::string message;  // One line, lower case, without full stop: "empty segment".
};

// Total: any bytes give cases and problems. `script.cases` holds the cases that were understood;
// none of them may be played while there are problems. Problems stand in the order of the text and
// are those of lexing, grammar and lint together; `lint` need not be called again.
struct Parsed {
  Script script;
  std::vector<Problem> problems;
  bool ok() const { return problems.empty(); }
};

// `name` is what messages call the file; its stem is the area that ids must begin with, unless
// `name` is not a file of the suite (any_area).
Parsed parse(std::string name, std::string text, bool any_area = false);

// "framing.irct:7:5: error: empty segment" with the line and a caret, three lines, each with its
// newline. Tabs and bytes that are no printable ASCII keep the caret under its column.
std::string format(const SourceText& source, const Problem& problem);

}  // namespace conform::script
