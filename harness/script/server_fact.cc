#include "harness/script/server_fact.h"

#include <fmt/format.h>

#include <cstdint>

#include "harness/script/values.h"
#include "harness/script/words.h"

namespace conform::script {

namespace {

// "alive", "fds == base", "cpu < 20%", "rss < base + 8MiB", "sockets closed"...: behind the
// first word.
bool read_operands(Line& line, ServerFact& fact) {
  const auto literal = [&line](std::string_view word) {
    line.skip_blanks();
    return line.take(word) || line.expected(fmt::format("'{}'", word));
  };
  const auto limit = [&fact](std::optional<std::uint64_t> value) {
    fact.limit = value.value_or(0);
    return value.has_value();
  };
  using What = ServerFact::What;
  switch (fact.what) {
    case What::alive:
    case What::accepts:
    case What::base:
      return true;
    case What::fds:
    case What::threads:
      return literal("==") && literal("base");
    case What::sockets_closed:
      return literal("closed");
    case What::cpu:
      if (!literal("<")) return false;
      line.skip_blanks();
      return limit(read_number(line, "a percentage", 1, 100)) && literal("%");
    case What::rss:
      if (!literal("<") || !literal("base") || !literal("+")) return false;
      line.skip_blanks();
      return limit(read_size(line, kQueueBytesMax));
  }
  return false;
}

}  // namespace

std::optional<ServerFact> read_server_fact(Line& line) {
  line.skip_blanks();
  const std::size_t begin = line.position();
  const std::string_view word = line.take_while(is_word_byte);
  if (word.empty()) {
    line.expected("alive, accepts, base, fds, threads, cpu, rss or sockets");
    return std::nullopt;
  }
  const auto what = value_of(kFacts, word);
  if (!what) {
    line.fail(line.span_from(begin), Fault::unknown_fact, shown(word),
              suggestion(word, texts_of(kFacts)));
    return std::nullopt;
  }
  ServerFact fact{*what};
  if (!read_operands(line, fact) || !line.finish()) return std::nullopt;
  return fact;
}

}  // namespace conform::script
