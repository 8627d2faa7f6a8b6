#include "fuzz/finding.h"

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace fuzz {
namespace {

constexpr std::size_t kShownBytesMax = 2000;   // Of what an input says.
constexpr std::size_t kPartBytesMax = 20'000;  // Of a part of a finding, escaped as it is.

void append_escaped(std::string& out, std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    if (byte == '\r') {
      out += "\\r";
    } else if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\\') {
      out += "\\\\";
    } else if (value < 0x20 || value > 0x7e) {
      out.append("\\x").append(1, kDigits[value >> 4U]).append(1, kDigits[value & 15U]);
    } else {
      out += byte;
    }
  }
}

// Begin and end of what is longer than `most`.
std::string without_middle(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  return std::string(text.substr(0, most / 2)) + "[... " + std::to_string(text.size()) +
         " bytes in all ...]" + std::string(text.substr(text.size() - most / 2));
}

}  // namespace

std::string escaped(std::string_view bytes) {
  std::string out;
  append_escaped(out, without_middle(bytes, kShownBytesMax));
  return out;
}

std::string text_of(const Finding& finding) {
  std::string text;
  text.append(finding.oracle.id).append(": ").append(finding.oracle.property).append("\n");
  text.append("  clause:   ").append(finding.oracle.clause).append("\n");
  const auto part = [&text](std::string_view title, std::string_view said) {
    text.append(title).append(without_middle(said, kPartBytesMax)).append("\n");
  };
  part("  with:     ", finding.setting);
  part("  expected: ", finding.expected);
  part("  actual:   ", finding.actual);
  return text + finding.more;
}

void stop_on(const Verdict& verdict) {
  if (!verdict) return;
  std::fputs(text_of(*verdict).c_str(), stderr);
  std::abort();
}

}  // namespace fuzz
