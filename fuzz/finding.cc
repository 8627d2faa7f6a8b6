#include "fuzz/finding.h"

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace fuzz {
namespace {

constexpr std::size_t kShownBytesMax = 2000;

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

}  // namespace

std::string escaped(std::string_view bytes) {
  std::string out;
  if (bytes.size() <= kShownBytesMax) {
    append_escaped(out, bytes);
    return out;
  }
  append_escaped(out, bytes.substr(0, kShownBytesMax / 2));
  out += "[... " + std::to_string(bytes.size()) + " bytes in all ...]";
  append_escaped(out, bytes.substr(bytes.size() - kShownBytesMax / 2));
  return out;
}

std::string text_of(const Finding& finding) {
  std::string text;
  text.append(finding.oracle.id).append(": ").append(finding.oracle.property).append("\n");
  text.append("  clause:   ").append(finding.oracle.clause).append("\n");
  text.append("  with:     ").append(finding.setting).append("\n");
  text.append("  expected: ").append(finding.expected).append("\n");
  text.append("  actual:   ").append(finding.actual).append("\n");
  return text + finding.more;
}

void stop_on(const Verdict& verdict) {
  if (!verdict) return;
  std::fputs(text_of(*verdict).c_str(), stderr);
  std::abort();
}

}  // namespace fuzz
