// Causes: one fault of a target can fail dozens of cases, which are then one finding. Such a fault
// is known by what a case waited for in vain, and by what its clients had done before.
#pragma once

#include <string>
#include <vector>

#include "harness/run/client.h"
#include "harness/script/model.h"

namespace conform {

// What the failure of `step`, which waited in vain, has in common with others: one sentence, equal
// for all of them, about what the target does not do. Empty if it is a matter of its own.
// `step` is null for a barrier that no step asked for.
std::string shared_cause(const script::Step* step, const std::vector<Client>& clients);

}  // namespace conform
