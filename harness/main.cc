// irc-conform: checks IRC servers for framing and disconnect correctness.
#include <cerrno>
#include <exception>
#include <iostream>
#include <system_error>

#include "harness/cli/program.h"
#include "harness/report/exit_status.h"

namespace {

using conform::ExitStatus;

int fail(ExitStatus status, const char* what) {
  std::cerr << "irc-conform: " << what << '\n';
  return static_cast<int>(status);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const int status = conform::run_program(argc, argv);
    // A report that did not reach its reader must not look like success.
    errno = 0;
    if (std::cout.flush()) return status;
    throw std::system_error(errno, std::generic_category(), "standard output");
  } catch (const std::system_error& error) {
    return fail(ExitStatus::wrong_use, error.what());
  } catch (const std::exception& error) {
    return fail(ExitStatus::our_fault, error.what());
  }
}
