#include "tests/loop/stress.h"

#include <array>
#include <chrono>
#include <random>

#include "fuzz/loop_world.h"

namespace irc {
namespace {

// Each kind of fault alone and often, then together.
const auto kProfiles = std::to_array<SimFaults>({
    {},
    {.short_read = 0.9},
    {.short_write = 0.9},
    {.would_block = 0.7},
    {.spurious = 0.3},  // More, and nothing is ever quiet.
    {.interrupted = 0.7},
    {.reset = 0.05},
    {.aborted = 0.5},
    fuzz::transparent_faults(),
    fuzz::all_faults(),
    fuzz::all_faults(),
    fuzz::all_faults(),
});

fuzz::Choose choices_of(std::mt19937_64& random) {
  return [&random](std::uint64_t bound) { return random() % bound; };
}

ServerConfig config_with(Company company) {
  ServerConfig config = fuzz::stress_config();
  if (company == Company::bot) config.bot = BotConfig{.nick = "refbot", .channels = {"#x"}};
  return config;
}

StressResult result_of(const fuzz::LoopWorld& world) {
  return {.wrong = world.wrong(), .rounds = world.rounds(), .transcripts = world.transcripts()};
}

}  // namespace

StressResult stress(std::uint64_t seed, int steps, Company company) {
  std::mt19937_64 random(seed);
  const fuzz::Choose choose = choices_of(random);
  fuzz::LoopSetup setup{.seed = seed,
                        .faults = kProfiles[choose(kProfiles.size())],
                        .limits = {.descriptors_max = static_cast<int>(4 + choose(8)),
                                   .socket_buffer_bytes = std::size_t{16} << choose(12)},
                        .loop = {},
                        .config = config_with(company)};
  if (choose(2) == 0) setup.loop.pace = Pace{};
  if (choose(4) == 0) setup.loop.accepts_max = 1;
  if (choose(4) == 0) setup.config.clients_max = 4;
  if (choose(4) == 0) setup.config.password = "p";
  fuzz::LoopWorld world(setup);
  for (int i = 0; i < steps && world.wrong().empty(); ++i) {
    for (std::uint64_t at_once = 1 + choose(4); at_once-- > 0;) world.act(choose);
    world.round();
  }
  world.finish();
  return result_of(world);
}

StressResult play_in_turn(std::uint64_t seed, int steps, bool faults, Company company) {
  std::mt19937_64 random(seed);
  const fuzz::Choose choose = choices_of(random);
  fuzz::LoopSetup setup{.seed = seed,
                        .faults = faults ? fuzz::transparent_faults() : SimFaults{},
                        .limits = {},
                        .loop = {.farewell = std::chrono::microseconds(3'456'789)},
                        .config = config_with(company),
                        .steady = true};
  // What a queue holds at most depends on how much is read at once.
  setup.config.sendq_bytes_max = std::size_t{1} << 20;
  // So odd that no line is due at the very moment at which a client has to be gone: which of the
  // two comes first is nobody's business.
  if (choose(2) == 0) {
    setup.loop.pace = Pace{.penalty = std::chrono::microseconds(1'234'567),
                           .ahead = std::chrono::microseconds(6'765'432)};
  }
  fuzz::LoopWorld world(setup);
  for (int i = 0; i < steps && world.wrong().empty(); ++i) {
    world.act(choose);
    world.settle();
  }
  world.finish();
  return result_of(world);
}

}  // namespace irc
