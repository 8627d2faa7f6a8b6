// Decoding: records (records.h) become a case, so that what a fuzz target has found can be read,
// and played against any server.
#pragma once

#include <string>
#include <string_view>

#include "harness/script/model.h"

namespace conform::script {

// Total: any bytes give a case that lint has nothing to say about. What has no counterpart in the
// notation (room, descriptors) is left out, and so is what the connection does not allow.
//
// Names of the records' world, where they are words, become names in braces; a long run of one byte
// becomes a fill(), so that lines are as long as they were. Who is registered joins {chan} first.
// When the records are through, lines are ended, everybody leaves by QUIT and has to be let go, a
// bystander, z, is still answered, nothing is left of anybody, and the server is alive.
//
// decode(encode(c)) is c, for a c that this made of at most 64 KiB; so are parse and print of it.
Case decode(std::string_view records, std::string id);

}  // namespace conform::script
