#include "server/refd.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "server/options.h"
#include "server/password_hash.h"
#include "server/service.h"

namespace irc {
namespace {

void serve(Options options, std::vector<std::string> arguments) {
  Service service(std::move(options), std::move(arguments));
  for (const std::string& where : service.listening()) {
    fmt::print("irc-refd: listening {}\n", where);
  }
  std::fflush(stdout);
  service.run();
}

// Of the first line, as a person types it.
void hash_from_stdin() {
  std::string password;
  std::getline(std::cin, password);
  if (password.empty()) throw std::runtime_error("no password on stdin");
  fmt::print("{}\n", hash_password(password));
}

int leave(const EarlyExit& exit) {
  if (exit.status == 0) {
    fmt::print("{}\n", exit.text);
  } else {
    fmt::print(stderr, "irc-refd: {}\n", exit.text);
  }
  return exit.status;
}

}  // namespace

int run_refd(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  CommandLine line = read_command_line(arguments);
  if (line.exit) return leave(*line.exit);
  // A log that nobody reads any more is no reason to end.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    if (line.hashes_password) {
      hash_from_stdin();
    } else {
      serve(std::move(line.options), arguments);
    }
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "irc-refd: {}\n", error.what());
    return kExitSystem;
  }
}

}  // namespace irc
