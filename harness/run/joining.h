// Joining sends into one segment: which steps leave alone what a client holds back for that.
#pragma once

#include <string_view>

#include "harness/script/model.h"
#include "harness/script/words.h"

namespace conform {

// A loop, a branch or a name: it means nothing to the server.
bool is_unseen(const script::Action& action);

// Whether who leaves in this way can do so in one readiness event with what is held back.
bool takes_along(script::Way way, std::string_view held);

}  // namespace conform
