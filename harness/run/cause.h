// Causes: one fault of a target can fail dozens of cases, which are then one finding. Such a fault
// is known by what a case waited for in vain, and by what its clients had done before.
#pragma once

#include <vector>

#include "harness/run/activity/progress.h"
#include "harness/run/client.h"

namespace conform {

// Gives a failure that has waited in vain its cause: what it has in common with others, one
// sentence, equal for all of them, about what the target does not do. None if it is a matter of its
// own. Without a step it is that of a barrier which no step asked for. To be called while the
// clients are as the failure has left them; once more changes nothing.
void explain(Progress& failure, const std::vector<Client>& clients);

}  // namespace conform
