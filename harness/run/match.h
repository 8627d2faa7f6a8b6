// Matching: does a received line, or the end of a stream, meet a pattern of a script? Matching is
// on parsed messages, so that spellings of one message are equal (corpus/README.md, "Meaning").
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "harness/run/bindings.h"
#include "harness/script/model.h"
#include "server/wire/message.h"

namespace re2 {
class RE2;
}

namespace conform {

// What a pattern captured, by name.
using Captures = std::map<std::string, std::string>;

class Matcher {
 public:
  Matcher();
  ~Matcher();
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;

  void casemapping(irc::Casemapping mapping) { mapping_ = mapping; }

  // `raw` is a received line with its terminator. Captures are written only where it matches; names
  // of the pattern that stand for nothing never match.
  bool matches(const script::MessagePattern& pattern, std::string_view raw,
               const Bindings& bindings, Captures& captures);
  bool matches(const script::RawPattern& pattern, std::string_view raw, const Bindings& bindings);

 private:
  bool part_matches(const script::Part& part, std::string_view value, const Bindings& bindings,
                    Captures& captures);
  bool command_matches(const script::Part& part, std::string_view command,
                       const Bindings& bindings);
  bool text_equals(const script::Text& text, std::string_view value, const Bindings& bindings);
  bool params_match(const script::MessagePattern& pattern, std::size_t part,
                    const irc::Message& message, std::size_t param, const Bindings& bindings,
                    Captures& captures);
  bool tags_match(const script::MessagePattern& pattern, std::string_view tags,
                  const Bindings& bindings) const;
  const re2::RE2& compiled(const std::string& pattern);

  irc::Casemapping mapping_ = irc::Casemapping::rfc1459;
  std::map<std::string, std::unique_ptr<re2::RE2>> regexes_;
};

// `mask` with '*' for any bytes, none included.
bool mask_matches(std::string_view mask, std::string_view text);

}  // namespace conform
