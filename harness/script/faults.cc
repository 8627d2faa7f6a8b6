#include "harness/script/faults.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "harness/script/bytes.h"

namespace conform::script {

namespace {

// clang-format off
constexpr auto kPatterns = std::to_array<std::string_view>({
    "script is larger than 4 MiB",
    "more than {} problems; the rest is not shown",
    "no case in this file",
    "not UTF-8; write \\xHH in a quoted part",
    "control byte; write \\xHH in a quoted part",
    "expected {}",
    "unexpected '{}'",
    "expected 'case AREA/SLUG'",
    "case '{}' stands already in line {}",
    "area '{}' is not the file's name '{}'",

    "missing header '{}'",
    "unknown header '{}'{}",
    "header '{}' may stand only once",
    "header '{}' has no value",
    "expected '---' between headers and steps",
    "case has no steps",
    "unknown level '{}'{}",
    "unknown source '{}'; known are rfcN, modern, ircv3/SPEC, tcp/rfcN and none",
    "expected '#' and a section after '{}'",
    "'none' needs a reason: none \"why\"",
    "'{}' has a meaning of its own and cannot be a name",
    "client '{}' is declared twice",
    "unknown option '{}'{}",
    "a client is either raw or absent",
    "unknown requirement '{}'{}",
    "unknown segmentation '{}'{}",
    "'{}' stands here twice",
    "{} must be from {} to {}",

    "quoted part is not closed",
    "unknown escape '\\{}'",
    "'\\x' needs two hex digits",
    "expected pairs of hex digits",
    "brace is not closed",
    "'}}' is written '\\}}' in a quoted part",
    "a capture is a whole parameter or source of an expectation",
    "no name can be used here; write \\{{",
    "'{}' must be quoted here",
    "trailing blank; quote it",
    "nothing to send; an empty line is \"\\r\\n\"",
    "empty segment",
    "'fill' measures a line that is sent and can stand only after '>'",
    "step makes more than 64 MiB",

    "'{}' is no command: letters or three digits",
    "'...' may stand only once",
    "a message has at most {} parameters",
    "regular expression is not closed by '/'",
    "bad regular expression: {}",
    "empty choice; quote a '|' that is data",
    "'<!' lasts to the next barrier and takes no 'within'",
    "'within' goes with '<' and '<=' only",
    "'silence' goes with '<' only and takes no 'within'",

    "unknown verb '{}'{}",
    "unknown client '{}'{}",
    "unknown fact '{}'{}",
    "'end' without a block",
    "'else' without an 'if'",
    "'{}' outside of a 'one-of'",
    "a 'one-of' begins with ok, lenient, info or fail",
    "'{}' is not closed by 'end'",
    "'{}' holds no steps",
    "blocks nest deeper than {}",

    "unknown name '{}'{}",
    "name '{}' is known only inside its block",
    "name '{}' is taken",
    "'{}' is no number",
    "no capture in a step of several clients",
    "a capture in '<!' is never made",
    "no barrier after this '{}': add 'sync {}'",
    "no positive control: expect something or sync at '{}' before this '<!'",
    "no positive control: '{}' never sees {} before this '<!'",
    "no 'sync' after this 'wait'",
    "'{}' holds an unterminated line and cannot be synced",
    "'{}' is half closed and cannot be synced",
    "'{}' is paused and cannot be synced",
    "'{}' is not connected here",
    "'{}' is connected already",
    "'{}' cannot send after its 'fin'",
    "'{}' cannot send after the end of its connection",
    "client '{}' is never used",
    "alternative always holds",
    "'{}' is no way to leave: close, dirty, fin, rst or quit, or the name of a loop over such",
    "only '>', fin, rst, close, leave and connect can stand in a glue",
    "only '<' can stand in an unordered",
});
// clang-format on
static_assert(kPatterns.size() == kFaultCount);

auto place(const Problem& problem) {
  return std::tuple(problem.span.line, problem.span.column);
}

bool same(const Problem& a, const Problem& b) {
  return place(a) == place(b) && a.message == b.message;
}

}  // namespace

std::string_view pattern_of(Fault fault) {
  return kPatterns.at(static_cast<std::size_t>(fault));
}

std::vector<Problem> ProblemList::take() {
  std::ranges::stable_sort(problems_, {}, place);
  problems_.erase(std::unique(problems_.begin(), problems_.end(), same), problems_.end());
  if (full_) {
    const std::string message =
        fmt::format(fmt::runtime(pattern_of(Fault::too_many_problems)), kProblemsMax);
    problems_.push_back({problems_.back().span, message});
  }
  return std::exchange(problems_, {});
}

std::string shown(std::string_view bytes) {
  constexpr std::size_t kShownMax = 40;
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    const Glyph glyph = next_glyph(bytes, at);
    if (text.size() + glyph.text.size() > kShownMax) return text + "...";
    text += glyph.text;
    at += glyph.bytes;
  }
  return text;
}

}  // namespace conform::script
