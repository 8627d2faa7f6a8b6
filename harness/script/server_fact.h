// Reading what a script says of the server's process.
#pragma once

#include <optional>

#include "harness/script/lexer.h"
#include "harness/script/model.h"

namespace conform::script {

// Reads from behind "server" to the end of the line: "alive", "fds == base", "cpu < 20%",
// "rss < base + 8MiB", "sockets closed". Reports what is wrong and then returns nothing.
std::optional<ServerFact> read_server_fact(Line& line);

}  // namespace conform::script
