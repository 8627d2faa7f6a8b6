// Parts of scripts for tests: what the parser makes of a few words of the notation.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "harness/script/parse.h"

namespace conform::testing {

// A case of these steps, and the text its spans point into. Fails the test, with the problems, if
// it is not clean.
inline script::Script script_of(std::string_view steps, std::string_view clients = "a b",
                                std::string_view level = "must") {
  std::string text = "case area/slug\ntitle: A sentence\nlevel: " + std::string(level) +
                     "\ncite: modern#x\nclients: " + std::string(clients) + "\n---\n" +
                     std::string(steps);
  script::Parsed parsed = script::parse("area.irct", std::move(text), true);
  for (const script::Problem& problem : parsed.problems) {
    ADD_FAILURE() << script::format(*parsed.script.source, problem);
  }
  return std::move(parsed.script);
}

// The pattern of "a < EXPECT".
inline script::Pattern pattern_of(std::string_view expect) {
  const script::Script script = script_of("a < " + std::string(expect) + "\nsync a b\n");
  return std::get<script::Expect>(script.cases.at(0).steps.at(0).action).pattern;
}

// The segments of "a > DATA", each a text.
inline script::Send send_of(std::string_view data) {
  const script::Script script = script_of("a > " + std::string(data) + "\nsync b\n");
  return std::get<script::Send>(script.cases.at(0).steps.at(0).action);
}

}  // namespace conform::testing
