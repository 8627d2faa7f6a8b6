#include "harness/run/joining.h"

#include <variant>

namespace conform {

bool is_unseen(const script::Action& action) {
  const auto* repeat = std::get_if<script::Repeat>(&action);
  return std::holds_alternative<script::For>(action) ||
         std::holds_alternative<script::If>(action) ||
         std::holds_alternative<script::Let>(action) || (repeat != nullptr && !repeat->until_bytes);
}

bool takes_along(const script::Action& leave, std::string_view held) {
  const auto* close = std::get_if<script::Close>(&leave);
  if (close != nullptr) return !close->dirty;
  // What was not read when a reset comes may be lost (RFC 9293 3.10.7.4): of half a line nobody
  // expects anything.
  if (std::holds_alternative<script::Rst>(leave)) return held.find('\n') == held.npos;
  return std::holds_alternative<script::Fin>(leave);
}

}  // namespace conform
