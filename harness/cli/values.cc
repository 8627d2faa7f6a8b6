#include "harness/cli/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <span>

#include "harness/cli/glob.h"
#include "harness/target/spawned.h"
#include "server/wire/casemap.h"

namespace conform {
namespace {

template <class T>
Value<T> problem(const std::string& text) {
  return {.value = std::nullopt, .problem = text};
}

// The whole of `text` as a number.
template <class T>
std::optional<T> number(std::string_view text) {
  T value{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

template <class T>
Value<T> number_in(std::string_view text, T least, T most) {
  const auto value = number<T>(text);
  if (value && *value >= least && *value <= most) return {.value = value, .problem = ""};
  return problem<T>(fmt::format("must be a number from {} to {}, not '{}'", least, most, text));
}

template <class T>
struct Word {
  std::string_view word;
  T value;
};

template <class T>
Value<T> one_of(std::span<const Word<T>> words, std::string_view text) {
  const auto found = std::ranges::find(words, text, &Word<T>::word);
  if (found != words.end()) return {.value = found->value, .problem = ""};
  std::string known;
  for (const Word<T>& word : words)
    known += fmt::format("{}{}", known.empty() ? "" : ", ", word.word);
  return problem<T>(fmt::format("must be one of {}, not '{}'", known, text));
}

constexpr std::array<Word<script::Level>, 4> kLevels = {{
    {"must", script::Level::must},
    {"should", script::Level::should},
    {"may", script::Level::may},
    {"robust", script::Level::robust},
}};

constexpr std::array<Word<ColorMode>, 3> kColors = {{
    {"auto", ColorMode::automatic},
    {"always", ColorMode::always},
    {"never", ColorMode::never},
}};

constexpr std::array<Word<ListFormat>, 2> kFormats = {{
    {"text", ListFormat::text},
    {"json", ListFormat::json},
}};

constexpr std::array<Word<int>, 7> kSignals = {{
    {"TERM", SIGTERM},
    {"INT", SIGINT},
    {"HUP", SIGHUP},
    {"QUIT", SIGQUIT},
    {"KILL", SIGKILL},
    {"USR1", SIGUSR1},
    {"USR2", SIGUSR2},
}};

// Those that are one play and have no operand.
constexpr std::array<Word<Cut::Kind>, 5> kCuts = {{
    {"as-written", Cut::Kind::as_written},
    {"whole", Cut::Kind::whole},
    {"lines", Cut::Kind::lines},
    {"bytes", Cut::Kind::bytes},
    {"glued", Cut::Kind::glued},
}};

constexpr std::uint32_t kOperandMax = 10'000;
// How many random cuttings "all" stands for.
constexpr std::uint32_t kDrawnOfAll = 3;

Cuts all_cuts() {
  Cuts cuts{.cuts = {}, .each_cut = true, .drawn = kDrawnOfAll};
  for (const auto& [word, kind] : kCuts) cuts.cuts.push_back({.kind = kind});
  return cuts;
}

// The N of "NAME(N)"; nothing for other text.
std::optional<std::uint32_t> operand(std::string_view name, std::string_view word) {
  if (!word.starts_with(name) || !word.ends_with(')')) return std::nullopt;
  word.remove_prefix(name.size());
  if (!word.starts_with('(')) return std::nullopt;
  const auto count = number<std::uint32_t>(word.substr(1, word.size() - 2));
  if (!count || *count == 0 || *count > kOperandMax) return std::nullopt;
  return count;
}

// Adds what one word stands for; false if it stands for nothing.
bool add_cut(std::string_view word, Cuts& cuts) {
  if (word == "all") {
    cuts = all_cuts();
  } else if (word == "each-cut") {
    cuts.each_cut = true;
  } else if (const auto count = operand("random", word)) {
    cuts.drawn = *count;
  } else if (const auto offset = operand("cut", word)) {
    cuts.cuts.push_back({.kind = Cut::Kind::at, .number = *offset});
  } else if (const auto drawing = operand("drawn", word)) {
    cuts.cuts.push_back({.kind = Cut::Kind::drawn, .number = *drawing});
  } else {
    const auto found = std::ranges::find(kCuts, word, &Word<Cut::Kind>::word);
    if (found == kCuts.end()) return false;
    cuts.cuts.push_back({.kind = found->value});
  }
  return true;
}

}  // namespace

Value<HostPort> parse_host_port(std::string_view text) {
  const bool bracketed = text.starts_with('[');
  const std::size_t end = bracketed ? text.find(']') : text.find(':');
  if (bracketed && end == std::string_view::npos) return problem<HostPort>("']' is missing");
  const std::string_view host = text.substr(bracketed ? 1 : 0, bracketed ? end - 1 : end);
  const std::string_view rest = text.substr(std::min(text.size(), bracketed ? end + 1 : end));

  if (host.empty()) return problem<HostPort>("must be HOST:PORT; the host is missing");
  if (rest.empty()) return {.value = HostPort{.host = std::string(host)}, .problem = ""};
  if (!rest.starts_with(':')) return problem<HostPort>(fmt::format("'{}' behind ']'", rest));
  if (rest.find(':', 1) != std::string_view::npos) {
    return problem<HostPort>(fmt::format("an IPv6 address needs brackets: [{}]", text));
  }
  const Value<std::uint16_t> port = number_in<std::uint16_t>(rest.substr(1), 1, 65535);
  if (!port.value) return problem<HostPort>("the port " + port.problem);
  return {.value = HostPort{.host = std::string(host), .port = *port.value}, .problem = ""};
}

std::vector<std::string> placeholder_texts() {
  std::vector<std::string> texts;
  texts.reserve(placeholders::kAll.size());
  for (const Placeholder& placeholder : placeholders::kAll) texts.emplace_back(placeholder.text);
  return texts;
}

Value<std::string> parse_spawn(std::string_view text) {
  const std::vector<std::string> holes = placeholder_texts();
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
  for (std::size_t begin = 0; (begin = text.find('{', begin)) != std::string_view::npos; ++begin) {
    const std::size_t end = text.find_first_not_of(kLetters, begin + 1);
    if (end == std::string_view::npos || text[end] != '}') continue;
    if (begin > 0 && text[begin - 1] == '$') continue;  // The shell's.
    const std::string hole(text.substr(begin, end + 1 - begin));
    const auto meant = nearest(irc::fold(irc::Casemapping::ascii, hole), holes);
    if (!meant || hole == *meant) continue;
    return problem<std::string>(
        fmt::format("'{}' is not filled in; did you mean '{}'?", hole, *meant));
  }
  constexpr std::string_view kPort = placeholders::kPort.text;
  if (text.find(kPort) != std::string_view::npos)
    return {.value = std::string(text), .problem = ""};
  return problem<std::string>(fmt::format(
      "'{}' does not stand in the command: a server has to listen where it is told to", kPort));
}

Value<Credentials> parse_credentials(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos) {
    return problem<Credentials>("must be NAME:PASSWORD");
  }
  return {.value = Credentials{.name = std::string(text.substr(0, colon)),
                               .password = std::string(text.substr(colon + 1))},
          .problem = ""};
}

Value<int> parse_signal(std::string_view text) {
  if (const auto by_number = number<int>(text)) return number_in<int>(text, 1, 64);
  if (text.starts_with("SIG")) text.remove_prefix(3);
  return one_of<int>(kSignals, text);
}

Value<Shard> parse_shard(std::string_view text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const auto index = number<std::uint32_t>(text.substr(0, slash));
  const auto count = number<std::uint32_t>(text.substr(std::min(slash + 1, text.size())));
  if (!index || !count || *index == 0 || *index > *count) {
    return problem<Shard>(fmt::format("must be I/N with 1 <= I <= N, not '{}'", text));
  }
  return {.value = Shard{.index = *index, .count = *count}, .problem = ""};
}

Value<script::Level> parse_level(std::string_view text) {
  return one_of<script::Level>(kLevels, text);
}

Value<Cuts> parse_cuts(std::string_view text) {
  Cuts cuts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    if (!add_cut(word, cuts)) {
      return problem<Cuts>(fmt::format(
          "must be as-written, whole, lines, bytes, each-cut, glued, random(N), cut(N), "
          "drawn(N) with N from 1 to {}, or all, not '{}'",
          kOperandMax, word));
    }
    begin = end + 1;
  }
  return {.value = cuts, .problem = ""};
}

Value<ColorMode> parse_color(std::string_view text) {
  return one_of<ColorMode>(kColors, text);
}

Value<ListFormat> parse_list_format(std::string_view text) {
  return one_of<ListFormat>(kFormats, text);
}

Value<std::uint32_t> parse_count(std::string_view text) {
  return number_in<std::uint32_t>(text, 1, 1'000'000);
}

Value<int> parse_pid(std::string_view text) {
  return number_in<int>(text, 1, std::numeric_limits<int>::max());
}

Value<std::uint64_t> parse_seed(std::string_view text) {
  return number_in<std::uint64_t>(text, 0, std::numeric_limits<std::uint64_t>::max());
}

Value<double> parse_scale(std::string_view text) {
  const auto value = number<double>(text);
  if (value && std::isfinite(*value) && *value > 0) return {.value = value, .problem = ""};
  return problem<double>(fmt::format("must be a number greater than 0, not '{}'", text));
}

}  // namespace conform
