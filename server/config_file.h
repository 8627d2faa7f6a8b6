// The configuration file of irc-refd, TOML. Which keys there are is one table in config_file.cc.
#pragma once

#include <stdexcept>
#include <string>

#include "server/options.h"

namespace irc {

// What is wrong with a configuration, one line: "FILE:LINE:COLUMN: what".
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Sets what the file names, and leaves the rest. A key that is not known, a value of another type
// or out of its range is an error. Throws ConfigError; `options` is then of no use.
void read_config_file(const std::string& path, Options& options);

}  // namespace irc
