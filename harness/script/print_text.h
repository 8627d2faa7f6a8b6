// Printing text: the part of print.h below what is expected and what is done.
#pragma once

#include <string>
#include <string_view>

#include "harness/script/model.h"
#include "harness/script/text.h"

namespace conform::script {

// "{isupport.NICKLEN-1}"
std::string print_name(const NameRef& ref);

// As quoted parts: "PING :{t1}" "x"*400.
std::string print_parts(const Text& text, Gap gap);

// Whether it can be bare text.
bool fits_bare(const Text& text);

// As bare text where it can be that, else as parts with the CR LF which bare text implies.
std::string print_bare(const Text& text);

// As a word where it can be one that means only itself and holds none of `stops`, else quoted.
std::string print_word(const Text& text, std::string_view stops = "|");

}  // namespace conform::script
