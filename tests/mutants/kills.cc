#include "tests/mutants/kills.h"

#include <algorithm>
#include <cstdint>
#include <sstream>

#include "harness/script/walk.h"
#include "harness/script/words.h"
#include "server/wire/check.h"
#include "tests/mutants/catalogue.h"
#include "tests/mutants/died.h"

namespace conform::testing {
namespace {

using irc::mutants::Mutant;

MakeSimServer in_simulation(const Mutant<irc::SimNet>& mutant) {
  return [&mutant](irc::SimNet& net) -> SimServer {
    return [run_round = mutant.make(net, net.listen())] {
      try {
        return run_round();
      } catch (const irc::mutants::Died&) {
        return false;
      }
    };
  };
}

// As a run learns its target; what cannot be learnt is taken for the reference.
Learnt learn_mutant(const MakeSimServer& make_server, const SimOptions& options) {
  Learnt learnt = learn_in_simulation(make_server, options);
  return learnt.failure.empty() ? learnt : learn_in_simulation(make_reference, options);
}

constexpr std::uint64_t kMany = 1000;
constexpr std::uint32_t kCrowd = 200;

bool floods(const script::Step& step) {
  const auto* repeat = std::get_if<script::Repeat>(&step.action);
  return repeat != nullptr && (repeat->until_bytes || repeat->count >= kMany);
}

bool floods(const script::Case& item) {
  const auto is_crowd = [](const script::ClientDecl& client) { return client.crowd >= kCrowd; };
  return std::ranges::any_of(item.clients, is_crowd) ||
         script::any_step(item.steps, [](const script::Step& step) { return floods(step); });
}

std::vector<script::Script> suite_for(const Play& play) {
  std::vector<script::Script> scripts = suite();
  for (script::Script& script : scripts) {
    std::erase_if(script.cases, [&play](const script::Case& item) {
      return (!play.floods && floods(item)) || !item.id.starts_with(play.only);
    });
  }
  return scripts;
}

}  // namespace

const std::vector<script::Script>& suite() {
  static const std::vector<script::Script> scripts = read_cases(SOURCE_DIR "/corpus/cases");
  return scripts;
}

std::vector<CaseResult> play_mutant(std::string_view name, const Play& play) {
  const Mutant<irc::SimNet>* mutant = irc::mutants::find_mutant<irc::SimNet>(name);
  CHECK(mutant != nullptr);
  const MakeSimServer make_server = in_simulation(*mutant);
  SimOptions options{.seed = 1, .faults = play.faults};
  options.learnt =
      play.learns ? learn_mutant(make_server, options) : learn_in_simulation(make_reference, {});
  options.cuts = play.cuts;
  return play_in_simulation(suite_for(play), make_server, options);
}

std::string_view area_of(std::string_view id) {
  return id.substr(0, id.find('/'));
}

std::set<std::string> failed(const std::vector<CaseResult>& results) {
  std::set<std::string> ids;
  for (const CaseResult& result : results) {
    if (result.grade == Grade::fail) ids.insert(result.id);
  }
  return ids;
}

std::string to_table(const Kills& kills) {
  std::string table;
  for (const script::Script& script : suite()) {
    for (const script::Case& item : script.cases) {
      table += std::string(script::text_of(script::kLevels, item.level)) + "\t" + item.id + "\t";
      const auto found = kills.find(item.id);
      std::string mutants;
      if (found != kills.end()) {
        for (const std::string& mutant : found->second) {
          mutants += (mutants.empty() ? "" : " ") + mutant;
        }
      }
      table += (mutants.empty() ? "-" : mutants) + "\n";
    }
  }
  return table;
}

Kills parse_table(const std::string& table) {
  Kills kills;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string level, id;
    words >> level >> id;
    for (std::string mutant; words >> mutant;) {
      if (mutant != "-") kills[id].insert(mutant);
    }
  }
  return kills;
}

}  // namespace conform::testing
