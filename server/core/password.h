// What a client says is its password, against what the configuration has. The one place that
// compares them: of OPER and of PASS.
#pragma once

#include <string_view>

namespace irc {

// Takes the same time wherever the two differ; only their lengths show.
bool is_password(std::string_view configured, std::string_view given);

}  // namespace irc
