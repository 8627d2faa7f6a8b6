#include "harness/oracle/invariance.h"

#include <algorithm>
#include <span>

namespace conform {
namespace {

using Lines = std::span<const std::string>;

Lines all(const Stream& stream) {
  return stream.lines;
}

Lines sure(const Stream& stream) {
  return all(stream).first(stream.sure);
}

const Stream& find(const Replies& replies, const std::pair<std::string, std::string>& key) {
  static const Stream kNothing;
  const auto found = replies.streams.find(key);
  return found == replies.streams.end() ? kNothing : found->second;
}

// The first of the wanted lines that does not come in its order.
const std::string* first_absent(Lines wanted, Lines lines) {
  auto at = lines.begin();
  for (const std::string& line : wanted) {
    at = std::find(at, lines.end(), line);
    if (at == lines.end()) return &line;
    ++at;
  }
  return nullptr;
}

// Lines that both hold, in the order of both.
std::vector<std::string> common(Lines a, Lines b) {
  std::vector<std::string> lines;
  auto at = b.begin();
  for (const std::string& line : a) {
    const auto found = std::find(at, b.end(), line);
    if (found == b.end()) continue;
    lines.push_back(line);
    at = found + 1;
  }
  return lines;
}

}  // namespace

std::optional<Difference> difference(const Replies& first, const Replies& second,
                                     const Replies& third) {
  if (first.ended != second.ended || first.ended != third.ended) return std::nullopt;
  for (const auto& [key, stream] : first.streams) {
    const std::vector<std::string> wanted = common(sure(stream), sure(find(second, key)));
    const std::string* absent = first_absent(wanted, all(find(third, key)));
    if (absent != nullptr) return Difference{Difference::Kind::missing, key.first, *absent};
  }
  for (const auto& [key, stream] : third.streams) {
    const Stream& one = find(first, key);
    const Stream& other = find(second, key);
    if (!std::ranges::equal(sure(one), sure(other))) continue;
    const Stream& longer = one.lines.size() < other.lines.size() ? other : one;
    const std::string* extra = first_absent(sure(stream), all(longer));
    if (extra != nullptr) return Difference{Difference::Kind::extra, key.first, *extra};
  }
  return std::nullopt;
}

}  // namespace conform
