#include "server/net/write_now.h"

#include <poll.h>
#include <unistd.h>

#include "server/wire/check.h"

namespace irc {

bool write_now(int fd, std::string_view bytes) {
  CHECK(bytes.size() <= kWriteNowBytesMax);
  pollfd entry{.fd = fd, .events = POLLOUT, .revents = 0};
  // POLLERR and POLLHUP: to write would be a SIGPIPE.
  if (::poll(&entry, 1, 0) != 1 || entry.revents != POLLOUT) return false;
  return ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
}

}  // namespace irc
