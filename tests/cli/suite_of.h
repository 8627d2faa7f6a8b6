// Cases for tests, written in a line each.
#pragma once

#include <string>

#include "harness/cli/suite.h"

namespace conform::testing {

// A script that is right, with one case "area/slug".
std::string script_of(const std::string& id, const std::string& headers = "level: must\n");

// A case as a suite has it, without steps.
inline SuiteCase suite_case(std::string id, script::Level level = script::Level::must,
                            std::vector<std::string> tags = {}, std::string cite = "none") {
  SuiteCase made;
  made.item.id = std::move(id);
  made.item.level = level;
  made.item.tags = std::move(tags);
  made.item.citations = {{.source = std::move(cite), .quotation = ""}};
  return made;
}

inline std::string script_of(const std::string& id, const std::string& headers) {
  return "case " + id + "\ntitle: A sentence that can be false\n" + headers +
         "cite: none \"a test\"\nclients: a\n---\na > PING x\na < PONG ... x\n\n";
}

}  // namespace conform::testing
