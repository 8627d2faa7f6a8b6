// What changes for the clients that are there when the server is configured anew (REHASH).
#pragma once

#include "server/core/state.h"

namespace irc {

// State::set_config, and tells the registered clients what is different: CAP NEW and DEL to those
// who asked for it (IRCv3 cap-notify), and the tokens of RPL_ISUPPORT that have changed, or that
// are gone ("-NAME"), to all. What has been accepted under the old limits stays.
void reconfigure(State& state, ServerConfig config);

}  // namespace irc
