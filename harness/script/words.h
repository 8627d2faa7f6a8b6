// The words of the notation, in tables: what the parser looks up and the printer writes.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/model.h"

namespace conform::script {

template <class T>
struct Word {
  std::string_view text;
  T value;
};

// In the order in which the printer writes them.
enum class Header : std::uint8_t {
  title,
  level,
  cite,
  clients,
  needs,
  segments,
  tags,
  timeout,
  info,
};

// What stands first in a line that does not begin with a client.
enum class Statement : std::uint8_t {
  within,
  sync,
  wait,
  server,
  let,
  glue,
  repeat,
  for_each,
  search,
  unordered,
  one_of,
  if_holds,
  otherwise,
  end,
};

// What a client does, other than > < <= <!.
enum class Verb : std::uint8_t {
  connect,
  enrol,
  fin,
  rst,
  close,
  leave,
  mute,
  pause,
  resume,
  urgent,
};

// The ways in which `leave` ends a connection.
enum class Way : std::uint8_t {
  close,  // As `close`.
  dirty,  // As `close dirty`; asks the server something, so that there is input to leave unread.
  fin,    // As `fin`, and is forgotten.
  rst,    // As `rst`.
  quit,   // Sends QUIT, and waits for the server to close.
};

enum class ClientOption : std::uint8_t { raw, absent, tls, oper, rcvbuf, cap };

// clang-format off
inline constexpr auto kHeaders = std::to_array<Word<Header>>({
    {"title",    Header::title},
    {"level",    Header::level},
    {"cite",     Header::cite},
    {"clients",  Header::clients},
    {"requires", Header::needs},
    {"segments", Header::segments},
    {"tags",     Header::tags},
    {"timeout",  Header::timeout},
    {"info",     Header::info},
});

inline constexpr auto kStatements = std::to_array<Word<Statement>>({
    {"within",    Statement::within},
    {"sync",      Statement::sync},
    {"wait",      Statement::wait},
    {"server",    Statement::server},
    {"let",       Statement::let},
    {"glue",      Statement::glue},
    {"repeat",    Statement::repeat},
    {"for",       Statement::for_each},
    {"search",    Statement::search},
    {"unordered", Statement::unordered},
    {"one-of",    Statement::one_of},
    {"if",        Statement::if_holds},
    {"else",      Statement::otherwise},
    {"end",       Statement::end},
});

inline constexpr auto kVerbs = std::to_array<Word<Verb>>({
    {"connect",  Verb::connect},
    {"register", Verb::enrol},
    {"fin",      Verb::fin},
    {"rst",      Verb::rst},
    {"close",    Verb::close},
    {"leave",    Verb::leave},
    {"mute",     Verb::mute},
    {"pause",    Verb::pause},
    {"resume",   Verb::resume},
    {"urgent",   Verb::urgent},
});

inline constexpr auto kWays = std::to_array<Word<Way>>({
    {"close", Way::close},
    {"dirty", Way::dirty},
    {"fin",   Way::fin},
    {"rst",   Way::rst},
    {"quit",  Way::quit},
});

inline constexpr auto kModes = std::to_array<Word<Expect::Mode>>({
    {"<=", Expect::Mode::next},
    {"<!", Expect::Mode::never},
    {"<",  Expect::Mode::eventually},
});

inline constexpr auto kEvents = std::to_array<Word<Event>>({
    {"eof",        Event::eof},
    {"reset",      Event::reset},
    {"closed",     Event::closed},
    {"registered", Event::registered},
    {"silence",    Event::silence},
});

inline constexpr auto kGrades = std::to_array<Word<AlternativeGrade>>({
    {"ok",      AlternativeGrade::ok},
    {"lenient", AlternativeGrade::lenient},
    {"info",    AlternativeGrade::info},
    {"fail",    AlternativeGrade::fail},
});

inline constexpr auto kLevels = std::to_array<Word<Level>>({
    {"must",   Level::must},
    {"should", Level::should},
    {"may",    Level::may},
    {"robust", Level::robust},
});

inline constexpr auto kClientOptions = std::to_array<Word<ClientOption>>({
    {"raw",    ClientOption::raw},
    {"absent", ClientOption::absent},
    {"tls",    ClientOption::tls},
    {"oper",   ClientOption::oper},
    {"rcvbuf", ClientOption::rcvbuf},
    {"cap",    ClientOption::cap},
});

inline constexpr auto kRequirements = std::to_array<Word<Requirement::Kind>>({
    {"local",    Requirement::Kind::local},
    {"spawned",  Requirement::Kind::spawned},
    {"fresh",    Requirement::Kind::fresh},
    {"tls",      Requirement::Kind::tls},
    {"isupport", Requirement::Kind::isupport},
    {"!isupport", Requirement::Kind::not_isupport},
    {"cap",      Requirement::Kind::cap},
    {"command",  Requirement::Kind::command},
    {"password", Requirement::Kind::password},
    {"oper",     Requirement::Kind::oper},
    {"unthrottled", Requirement::Kind::unthrottled},
});

inline constexpr auto kSegmentations = std::to_array<Word<Segmentation::Kind>>({
    {"whole",    Segmentation::Kind::whole},
    {"lines",    Segmentation::Kind::lines},
    {"bytes",    Segmentation::Kind::bytes},
    {"each-cut", Segmentation::Kind::each_cut},
    {"glued",    Segmentation::Kind::glued},
    {"random",   Segmentation::Kind::random},
});

inline constexpr auto kFacts = std::to_array<Word<ServerFact::What>>({
    {"alive",   ServerFact::What::alive},
    {"accepts", ServerFact::What::accepts},
    {"base",    ServerFact::What::base},
    {"fds",     ServerFact::What::fds},
    {"threads", ServerFact::What::threads},
    {"cpu",     ServerFact::What::cpu},
    {"rss",     ServerFact::What::rss},
    {"sockets", ServerFact::What::sockets_closed},
});
// clang-format on

template <class T, std::size_t N>
std::optional<T> value_of(const std::array<Word<T>, N>& table, std::string_view text) {
  const auto found = std::ranges::find(table, text, &Word<T>::text);
  if (found == table.end()) return std::nullopt;
  return found->value;
}

// Requires: `value` is in the table, as every enumerator is.
template <class T, std::size_t N>
std::string_view text_of(const std::array<Word<T>, N>& table, T value) {
  return std::ranges::find(table, value, &Word<T>::value)->text;
}

template <class T, std::size_t N>
std::vector<std::string_view> texts_of(const std::array<Word<T>, N>& table) {
  std::vector<std::string_view> texts;
  texts.reserve(N);
  for (const Word<T>& word : table) texts.push_back(word.text);
  return texts;
}

// The one of `known` that `word` may be meant to be: one or two slips away, or nothing.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known);

// "; did you mean 'sync'?", or nothing where no word is near.
std::string suggestion(std::string_view word, std::span<const std::string_view> known);

// A word that has a meaning of its own, as keyword or as built-in name ("chan2", "t1"), so that no
// client, capture, loop or let may be called so.
bool is_reserved(std::string_view word);

// {chan} {chan2}… {t1} {t2}… {T1} {T2}… {server} {password} {isupport.NAME}.
bool is_built_in_name(std::string_view name);

}  // namespace conform::script
