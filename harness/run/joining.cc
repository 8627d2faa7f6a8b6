#include "harness/run/joining.h"

#include <variant>

namespace conform {

bool is_unseen(const script::Action& action) {
  const auto* repeat = std::get_if<script::Repeat>(&action);
  return std::holds_alternative<script::For>(action) ||
         std::holds_alternative<script::If>(action) ||
         std::holds_alternative<script::Let>(action) || (repeat != nullptr && !repeat->until_bytes);
}

bool takes_along(script::Way way, std::string_view held) {
  switch (way) {
    case script::Way::fin:
    case script::Way::close:
      return true;
    case script::Way::rst:
      // What was not read when a reset comes may be lost (RFC 9293 3.10.7.4): of half a line nobody
      // expects anything.
      return held.find('\n') == held.npos;
    case script::Way::dirty:
    case script::Way::quit:
      return false;
  }
  return false;
}

}  // namespace conform
