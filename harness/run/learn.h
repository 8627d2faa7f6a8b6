// Learning a target before the first case: the order of registration that it takes, what it says of
// itself, what can serve as a barrier, and its pace. Nothing that is missing here fails a case that
// does not need it.
#pragma once

#include <string>
#include <vector>

#include "harness/run/profile.h"
#include "harness/run/result.h"
#include "harness/run/stage.h"

namespace conform {

struct Learnt {
  Profile profile;
  Pace pace;            // Scaled by what was measured and by the user's factor.
  std::string failure;  // A sentence for the user if nothing could be learnt; else empty.
  // Of questions that it did not survive; no case's doing.
  std::vector<Death> deaths;
};

// `given` holds what the user told us (password, operator); `scale` is --timeout-scale.
template <World W>
Learnt learn(W& world, const Profile& given, FreshNames& names, double scale);

}  // namespace conform
