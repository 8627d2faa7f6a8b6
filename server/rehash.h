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

// Clients have been told names, limits, casemapping and UTF8ONLY, and rely on them.
Rehash rehash(const ServerConfig& running, ServerConfig wanted);

}  // namespace irc
