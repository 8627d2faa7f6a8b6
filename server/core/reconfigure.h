// What changes for the clients that are there when the server is configured anew (REHASH).
#pragma once

#include <string_view>
#include <vector>

#include "server/core/state.h"

namespace irc {

// Takes over what may change while there are clients, and tells the registered ones what is
// different: CAP NEW and DEL to those who asked for it (IRCv3 cap-notify), and the tokens of
// RPL_ISUPPORT that have changed to all. What has been accepted under the old limits stays. Returns
// the names of settings that stay though `config` has others.
std::vector<std::string_view> reconfigure(State& state, ServerConfig config);

}  // namespace irc
