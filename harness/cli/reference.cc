// The one place where the harness knows the reference server: it runs it, as a process of its own.
#include "harness/cli/commands.h"
#include "server/refd.h"

namespace conform {

int reference_command(int argc, char** argv) {
  return irc::run_refd(argc, argv);
}

}  // namespace conform
