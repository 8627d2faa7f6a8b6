// From a frame to the command it holds: the table of commands, and what is decided about all of
// them in one place (400, 417, 421, 451, 461, 462).
#pragma once

#include "server/core/state.h"
#include "server/wire/framer.h"
#include "server/wire/message.h"

namespace irc {

// Does what a line of a client's asks for. A line without a command is ignored, and so are a
// source that a client puts in front (RFC 1459 2.3: it has no other than its own) and numerics
// (2.4). A line with a NUL is answered with 400 and otherwise ignored.
// Requires: the session is present.
void execute(State& state, Session& session, const Frame& frame);

}  // namespace irc
