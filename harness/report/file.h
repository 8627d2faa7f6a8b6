// Writing a report so that a reader never sees half of it.
#pragma once

#include <string>
#include <string_view>

namespace conform {

// Writes `content` to `path`.tmp and renames it to `path`. What is no regular file (a terminal, a
// pipe, /dev/null) is written in place; "-" is the standard output. Throws std::system_error that
// names the file and the reason; then `path` is as it was.
void write_file(const std::string& path, std::string_view content);

}  // namespace conform
