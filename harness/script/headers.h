// Reading the headers of a case: each a name, a colon and a value that ends with the line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/lexer.h"
#include "harness/script/model.h"
#include "harness/script/words.h"

namespace conform::script {

// Reads the value of `header` into `item`, to the end of the line. What was understood before a
// fault stays. False if there was one; it is reported.
bool read_header(Line& line, Header header, Case& item);

// "a b(rcvbuf=4096) w(raw)*1100", to the end of the line; added to `clients`.
bool read_clients(Line& line, std::vector<ClientDecl>& clients);

// "local", "isupport NICKLEN=9", "fresh(nofile=64)": what `requires` lists and `if` asks.
std::optional<Requirement> read_requirement(Line& line);

// "=4096": what follows a word such as rcvbuf or nofile. From 1 to `most`; `what` is it for the
// message.
bool read_assigned(Line& line, std::string_view what, std::uint64_t most,
                   std::optional<std::uint32_t>& value);

// The name of an IRCv3 capability.
bool read_cap_name(Line& line, std::string& name);

}  // namespace conform::script
