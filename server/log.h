// What irc-refd tells its operator: lines on stderr, each with its time and level. What comes from
// a peer is escaped before it stands in one.
//
//     error    it ends, or does not start
//     warning  a configuration that cannot be used, an OPER that was refused
//     info     start, end, rehash, who became an operator
//     debug    each connection: from where, and, once it is gone, why, and whether the server or an
//              operator ended it
//     trace    each line of a client, without passwords and keys of channels
//
// Nobody waits for who reads it: what does not fit into a pipe is dropped, and how much that was
// stands in the first line that fits again.
#pragma once

#include <spdlog/logger.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace irc {

using Log = spdlog::logger;
using LogLevel = spdlog::level::level_enum;

// Of lines of at most kWriteNowBytesMax bytes; longer ones are cut.
std::unique_ptr<Log> log_to(int fd, LogLevel level);

// By its name above, or "off".
std::optional<LogLevel> log_level_of(std::string_view name);

// Printable ASCII as it is, but for the backslash; other bytes as \r, \n, \xNN.
std::string escaped(std::string_view bytes);

// A client's line as it may stand in a log: what follows PASS, OPER, the channels of JOIN and the
// letters of MODE with a k is left out, in whatever case or behind whatever tags and source they
// stand, and so is what is no message.
std::string loggable(std::string_view line);

}  // namespace irc
