// TlsFile: a certificate or a key, as it was named.
#pragma once

#include <string>

namespace irc {

// A file in PEM, and where it was named, with which an error about it begins.
struct TlsFile {
  std::string path{};
  std::string place{};  // May be empty.
};

}  // namespace irc
