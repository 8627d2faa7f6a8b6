// RecordedNet: PosixNet that writes into a file what each recv brought, a line each, so that a test
// can tell separate reads from one.
#pragma once

#include <fstream>
#include <span>
#include <string>

#include "server/net/posix_net.h"

namespace irc::mutants {

class RecordedNet : public PosixNet {
 public:
  // Records nothing if `path` is empty.
  explicit RecordedNet(const std::string& path) {
    if (!path.empty()) record_.open(path, std::ios::app);
  }

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = PosixNet::recv(socket, in);
    if (record_.is_open() && result.kind == IoResult::Kind::done) write(in.first(result.bytes));
    return result;
  }

 private:
  // CR and LF as "\r" and "\n".
  void write(std::span<const char> bytes) {
    for (const char byte : bytes) {
      if (byte == '\r') record_ << "\\r";
      if (byte == '\n') record_ << "\\n";
      if (byte != '\r' && byte != '\n') record_ << byte;
    }
    record_ << std::endl;
  }

  std::ofstream record_;
};

static_assert(Network<RecordedNet>);

}  // namespace irc::mutants
