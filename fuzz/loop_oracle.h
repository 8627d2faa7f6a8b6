// What has to hold of the loop, whatever clients, network and clock do, and what nobody may notice.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include "fuzz/finding.h"

namespace fuzz {

namespace oracles {

inline constexpr Oracle kLoopHolds{"LO-HOLDS", "tables, descriptors and what is heard make sense",
                                   "loop_world.h, client_judge.h"};
inline constexpr Oracle kLoopFaults{"LO-FAULTS", "short and interrupted calls are not heard",
                                    "POSIX recv, send, poll: fewer bytes, EINTR, EAGAIN"};
inline constexpr Oracle kLoopCuts{"LO-CUTS", "how a client's bytes are cut is not heard",
                                  "RFC 2812 2.3: messages are what the stream holds"};

}  // namespace oracles

// The first two of the bytes are the setup, the rest are records for LoopWorld::perform. Plays
// them with faults, one round after each; and, where the setup asks for it, each brought to its
// end: in one piece, with faults that nobody may notice, and in pieces.
Verdict judge_loop(std::string_view bytes);

// What each connection heard, in the order in which they came.
using Transcripts = std::deque<std::string>;

// Where two plays differ: what the first connection heard of which they tell differently, from the
// beginning of the first such line, once for either. Requires: they differ.
std::pair<std::string, std::string> first_difference(const Transcripts& expected,
                                                     const Transcripts& actual);

// The records of an input: what is behind its setup.
std::string_view loop_records(std::string_view bytes);

}  // namespace fuzz
