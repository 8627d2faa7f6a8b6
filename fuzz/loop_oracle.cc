#include "fuzz/loop_oracle.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "fuzz/choices.h"
#include "fuzz/loop_world.h"
#include "harness/script/records.h"

namespace fuzz {
namespace {

using conform::script::take_at_once;
using conform::script::take_record;

struct LoopInput {
  LoopSetup wild;
  bool in_turn = false;       // Whether it is played in turn, too.
  std::size_t cut_bytes = 1;  // Of the play in pieces.
  std::string_view records;
};

// Two bytes: the setup in bits of the first one, the seed of the faults and the cut in the second.
LoopInput loop_input(std::string_view bytes) {
  Choices choices(bytes);
  const std::uint64_t bits = choices.below(256);
  const std::uint64_t seed = choices.below(256);
  LoopInput input;
  input.wild.seed = seed;
  input.wild.pings = ClientJudge::Pings::any;
  input.wild.config = stress_config();
  if ((bits & 1U) != 0) input.wild.faults = transparent_faults();
  if ((bits & 2U) != 0) input.wild.faults = all_faults();
  if ((bits & 4U) != 0) input.wild.limits.socket_buffer_bytes = 64;
  if ((bits & 8U) != 0) input.wild.loop.pace = irc::Pace{};
  input.in_turn = (bits & 16U) != 0;
  input.cut_bytes = 1 + seed % 7;
  input.records = choices.take_rest();
  return input;
}

// As one can be held against another: nothing depends on the round in which it is seen. No queue is
// ever full, and no two things are due at the same moment.
LoopSetup steady_setup(const LoopInput& input, const irc::SimFaults& faults) {
  LoopSetup setup{.seed = input.wild.seed,
                  .faults = faults,
                  .config = stress_config(),
                  .steady = true,
                  .pings = ClientJudge::Pings::any};
  setup.config.sendq_bytes_max = std::size_t{64} << 20U;
  setup.loop.farewell = std::chrono::microseconds(3'456'789);
  if (input.wild.loop.pace) {
    setup.loop.pace = irc::Pace{.penalty = std::chrono::microseconds(1'234'567),
                                .ahead = std::chrono::microseconds(6'765'432)};
  }
  return setup;
}

// Three that are registered and share a channel, so that every record counts.
void enter(LoopWorld& world) {
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string nick(1, "abc"[i]);
    for (const std::string& line :
         {"NICK " + nick, std::string("USER u 0 * :r"), std::string("JOIN #x")}) {
      world.perform({.client = i, .text = line});
      world.settle();
    }
  }
}

Verdict judge_wild(const LoopInput& input, const std::string& setting) {
  LoopWorld world(input.wild);
  enter(world);
  std::string_view records = input.records;
  while (const std::optional<Record> record = take_record(records)) {
    world.perform(*record);
    if (!take_at_once(records)) world.round();
    if (!world.wrong().empty()) break;
  }
  if (world.wrong().empty()) world.finish();
  if (world.wrong().empty()) return {};
  return Finding{oracles::kLoopHolds, setting, "nothing wrong", escaped(world.wrong())};
}

struct Heard {
  std::string wrong;
  Transcripts transcripts;
};

Heard play_in_turn(const LoopInput& input, const irc::SimFaults& faults, std::size_t cut_bytes) {
  LoopWorld world(steady_setup(input, faults));
  enter(world);
  std::string_view records = input.records;
  while (const std::optional<Record> record = take_record(records)) {
    world.perform(*record, cut_bytes);
    world.settle();
    if (!world.wrong().empty()) break;
  }
  if (world.wrong().empty()) world.finish();
  return {world.wrong(), world.transcripts()};
}

Verdict differ(const Oracle& oracle, const std::string& setting, const Heard& expected,
               const Heard& actual) {
  for (const Heard* heard : {&expected, &actual}) {
    if (heard->wrong.empty()) continue;
    return Finding{oracles::kLoopHolds, setting, "nothing wrong", escaped(heard->wrong)};
  }
  if (expected.transcripts == actual.transcripts) return {};
  const auto [one, other] = first_difference(expected.transcripts, actual.transcripts);
  return Finding{oracle, setting, one, other};
}

}  // namespace

std::pair<std::string, std::string> first_difference(const Transcripts& expected,
                                                     const Transcripts& actual) {
  const auto [one, other] = std::ranges::mismatch(expected, actual);
  const std::string connection = "connection " + std::to_string(one - expected.begin());
  const bool in_both = one != expected.end() && other != actual.end();
  const auto bytes =
      in_both ? std::ranges::mismatch(*one, *other).in1 - one->begin() : std::ptrdiff_t{0};
  const std::size_t line =
      in_both ? std::string_view(*one).substr(0, static_cast<std::size_t>(bytes)).rfind('\n') + 1
              : 0;
  const auto heard = [&](const Transcripts& transcripts, Transcripts::const_iterator at) {
    constexpr std::size_t kShownBytes = 400;
    if (at == transcripts.end()) return connection + " never came";
    return connection + ", behind " + std::to_string(line) +
           " bytes that are the same: " + escaped(std::string_view(*at).substr(line, kShownBytes));
  };
  return {heard(expected, one), heard(actual, other)};
}

std::string_view loop_records(std::string_view bytes) {
  return loop_input(bytes).records;
}

Verdict judge_loop(std::string_view bytes) {
  const LoopInput input = loop_input(bytes);
  const std::string setting = "the input \"" + escaped(bytes) + "\"";
  if (Verdict verdict = judge_wild(input, setting + ", each record in a round")) return verdict;
  if (!input.in_turn) return {};
  const Heard plain = play_in_turn(input, {}, 0);
  const Heard faulty = play_in_turn(input, transparent_faults(), 0);
  if (Verdict verdict = differ(oracles::kLoopFaults, setting + ", in turn", plain, faulty)) {
    return verdict;
  }
  const std::string cuts = ", in turn, in pieces of " + std::to_string(input.cut_bytes);
  return differ(oracles::kLoopCuts, setting + cuts, plain,
                play_in_turn(input, {}, input.cut_bytes));
}

}  // namespace fuzz
