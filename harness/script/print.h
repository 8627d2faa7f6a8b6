// Printing: model to text in the notation. parse(print(x)) is x but for spans, and print(parse(t))
// is t's normal form: printing again changes nothing.
#pragma once

#include <string>
#include <string_view>

#include "harness/script/model.h"

namespace conform::script {

std::string print(const Case& item);

// One step of `item`, as it would stand in it, without newline at the end where it is a line.
std::string print(const Case& item, const Step& step);

// What an expectation asks for, without the client and the arrow: "PRIVMSG {b} one".
std::string print(const Pattern& pattern);

// Bytes as a quoted part: "a\r\n" with the escapes of the notation; what is printable ASCII or
// well-formed UTF-8 stays readable.
std::string quote(std::string_view bytes);

}  // namespace conform::script
