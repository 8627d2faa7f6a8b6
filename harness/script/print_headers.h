// Printing the headers of a case; the parts of print.h above the steps.
#pragma once

#include <string>

#include "harness/script/model.h"

namespace conform::script {

// "case area/slug" and the headers that say something, without the "---".
std::string print_headers(const Case& item);

// "isupport NICKLEN=9"
std::string print(const Requirement& requirement);

}  // namespace conform::script
