// What irc-refd tells its operator: lines on stderr, each with its time and level. What comes from
// a peer is escaped before it stands in one.
//
//     error    it ends, or does not start
//     warning  a configuration that cannot be used, an OPER that was refused
//     info     start, end, rehash, who became an operator
//     debug    each connection, from where and why it ended
//     trace    each line of a client, without passwords
//
// stderr is written to as it is: where nobody reads it and it is a pipe, the server waits.
#pragma once

#include <spdlog/logger.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace irc {

using Log = spdlog::logger;
using LogLevel = spdlog::level::level_enum;

std::unique_ptr<Log> log_to_stderr(LogLevel level);

// By its name above, or "off".
std::optional<LogLevel> log_level_of(std::string_view name);

// Printable ASCII as it is, but for the backslash; other bytes as \r, \n, \xNN.
std::string escaped(std::string_view bytes);

// A client's line as it may stand in a log: what follows PASS and OPER is left out, in whatever
// case or behind whatever tags and source they stand, and so is what is no message.
std::string loggable(std::string_view line);

}  // namespace irc
