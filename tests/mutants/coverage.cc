#include "tests/mutants/coverage.h"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <utility>

#include "tests/mutants/expected.h"

namespace conform::testing {
namespace {

using Words = std::vector<std::string>;

struct FailureClass {
  std::string_view name, what;
};

constexpr auto kClasses = std::to_array<FailureClass>({
    {"S1", "a message that comes in several reads"},
    {"S2", "several messages in one read"},
    {"S3", "a whole message and part of the next in one read"},
    {"S4", "the input handled as a C string: what stands behind a NUL is lost"},
    {"S5", "a buffer that grows while no terminator comes"},
    {"S6", "recv() gives 0: an orderly end"},
    {"S7", "recv() fails: a reset"},
    {"S8", "EAGAIN taken for a disconnect"},
    {"S9", "hang-up and input in one revents; revents of a slot that was swapped"},
    {"S10", "removal while iterating: a neighbour is skipped"},
    {"S11", "lines of a client that is already removed are executed"},
    {"S12", "a call for one client that blocks all"},
    {"S13", "many descriptors"},
    {"S14", "accept(): its queue, its failures, several at once"},
    {"S15", "state kept by descriptor, and the number used again"},
    {"S16", "writing: short, EAGAIN, SIGPIPE"},
    {"S17", "poll() interrupted by a signal"},
    {"S18", "a ready descriptor is not served"},
    {"S19", "several events in one round"},
});

Words words_of(const std::string& text) {
  std::istringstream stream(text == "-" ? "" : text);
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string listed(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "-" : text;
}

// The mutants that fail any of the cases, each once; of those that are no server, none.
Words killers_of(const Words& cases, const Kills& kills) {
  std::set<std::string> killers;
  for (const std::string& id : cases) {
    const auto found = kills.find(id);
    if (found == kills.end()) continue;
    std::ranges::copy_if(found->second, std::inserter(killers, killers.end()), proves);
  }
  return {killers.begin(), killers.end()};
}

std::string slug_of(const std::string& id) {
  return id.substr(id.find('/') + 1);
}

std::string row(const Words& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + cell + " |";
  return line + "\n";
}

// Of another area the whole id.
Words names_in(const std::string& area, Words cases) {
  for (std::string& id : cases) {
    if (area_of(id) == area) id = slug_of(id);
  }
  return cases;
}

std::string requirements_page(const std::vector<Demand>& demands, const Kills& kills) {
  std::string page, area;
  for (const Demand& demand : demands) {
    if (area_of(demand.id) != area) {
      area = area_of(demand.id);
      page += "\n## " + area + "\n\n" + row({"requirement", "level", "cases", "failed by"}) +
              "|---|---|---|---|\n";
    }
    std::string cases = listed(names_in(area, demand.cases));
    if (!demand.note.empty()) cases = (demand.cases.empty() ? "" : cases + "; ") + demand.note;
    page += row({slug_of(demand.id), demand.level, cases, listed(killers_of(demand.cases, kills))});
  }
  return page;
}

Words cases_of_class(const std::vector<Demand>& demands, std::string_view name) {
  std::set<std::string> cases;
  for (const Demand& demand : demands) {
    if (std::ranges::count(demand.classes, name) == 0) continue;
    cases.insert(demand.cases.begin(), demand.cases.end());
  }
  return {cases.begin(), cases.end()};
}

std::string classes_page(const std::vector<Demand>& demands, const Kills& kills) {
  std::string page = "\n## Failure classes\n\nWhat goes wrong in a server's loop.\n\n" +
                     row({"", "class", "cases", "failed by"}) + "|---|---|---|---|\n";
  for (const FailureClass& failure : kClasses) {
    const Words cases = cases_of_class(demands, failure.name);
    page += row({std::string(failure.name), std::string(failure.what), listed(cases),
                 listed(killers_of(cases, kills))});
  }
  return page;
}

std::string beyond_page(const std::vector<Demand>& demands, const Kills& kills) {
  std::set<std::string> asked;
  for (const Demand& demand : demands) asked.insert(demand.cases.begin(), demand.cases.end());
  std::string page =
      "\n## Beyond the requirements\n\n" + row({"case", "failed by"}) + "|---|---|\n";
  for (const script::Script& script : suite()) {
    for (const script::Case& item : script.cases) {
      if (!asked.contains(item.id)) page += row({item.id, listed(killers_of({item.id}, kills))});
    }
  }
  return page;
}

}  // namespace

std::vector<Demand> parse_demands(std::string_view table) {
  std::vector<Demand> demands;
  std::istringstream lines{std::string(table)};
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::array<std::string, 5> columns;
    std::istringstream stream(line);
    for (std::string& column : columns) std::getline(stream, column, '\t');
    demands.push_back({.id = columns[0],
                       .level = columns[1],
                       .classes = words_of(columns[2]),
                       .cases = words_of(columns[3]),
                       .note = columns[4] == "-" ? "" : columns[4]});
  }
  return demands;
}

std::string coverage_page(const std::vector<Demand>& demands, const Kills& kills) {
  return "# What the suite covers\n\n"
         "Made by `tests/mutants` of `requirements.tsv` and of what each mutant fails\n"
         "(`tests/mutants/kills.tsv`); do not edit. Mutants are servers with one fault each,\n"
         "described in `tests/mutants/catalogue.cc`. Those that are no servers at all (silent,\n"
         "echoing, closing, ...) fail nearly everything and are left out here.\n" +
         requirements_page(demands, kills) + classes_page(demands, kills) +
         beyond_page(demands, kills);
}

}  // namespace conform::testing
