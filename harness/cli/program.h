// The program behind main: from arguments to an exit status.
#pragma once

namespace conform {

// Does what the command line says. Errors of the system are thrown as std::system_error.
int run_program(int argc, char** argv);

}  // namespace conform
