// What the clients of an input of fuzz_loop do, as a case for any server.
#pragma once

#include <string>
#include <string_view>

namespace fuzz {

// A file with one case in the notation of corpus/README.md. The setup, faults and room are not in
// it. The case is called after `name`, in the area "fuzz".
std::string script_of_loop(std::string_view bytes, std::string_view name);

}  // namespace fuzz
