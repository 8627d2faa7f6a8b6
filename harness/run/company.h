// Company: which cases can be played beside others.
#pragma once

#include "harness/script/model.h"

namespace conform {

// Whether a case needs the target to itself: it counts what the process uses, floods it, or wants a
// fresh one.
bool plays_alone(const script::Case& item);

// Whether it waits for a timer of the server, for most of its time.
bool is_slow(const script::Case& item);

// That it wants a process of its own; null if it does not.
const script::Requirement* fresh_process(const script::Case& item);

}  // namespace conform
