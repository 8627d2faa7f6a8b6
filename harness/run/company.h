// Company: which cases can be played beside others.
#pragma once

#include <cstdint>
#include <optional>

#include "harness/script/model.h"

namespace conform {

// Whether a case needs the target to itself: it counts what the process uses, floods it, or wants a
// fresh one.
bool plays_alone(const script::Case& item);

// Whether it waits for a timer of the server, for most of its time.
bool is_slow(const script::Case& item);

// That it wants a process of its own; null if it does not.
const script::Requirement* fresh_process(const script::Case& item);

// How many descriptors that process may have, if it says so.
std::optional<std::uint32_t> descriptor_limit(const script::Case& item);

// What is played first. Who waits for a timer waits while the others play; who plays alone comes
// when they have ended or rest.
enum class Turn : std::uint8_t { slow, in_company, alone, on_a_fresh_process };
Turn turn_of(const script::Case& item);

}  // namespace conform
