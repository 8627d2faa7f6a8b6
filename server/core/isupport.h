// RPL_ISUPPORT: what the server does, said in tokens (Modern IRC, Feature Advertisement).
#pragma once

#include <string>
#include <vector>

#include "server/core/config.h"

namespace irc {

// "NAME=value", in alphabetical order; each is honest, and tests/core tries them.
std::vector<std::string> isupport_tokens(const ServerConfig& config);

}  // namespace irc
