// RPL_ISUPPORT and RPL_MYINFO: what the server does, said in tokens and letters (Modern IRC,
// Feature Advertisement).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/core/config.h"

namespace irc {

// RPL_MYINFO; in alphabetical order, capitals first.
inline constexpr std::string_view kUserModeLetters = "Biow";
inline constexpr std::string_view kChannelModeLetters = "Ibeiklmnostv";
inline constexpr std::string_view kModeLettersWithParameter = "Ibeklov";

// "NAME=value", in alphabetical order; each is honest, and tests/core tries them.
std::vector<std::string> isupport_tokens(const ServerConfig& config);

}  // namespace irc
