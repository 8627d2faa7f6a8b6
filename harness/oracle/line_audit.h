// The line audit: the independent judge of the server's own framing. It looks at the raw bytes that
// a client received and shares no code with the framer or the parser.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

// What a server must not send. Each rule is the claim of one case of the suite, where its title and
// its citation stand; a breach in any case counts against that one.
struct AuditRule {
  std::string_view case_id;
  std::string_view claim;
};

inline constexpr AuditRule kCrLfRule = {"framing/server-terminates-with-crlf",
                                        "every line ends in CR LF, and none is empty"};
inline constexpr AuditRule kBareCrRule = {"framing/bare-cr-never-relayed",
                                          "a CR stands only before a LF"};
inline constexpr AuditRule kNulRule = {"framing/nul-never-relayed", "no NUL is sent"};
inline constexpr AuditRule kLengthRule = {"limits/relayed-line-le-512",
                                          "a line without its tags has at most 512 bytes"};

// Not of the bytes alone: it takes who knows what was asked.
inline constexpr AuditRule kOnceRule = {"framing/one-message-one-write", "a line is executed once"};
// Not of one client's alone: it takes who played the case among others and by itself.
inline constexpr AuditRule kKeptRule = {"isolation/hup-of-one-never-closes-another",
                                        "a connection ends for what its own client does"};

struct Breach {
  AuditRule rule;
  std::size_t offset = 0;  // Where in the received bytes.
  std::string line;        // The line it stands in, shortened, as received.
};

// The first breach of each rule. Bytes behind the last LF are not judged: a connection may end in
// the middle of a line.
std::vector<Breach> audit_lines(std::string_view received, std::size_t line_bytes_max);

}  // namespace conform
