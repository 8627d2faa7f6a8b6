// Died: how a mutant ends itself in the middle of a round. In simulation whoever steps it takes it
// for the end of the server; in a process nobody catches it, so that it ends by SIGABRT.
#pragma once

namespace irc::mutants {

struct Died {};

}  // namespace irc::mutants
