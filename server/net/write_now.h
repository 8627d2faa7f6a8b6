// Writing to a descriptor that others have too, as stderr is: to make it non-blocking would make it
// so for them.
#pragma once

#include <climits>
#include <cstddef>
#include <string_view>

namespace irc {

// What fits into a pipe that has room at all (pipe(7)).
inline constexpr std::size_t kWriteNowBytesMax = PIPE_BUF;

// Writes all of it, or nothing if it would have to wait, or nobody can read it any more; whether it
// was written. Requires: at most kWriteNowBytesMax bytes.
bool write_now(int fd, std::string_view bytes);

}  // namespace irc
