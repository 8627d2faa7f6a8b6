#include "harness/script/print_text.h"

#include <fmt/format.h>

#include <optional>

#include "harness/script/bytes.h"
#include "harness/script/print.h"
#include "server/wire/utf8.h"

namespace conform::script {

namespace {

constexpr std::string_view kEscaped("\r\n\t\0\\\"{}", 8);
constexpr std::string_view kEscapes = "rnt0\\\"{}";

// `bytes` as they stand between quotes.
std::string escape(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t index = kEscaped.find(bytes[at]);
    const std::size_t length = irc::utf8_length(bytes, at);
    if (index != std::string_view::npos) {
      text += '\\';
      text += kEscapes[index];
      ++at;
    } else if (length == 0 || is_control(bytes[at])) {
      text += hex_escape(bytes[at++]);
    } else {
      text += bytes.substr(at, length);
      at += length;
    }
  }
  return text;
}

// Prints parts; literals and names that are neighbours share one pair of quotes.
class PartsPrinter {
 public:
  explicit PartsPrinter(Gap gap) : gap_(gap) {}

  void operator()(const std::string& literal) { quoted(escape(literal)); }
  void operator()(const NameRef& ref) { quoted(print_name(ref)); }
  void operator()(const Repeated& part) {
    alone(fmt::format("\"{}\"*{}", escape(part.unit), part.count));
  }
  void operator()(const RepeatedBy& part) {
    alone(fmt::format("\"{}\"*{}", escape(part.unit), print_name(part.count)));
  }
  void operator()(const Fill& part) {
    alone(fmt::format("fill({}, \"{}\")", part.line_bytes, escape(part.unit)));
  }

  std::string finish() {
    close();
    return out_.empty() ? "\"\"" : out_;
  }

 private:
  void separate() {
    if (!out_.empty() && gap_ == Gap::blanks) out_ += ' ';
  }
  void quoted(const std::string& text) {
    if (!in_quotes_) {
      separate();
      out_ += '"';
      in_quotes_ = true;
    }
    out_ += text;
  }
  void alone(const std::string& part) {
    close();
    separate();
    out_ += part;
  }
  void close() {
    if (in_quotes_) out_ += '"';
    in_quotes_ = false;
  }

  Gap gap_;
  std::string out_;
  bool in_quotes_ = false;
};

// Whether `bytes` may stand unquoted at all: no backslash, no brace, only readable characters.
bool is_plain(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = irc::utf8_length(bytes, at);
    const char c = bytes[at];
    if (length == 0 || is_control(c) || c == '\\' || c == '{' || c == '}') return false;
    at += length;
  }
  return true;
}

// `text` without quotes, or nothing if a part cannot stand so.
std::optional<std::string> unquoted(const Text& text) {
  std::string out;
  for (const TextPart& part : text) {
    if (const auto* literal = std::get_if<std::string>(&part)) {
      if (!is_plain(*literal)) return std::nullopt;
      out += *literal;
    } else if (const auto* ref = std::get_if<NameRef>(&part)) {
      out += print_name(*ref);
    } else {
      return std::nullopt;
    }
  }
  return out;
}

bool begins_like_part(std::string_view text) {
  return text.starts_with('"') || text.starts_with("hex\"") || text.starts_with("fill(");
}

std::optional<std::string> as_bare(const Text& text) {
  auto out = unquoted(text);
  const bool fits = out && !out->empty() && !begins_like_part(*out) && !is_blank(out->front()) &&
                    !is_blank(out->back());
  return fits ? out : std::nullopt;
}

}  // namespace

std::string quote(std::string_view bytes) {
  return fmt::format("\"{}\"", escape(bytes));
}

std::string print_name(const NameRef& ref) {
  return ref.adjust == 0 ? fmt::format("{{{}}}", ref.name)
                         : fmt::format("{{{}{:+}}}", ref.name, ref.adjust);
}

std::string print_parts(const Text& text, Gap gap) {
  PartsPrinter printer(gap);
  for (const TextPart& part : text) std::visit(printer, part);
  return printer.finish();
}

bool fits_bare(const Text& text) {
  return as_bare(text).has_value();
}

std::string print_bare(const Text& text) {
  if (const auto bare = as_bare(text)) return *bare;
  Text line = text;
  append(line, "\r\n");
  return print_parts(line, Gap::blanks);
}

std::string print_word(const Text& text, std::string_view stops) {
  const auto word = unquoted(text);
  const bool fits = word && !word->empty() && *word != "*" && *word != "..." &&
                    !word->starts_with(':') && !word->starts_with('/') &&
                    !begins_like_part(*word) && word->find_first_of(" \t\"") == word->npos &&
                    word->find_first_of(stops) == word->npos;
  return fits ? *word : print_parts(text, Gap::none);
}

}  // namespace conform::script
