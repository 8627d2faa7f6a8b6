// Conditions: does this target, in this world, have what a case needs, or an `if` asks for?
#pragma once

#include <string>

#include "harness/run/profile.h"
#include "harness/run/world.h"
#include "harness/script/model.h"

namespace conform {

bool holds(const script::Requirement& requirement, const Profile& profile,
           const Abilities& abilities);

// What is missing, as a skip says it: "needs the target's process (--spawn, or --pid)".
std::string missing(const script::Requirement& requirement);

// Why a case cannot be played here at all; empty if it can.
std::string unplayable(const script::Case& item, const Profile& profile,
                       const Abilities& abilities);

}  // namespace conform
