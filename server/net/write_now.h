// Writing to a descriptor that others have too, as stderr is: to make it non-blocking would make it
// so for them.
#pragma once

#include <climits>
#include <cstddef>
#include <string_view>

#include "server/net/unique_fd.h"

namespace irc {

// What fits into a pipe that has room at all (pipe(7)).
inline constexpr std::size_t kWriteNowBytesMax = PIPE_BUF;

// The pipe behind that descriptor, opened once more: non-blocking, and for nobody else. None if it
// is no pipe: a file never lets us wait, and a terminal hardly does.
UniqueFd own_end_of_pipe(int fd);

// Writes all of it, or nothing if it would have to wait, or nobody can read it any more; whether
// all was written. A pipe that others write to may be filled between the look and the write, and
// then we wait, unless it is our own end. Requires: at most kWriteNowBytesMax bytes.
bool write_now(int fd, std::string_view bytes);

}  // namespace irc
