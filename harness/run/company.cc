#include "harness/run/company.h"

#include <algorithm>
#include <cstdint>

#include "harness/script/walk.h"

namespace conform {
namespace {

bool needs_quiet(const script::Step& step) {
  const auto* fact = std::get_if<script::ServerFact>(&step.action);
  const auto* repeat = std::get_if<script::Repeat>(&step.action);
  return (fact != nullptr && fact->what != script::ServerFact::What::alive) ||
         (repeat != nullptr && repeat->until_bytes.has_value());
}

}  // namespace

bool plays_alone(const script::Case& item) {
  constexpr std::uint32_t kCrowd = 64;
  const bool crowded = std::ranges::any_of(
      item.clients, [](const script::ClientDecl& client) { return client.crowd >= kCrowd; });
  return crowded || fresh_process(item) != nullptr || script::any_step(item.steps, needs_quiet);
}

bool is_slow(const script::Case& item) {
  return std::ranges::find(item.tags, "slow") != item.tags.end();
}

const script::Requirement* fresh_process(const script::Case& item) {
  const auto found = std::ranges::find(item.requirements, script::Requirement::Kind::fresh,
                                       &script::Requirement::kind);
  return found == item.requirements.end() ? nullptr : &*found;
}

std::optional<std::uint32_t> descriptor_limit(const script::Case& item) {
  const script::Requirement* fresh = fresh_process(item);
  return fresh != nullptr ? fresh->nofile : std::nullopt;
}

Turn turn_of(const script::Case& item) {
  if (fresh_process(item) != nullptr) return Turn::on_a_fresh_process;
  if (plays_alone(item)) return Turn::alone;
  return is_slow(item) ? Turn::slow : Turn::in_company;
}

}  // namespace conform
