#include "server/net/write_now.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "server/wire/check.h"

namespace irc {

UniqueFd own_end_of_pipe(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISFIFO(status.st_mode)) return UniqueFd();
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  return UniqueFd(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
}

bool write_now(int fd, std::string_view bytes) {
  CHECK(bytes.size() <= kWriteNowBytesMax);
  pollfd entry{.fd = fd, .events = POLLOUT, .revents = 0};
  // POLLERR and POLLHUP: to write would be a SIGPIPE.
  if (::poll(&entry, 1, 0) != 1 || entry.revents != POLLOUT) return false;
  return ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
}

}  // namespace irc
