#include "fuzz/framer_oracle.h"

#include <array>
#include <limits>

namespace fuzz {
namespace {

// Those of a server, and small ones, which a short stream reaches.
constexpr auto kLimits = std::to_array<irc::LineLimits>({
    {.body_bytes_max = 510, .tags_bytes_max = 4096},
    {.body_bytes_max = 510, .tags_bytes_max = 64},
    {.body_bytes_max = 4, .tags_bytes_max = 5},
    {.body_bytes_max = 16, .tags_bytes_max = 3},
    {.body_bytes_max = 1, .tags_bytes_max = 16},
});
constexpr std::size_t kCutsMax = 8;

std::string text_of_limit(std::size_t bytes_max) {
  const bool has_none = bytes_max == std::numeric_limits<std::size_t>::max();
  return has_none ? "unlimited" : std::to_string(bytes_max);
}

}  // namespace

FramerInput framer_input(std::string_view bytes) {
  Choices choices(bytes);
  FramerInput input{.limits = kLimits[choices.below(kLimits.size())], .cuts = {}, .stream = {}};
  input.cuts.resize(1 + choices.below(kCutsMax));
  for (std::size_t& cut : input.cuts) cut = 1 + choices.below(256);
  input.stream = choices.take_rest();
  return input;
}

std::string text_of(const FramerInput& input) {
  std::string text = "body " + text_of_limit(input.limits.body_bytes_max) + ", tags " +
                     text_of_limit(input.limits.tags_bytes_max) + ", reads of";
  for (const std::size_t cut : input.cuts) text += " " + std::to_string(cut);
  return text + ", stream \"" + escaped(input.stream) + "\"";
}

std::string text_of(const Frames& frames) {
  std::string text = std::to_string(frames.size()) + ":";
  for (const std::string& frame : frames) {
    text += frame == irc::kOverlong ? " [overlong]" : " \"" + escaped(frame) + "\"";
  }
  return text;
}

std::vector<std::size_t> part_sizes(std::string_view stream) {
  std::vector<std::size_t> sizes;
  std::size_t size = 0;
  for (const char byte : stream) {
    if (byte != '\r' && byte != '\n') {
      ++size;
    } else if (size > 0) {
      sizes.push_back(size);
      size = 0;
    }
  }
  if (size > 0) sizes.push_back(size);
  return sizes;
}

}  // namespace fuzz
