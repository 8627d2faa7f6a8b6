#include "server/refd.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
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
  for (const std::string& address : service.addresses()) {
    fmt::print("irc-refd: listening on {}\n", address);
  }
  std::fflush(stdout);
  service.run();
}

// Of the first line, as a person types it.
void hash_from_stdin() {
  std::string password;
  std::getline(std::cin, password);
  fmt::print("{}\n", hash_password(password));
}

}  // namespace

int run_refd(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  CommandLine line = read_command_line(arguments);
  if (line.exit) {
    fmt::print(line.exit->status == 0 ? stdout : stderr, "{}", line.exit->text);
    return line.exit->status;
  }
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
