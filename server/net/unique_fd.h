// UniqueFd: the one owner of a file descriptor, closed when it ends.
#pragma once

#include <unistd.h>

#include <utility>

namespace irc {

class UniqueFd {
 public:
  UniqueFd() = default;
  // Takes ownership; a negative number is no descriptor.
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~UniqueFd() {
    if (fd_ >= 0) ::close(fd_);
  }

  int fd() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

}  // namespace irc
