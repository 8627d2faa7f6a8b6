#include "harness/report/style.h"

#include <fmt/format.h>

namespace conform {
namespace {

// The parameter of SGR, ECMA-48 8.3.117.
std::string_view sgr_of(Ink ink) {
  switch (ink) {
    case Ink::red:
      return "1;31";
    case Ink::green:
      return "32";
    case Ink::yellow:
      return "33";
    case Ink::magenta:
      return "1;35";
    case Ink::cyan:
      return "36";
    case Ink::bold:
      return "1";
    case Ink::faint:
      return "2";
  }
  return "0";
}

}  // namespace

bool use_color(ColorMode mode, bool is_terminal, const char* no_color, const char* term) {
  if (mode != ColorMode::automatic) return mode == ColorMode::always;
  const bool refused = no_color != nullptr && *no_color != '\0';
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  return is_terminal && !refused && !dumb;
}

std::string Style::paint(Ink ink, std::string_view text) const {
  if (!color) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", sgr_of(ink), text);
}

}  // namespace conform
