// A mutator that knows records (harness/script/records.h): what it makes of an input is still lines
// that clients say, in other order, by others, cut elsewhere, as long as a limit allows.
// libFuzzer's own would have to find every LF and every command again. Nothing depends on it: any
// bytes are records, so that a fuzzer without it (AFL++) uses the same targets and seeds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

// Numbers that depend on a seed alone (splitmix64).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  // Below `bound`, which is at least 1.
  std::size_t below(std::size_t bound);

 private:
  std::uint64_t state_;
};

// Changes some bytes in any way, to at most so many: LLVMFuzzerMutate, where there is libFuzzer.
using MutateBytes = std::function<std::string(std::string bytes, std::size_t bytes_max)>;

// The setup of a target, and its records without their LF; none is empty.
struct RecordInput {
  std::string setup;
  std::vector<std::string> records;

  RecordInput(std::string_view bytes, std::size_t setup_bytes);
  // As a target reads it; records that do not fit into so many bytes are left out at the end.
  std::string bytes(std::size_t bytes_max) const;
};

enum class Change : std::uint8_t {
  insert,     // Something that clients do, by names that others use too.
  remove,     // One or a few.
  duplicate,  // One or a few, to anywhere.
  move,       // One, to anywhere.
  swap,       // Two.
  give,       // To another client.
  split,      // What is said, into two segments.
  join,       // With what the client says next, in one segment.
  at_once,    // With the one before.
  pad,        // A line or a word, to a limit, or up to two bytes off.
  payload,    // What is said, by MutateBytes.
  setup,      // One bit.
};
inline constexpr std::size_t kChanges = static_cast<std::size_t>(Change::setup) + 1;

// Makes the change, somewhere; where there is nothing that can be changed so, inserts.
void make(Change change, RecordInput& input, Dice& dice, const MutateBytes& mutate);

struct MutatorOptions {
  std::size_t setup_bytes = 2;
  std::size_t bytes_max = 0;  // At least 1.
  std::uint64_t seed = 0;
};

// One change or a few; in a quarter of all cases `mutate` on the whole. Never longer than is
// allowed, never empty, and the same for the same seed as far as `mutate` is.
std::string mutated(std::string_view bytes, const MutatorOptions& options,
                    const MutateBytes& mutate);

// The one with a run of the other's records among its own, or in their place.
std::string crossed(std::string_view bytes, std::string_view other, const MutatorOptions& options);

}  // namespace fuzz
