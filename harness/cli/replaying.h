// The options of a command line that a replay needs too, as a shell takes them. Passwords are left
// out: reports are shown to others.
#pragma once

#include <string>

#include "harness/cli/options.h"

namespace conform {

// How the target was named, and how patiently it was treated.
std::string target_words(const TargetOptions& target, const MannerOptions& manner);

// Where the cases came from.
std::string suite_words(const SuiteOptions& suite);

}  // namespace conform
