// Said: what a client of a script has said on its connection, as far as failures are told apart by
// it (cause.h).
#pragma once

#include <string>
#include <string_view>

#include "server/wire/framer.h"

namespace conform {

class Said {
 public:
  // The next bytes of the script, terminators and all, however they are cut.
  void say(std::string_view bytes);
  // A line of the server has come.
  void hear() { heard_ = answered_ = true; }

  // Of the last whole line, as it was written; empty if there was none, or it was malformed.
  const std::string& command() const { return command_; }
  // Something has come since the last whole line; false if there was none.
  bool answered() const { return answered_; }
  // A line of more than 512 bytes, tags and all (RFC 1459 2.3), was sent, and nothing has come
  // since.
  bool unheard_since_overlong() const { return overlong_ && !heard_; }
  // Behind it there was another line.
  bool asked_since_overlong() const { return overlong_ && asked_; }

 private:
  irc::Framer framer_;
  std::string command_;
  bool overlong_ = false;
  bool asked_ = false;
  bool heard_ = false;
  bool answered_ = false;
};

}  // namespace conform
