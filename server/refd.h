// irc-refd as a function: the reference server with its command line.
#pragma once

namespace irc {

// Serves until SIGINT or SIGTERM. Prints "irc-refd: listening on HOST:PORT" and a line end on
// stdout for each address ("listening for TLS on" where it is that), flushed, when it accepts
// connections; whatever fails is one line on stderr. Returns the exit status: 0 told to stop, 1 the
// system refused something, 2 usage.
int run_refd(int argc, char** argv);

}  // namespace irc
