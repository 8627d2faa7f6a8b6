// Networks that spoil what has to do with empty lines: nothing between two terminators.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "tests/mutants/died.h"
#include "tests/mutants/forwarding_net.h"

namespace irc::mutants {

// The end of the first empty line in `bytes`, which begin a line; nothing if there is none.
inline std::optional<std::size_t> end_of_empty_line(std::string_view bytes) {
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = bytes.find('\n', begin);
    if (end == bytes.npos) return std::nullopt;
    if (bytes.substr(begin, end - begin).find_first_not_of('\r') == bytes.npos) return end + 1;
    begin = end + 1;
  }
  return std::nullopt;
}

// An empty line at the begin of a read, or behind another in it, ends the server.
template <Network Inner>
class DiesOfEmptyLine : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    const std::string_view bytes(in.data(), result.bytes);
    // What comes behind half a line is the end of that.
    const bool apart = bytes.starts_with("\n") || bytes == "\r\n";
    if (!apart && end_of_empty_line(bytes)) throw Died();
    return result;
  }
};

// What stands behind an empty line waits for the next read.
template <Network Inner>
class StopsAtEmptyLine : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    std::string& held = held_[this->inner_.fd(socket)];
    IoResult result = this->inner_.recv(socket, in.subspan(held.size()));
    if (result.kind != IoResult::Kind::done) {
      if (result.kind != IoResult::Kind::would_block) held.clear();
      return result;
    }
    std::ranges::copy(held, in.begin());
    const std::string_view bytes(in.data(), held.size() + result.bytes);
    result.bytes = end_of_empty_line(bytes).value_or(bytes.size());
    held = bytes.substr(result.bytes);
    return result;
  }

 private:
  std::map<int, std::string> held_;
};

// A LF that comes apart from its CR ends a line of its own, which is no command.
template <Network Inner>
class LfApartIsLine : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    IoResult result = this->inner_.recv(socket, in.first(in.size() - 1));
    if (result.kind != IoResult::Kind::done) return result;
    const int fd = this->inner_.fd(socket);
    const bool apart = behind_cr_.erase(fd) > 0 && in.front() == '\n';
    if (in[result.bytes - 1] == '\r') behind_cr_.insert(fd);
    if (!apart) return result;
    const std::span<char> read = in.first(result.bytes);
    std::copy_backward(read.begin(), read.end(), in.first(result.bytes + 1).end());
    in.front() = '?';
    ++result.bytes;
    return result;
  }

 private:
  std::set<int> behind_cr_;
};

}  // namespace irc::mutants
