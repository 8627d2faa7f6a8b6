#include "fuzz/differential/adapters.h"

#include "fuzz/differential/linked_adapter.h"
#include "fuzz/differential/pipe_adapter.h"

// Whoever links an adapter defines it; whoever does not leaves it null.
extern "C" __attribute__((weak)) const icx_adapter* irc_conform_adapter();

namespace fuzz {

std::vector<std::unique_ptr<Adapter>> adapters_of(std::string_view commands) {
  std::vector<std::unique_ptr<Adapter>> adapters;
  adapters.push_back(std::make_unique<LinkedAdapter>(our_adapter()));
  if (irc_conform_adapter != nullptr) {
    adapters.push_back(std::make_unique<LinkedAdapter>(*irc_conform_adapter()));
  }
  while (!commands.empty()) {
    const std::string_view command = commands.substr(0, commands.find('\n'));
    commands.remove_prefix(std::min(command.size() + 1, commands.size()));
    if (!command.empty()) adapters.push_back(std::make_unique<PipeAdapter>(std::string(command)));
  }
  for (const std::unique_ptr<Adapter>& adapter : adapters) {
    const AdapterFacts& facts = adapter->facts();
    if (facts.frames || facts.parses) continue;
    throw NoAdapter("adapter '" + facts.name + "' has neither a framer nor a parser");
  }
  return adapters;
}

Differential::Differential(std::vector<std::unique_ptr<Adapter>> adapters, bool learns)
    : adapters_(std::move(adapters)) {
  for (const std::unique_ptr<Adapter>& adapter : adapters_) oracles_.emplace_back(*adapter, learns);
}

Verdict Differential::judge(std::string_view bytes) {
  const FramerInput input = framer_input(bytes);
  for (DifferenceOracle& oracle : oracles_) {
    if (Verdict verdict = oracle.judge(input)) return verdict;
  }
  return {};
}

std::string Differential::report() const {
  std::string text;
  for (const DifferenceOracle& oracle : oracles_) text += oracle.report();
  return text;
}

}  // namespace fuzz
