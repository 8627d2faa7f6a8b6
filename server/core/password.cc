#include "server/core/password.h"

namespace irc {

bool is_password(std::string_view configured, std::string_view given) {
  if (configured.size() != given.size()) return false;
  // Volatile, else the compiler may stop at the first difference.
  volatile unsigned char difference = 0;
  for (std::size_t i = 0; i < given.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (configured[i] ^ given[i]));
  }
  return difference == 0;
}

}  // namespace irc
