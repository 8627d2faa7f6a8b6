// What irc-refd is told when it starts: its command line and its configuration file.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "server/core/config.h"
#include "server/log.h"
#include "server/loop_limits.h"
#include "server/net/posix_net.h"
#include "server/tls/tls_file.h"

namespace irc {

// Of ServerConfig, with bounds that keep the memory of a small machine safe.
ServerConfig default_config();

// A setting of TLS: its option, and its key in the table [tls] of the file.
struct TlsName {
  const char* option;
  const char* key;
};
inline constexpr TlsName kTlsListen{.option = "--tls-listen", .key = "listen"};
inline constexpr TlsName kTlsCertificate{.option = "--tls-cert", .key = "certificate"};
inline constexpr TlsName kTlsKey{.option = "--tls-key", .key = "key"};

// With the place of each, an option or "FILE:LINE:COLUMN": what is wrong with it may not be found
// out before all has been read.
struct TlsOptions {
  std::vector<Address> listen;
  std::string listen_place;
  TlsFile certificate, key;  // Both or, where nobody listens, none.
};

struct Options {
  std::vector<Address> listen = {{.host = "127.0.0.1", .port = 6667}};
  TlsOptions tls;
  ServerConfig config = default_config();
  LoopLimits limits = {.pace = Pace{}};
  LogLevel log_level = LogLevel::info;
};

// Why there is nothing to serve: help or the version was asked for, or something is wrong.
struct EarlyExit {
  std::string text;  // Help is many lines, what is wrong is one; the last without its end.
  int status = 0;
};

struct CommandLine {
  Options options;
  std::string config_file;       // Empty if none was named.
  bool hashes_password = false;  // The subcommand hash-password, instead of serving.
  std::optional<EarlyExit> exit;
};

// From where to where a number may be, whether it is an option or stands in the file.
struct Bounds {
  std::size_t least, most;
};
// Enough for a few long lines, and no more than a machine has.
inline constexpr Bounds kSendqBounds{.least = 4096, .most = std::size_t{1} << 40};
// Of those 0 is none.
inline constexpr Bounds kSendqAllBounds{.least = 0, .most = std::size_t{1} << 40};
inline constexpr Bounds kClientsBounds{.least = 0, .most = 1'000'000};
inline constexpr Bounds kFailedOpersBounds{.least = 0, .most = 1000};

inline constexpr int kExitSystem = 1;
inline constexpr int kExitUsage = 2;

// Defaults, over them the configuration file if one is named, over it the other options. Reads the
// file anew with each call, and never throws for what stands in either.
CommandLine read_command_line(const std::vector<std::string>& arguments);

}  // namespace irc
