// What the names in braces of a script stand for, for one playing of one case, and the bytes that a
// text becomes with them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "harness/script/evaluate.h"
#include "harness/script/model.h"
#include "server/wire/casemap.h"

namespace conform {

// Fresh names, letters only (some servers allow no others), never the same twice from one source.
// Nine letters at most: every server accepts that many in a nickname (RFC 1459 1.2).
class FreshNames {
 public:
  // Names of different seeds hardly ever meet (one pair in 17,576): a server that kept ghosts of an
  // earlier run may be tested.
  explicit FreshNames(std::uint64_t seed);

  std::string nick();                        // "nabcaaaab"
  std::string token();                       // "tabcaaaac"
  std::string channel(char chantype = '#');  // "#cabcaaaad"
  // Whether it is a nickname or a token of this source, or a channel without its first byte.
  bool made(std::string_view name) const;
  // Whether it looks like one of these.
  static bool is_fresh(std::string_view name);

 private:
  std::string next(char first);

  std::string run_letters_;
  std::uint64_t count_ = 0;
};

// Names are looked up as they are written, without braces.
class Bindings {
 public:
  enum class Kind : std::uint8_t { text, name };  // A name compares by the target's casemapping.

  void bind(const std::string& name, std::string value, Kind kind = Kind::text);
  const std::string* find(std::string_view name) const;
  bool is_name(std::string_view name) const;
  // `text` with the values that are fresh names, or were before they were bound again, put back
  // into their braces: what is said of one playing is true of the next.
  std::string unbound(std::string text) const;

 private:
  struct Value {
    std::string text;
    Kind kind = Kind::text;
  };
  std::map<std::string, Value, std::less<>> values_;
  std::map<std::string, std::string> former_;  // Fresh names to what they were bound to.
};

// The number that a name stands for; nothing if it stands for none: the value may be the server's.
std::optional<std::int64_t> number_of(const script::NameRef& ref, const Bindings& bindings);

// The bytes of a text, or the first name in it that stands for nothing here: an ISUPPORT token that
// this target does not send, for instance, or one to be adjusted that is no number.
using script::Evaluated;

// `line_so_far` is what precedes the text in its line: fill() counts it.
Evaluated evaluate(const script::Text& text, const Bindings& bindings,
                   std::string_view line_so_far = {});

}  // namespace conform
