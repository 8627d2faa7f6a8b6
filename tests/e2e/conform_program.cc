#include "tests/e2e/conform_program.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

namespace conform::testing {

using nlohmann::json;

Arguments words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  Arguments found;
  for (std::string word; stream >> word;) found.push_back(word);
  return found;
}

std::string mutant(std::string_view name, std::string_view record) {
  return BINARY_DIR "/mutant_server " + std::string(name) + " {port} " + std::string(record);
}

json Outcome::result(std::string_view id) const {
  for (const json& item : report.value("cases", json::array())) {
    if (item["id"] == id) return item;
  }
  ADD_FAILURE() << id << " is not in the report\n" << ended.out << ended.err;
  return json::object();
}

Probes::Probes(std::initializer_list<Probe> probes) {
  std::filesystem::create_directory(path("cases"));
  std::string text;
  for (const auto& [name, steps] : probes) {
    text += "case probe/" + name + "\ntitle: " + name +
            "\nlevel: must\ncite: none \"a test's own\"\nclients: a b\n---\n" + steps + "\n";
  }
  folder_.file("cases/probe.irct", text);
}

Arguments Probes::command(std::string_view words_of_it, const Arguments& more) const {
  Arguments all = {kConform, "--no-builtin-cases", "--cases", path("cases"),
                   "--json", path("report.json"),  "--seed",  "1"};
  for (const std::string& word : words(words_of_it)) all.push_back(word);
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

Outcome Probes::run(std::string_view words_of_it, const Arguments& more) const {
  Ended ended = run_program(command(words_of_it, more));
  return {.ended = std::move(ended), .report = report()};
}

json Probes::report() const {
  const std::string file = path("report.json");
  if (!std::filesystem::exists(file)) return {};
  const json schema = json::parse(read_file(SOURCE_DIR "/harness/report/irc-conform.schema.json"));
  json report = json::parse(read_file(file));
  EXPECT_EQ(schema_problems(schema, report), std::vector<std::string>{});
  return report;
}

}  // namespace conform::testing
