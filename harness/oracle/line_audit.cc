#include "harness/oracle/line_audit.h"

#include <algorithm>

namespace conform {
namespace {

constexpr std::size_t kShownBytes = 120;

class Audit {
 public:
  explicit Audit(std::size_t line_bytes_max) : line_bytes_max_(line_bytes_max) {}

  // `line` with its LF; `next` is what follows it.
  void line(std::string_view line, std::size_t offset, std::string_view next) {
    const bool crlf = line.ends_with("\r\n");
    const std::string_view body = line.substr(0, line.size() - (crlf ? 2 : 1));
    // One empty line before a last ERROR is a known way to end a half-written line first.
    const bool before_error = crlf && body.empty() && next.starts_with("ERROR ");
    if ((!crlf || body.empty()) && !before_error) breach(kCrLfRule, line, offset);
    if (body.find('\r') != body.npos) breach(kBareCrRule, line, offset + body.find('\r'));
    if (body.find('\0') != body.npos) breach(kNulRule, line, offset + body.find('\0'));
    const std::size_t tags = body.starts_with('@') ? std::min(body.find(' '), body.size()) + 1 : 0;
    if (line.size() > line_bytes_max_ + tags) breach(kLengthRule, line, offset);
  }

  std::vector<Breach> take() { return std::move(breaches_); }

 private:
  void breach(const AuditRule& rule, std::string_view line, std::size_t offset) {
    const bool known = std::ranges::any_of(
        breaches_, [&](const Breach& b) { return b.rule.case_id == rule.case_id; });
    if (!known) breaches_.push_back({rule, offset, std::string(line.substr(0, kShownBytes))});
  }

  std::size_t line_bytes_max_;
  std::vector<Breach> breaches_;
};

}  // namespace

std::vector<Breach> audit_lines(std::string_view received, std::size_t line_bytes_max) {
  Audit audit(line_bytes_max);
  std::size_t begin = 0;
  for (std::size_t newline = 0; (newline = received.find('\n', begin)) != received.npos;) {
    const std::size_t end = newline + 1;
    audit.line(received.substr(begin, end - begin), begin, received.substr(end));
    begin = end;
  }
  return audit.take();
}

}  // namespace conform
