// Joining sends into one segment: which steps leave alone what a client holds back for that.
#pragma once

#include <string_view>

#include "harness/script/model.h"

namespace conform {

// A loop, a branch or a name: it means nothing to the server.
bool is_unseen(const script::Action& action);

// A leave that can be made in one readiness event with what is held back.
bool takes_along(const script::Action& leave, std::string_view held);

}  // namespace conform
