// Small scripts for tests: what every case needs, around the part that a test is about.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "harness/script/parse.h"

namespace conform::script {

inline constexpr std::string_view kHeaderLines =
    "case area/slug\ntitle: A sentence\nlevel: must\ncite: modern#x\n";

// A case with these steps, its last line a sync of a and b.
inline std::string case_text(std::string_view steps, std::string_view clients = "a b") {
  return std::string(kHeaderLines) + "clients: " + std::string(clients) + "\n---\n" +
         std::string(steps) + "\nsync a b\n";
}

// Parses an exact-size copy, so that reading past its end is noticed.
inline Parsed parse_copy(std::string_view text) {
  std::string copy(text);
  copy.shrink_to_fit();
  return parse("area.irct", std::move(copy), true);
}

// "7:5 empty segment", a line each.
inline std::string problems_of(const Parsed& parsed) {
  std::string out;
  for (const Problem& problem : parsed.problems) {
    out += std::to_string(problem.span.line) + ":" + std::to_string(problem.span.column) + " " +
           problem.message + "\n";
  }
  return out;
}

}  // namespace conform::script
