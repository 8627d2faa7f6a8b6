// What a server that runs can take over of a configuration that was read anew.
#pragma once

#include <string>
#include <vector>

#include "server/core/config.h"

namespace irc {

struct Rehash {
  ServerConfig config;
  std::vector<std::string> kept;  // The names of what would differ, but stays until a restart.
};

// Clients know the server by its name, and its tables are made by the casemapping.
Rehash rehash(const ServerConfig& running, ServerConfig wanted);

}  // namespace irc
