#include "fuzz/differential/pipe_adapter.h"

#include <charconv>
#include <limits>
#include <vector>

namespace fuzz {
namespace {

// A byte that says what it is, and the content with its length.
struct Item {
  char kind = 0;
  std::string_view content;
};

constexpr std::size_t kItemHeadBytes = 1 + kLengthBytes;

void append_item(std::string& to, char kind, std::string_view content) {
  to += kind;
  to += with_length(content);
}

[[noreturn]] void nonsense(const std::string& what) {
  throw AdapterFault(oracles::kAdapterAnswers, what);
}

// The items of an answer, all of kinds that `allowed` names. Throws AdapterFault.
std::vector<Item> items_of(std::string_view answer, std::string_view allowed) {
  std::vector<Item> items;
  while (!answer.empty()) {
    if (answer.size() < kItemHeadBytes) nonsense("an item of less than five bytes");
    const std::size_t length = length_in(answer.substr(1));
    const char kind = answer.front();
    if (allowed.find(kind) == std::string_view::npos) {
      nonsense("an item '" + escaped({&kind, 1}) +
               "', and only these are known here: " + std::string(allowed));
    }
    answer.remove_prefix(kItemHeadBytes);
    if (length > answer.size()) {
      nonsense("an item '" + std::string(1, kind) + "' of " + std::to_string(length) +
               " bytes, where " + std::to_string(answer.size()) + " are left");
    }
    items.push_back({.kind = kind, .content = answer.substr(0, length)});
    answer.remove_prefix(length);
  }
  return items;
}

std::size_t limit_of(std::string_view text) {
  if (text == "unlimited") return std::numeric_limits<std::size_t>::max();
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc{} || end != text.data() + text.size()) {
    nonsense("'" + escaped(text) + "' for a limit, which is a number or the word unlimited");
  }
  return limit;
}

}  // namespace

PipeAdapter::PipeAdapter(const std::string& command, std::chrono::milliseconds deadline)
    : program_(command, deadline) {
  facts_.name = command;
  try {
    greet();
  } catch (const AdapterFault& fault) {
    throw NoAdapter("the program '" + command + "' does not say who it is: " + fault.what());
  }
}

void PipeAdapter::greet() {
  std::string request;
  append_item(request, 'H', "1");
  const std::string answer = program_.ask(request);
  for (const Item& item : items_of(answer, "NRBTFP")) {
    if (item.kind == 'N') facts_.name = item.content;
    if (item.kind == 'R') add_reading(facts_.readings, item.content, facts_.name);
    if (item.kind == 'B') facts_.limits.body_bytes_max = limit_of(item.content);
    if (item.kind == 'T') facts_.limits.tags_bytes_max = limit_of(item.content);
    facts_.frames |= item.kind == 'F';
    facts_.parses |= item.kind == 'P';
  }
}

FramesSeen PipeAdapter::frames(const FramerInput& input) {
  std::string request;
  append_item(request, 'B', std::to_string(input.limits.body_bytes_max));
  append_item(request, 'T', std::to_string(input.limits.tags_bytes_max));
  std::string_view stream = input.stream;
  for (std::size_t i = 0; !stream.empty(); ++i) {
    const std::string_view read = stream.substr(0, input.cuts[i % input.cuts.size()]);
    append_item(request, 'F', read);
    stream.remove_prefix(read.size());
  }
  const std::string answer = program_.ask(request);
  FramesSeen seen;
  for (const Item& item : items_of(answer, "LOD")) {
    if (item.kind == 'L') seen.frames.emplace_back(item.content);
    if (item.kind == 'O') seen.frames.push_back(irc::kOverlong);
    if (item.kind == 'D') seen.differs = item.content;
  }
  return seen;
}

MessageSeen PipeAdapter::message(std::string_view line) {
  std::string request;
  append_item(request, 'P', line);
  const std::string answer = program_.ask(request);
  MessageBuilder builder(facts_.readings);
  const std::vector<Item> items = items_of(answer, "KVSCAD");
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Item& item = items[i];
    const bool is_value = item.kind == 'V';
    if (is_value && (i == 0 || items[i - 1].kind != 'K')) nonsense("a value without a key");
    if (item.kind == 'K') {
      const bool has_value = i + 1 < items.size() && items[i + 1].kind == 'V';
      builder.tag(item.content, has_value ? items[i + 1].content : std::string_view{});
    }
    if (item.kind == 'S') builder.source(item.content);
    if (item.kind == 'C') builder.command(item.content);
    if (item.kind == 'A') builder.param(item.content);
    if (item.kind == 'D') builder.differs(item.content);
  }
  return builder.message(!items.empty());
}

}  // namespace fuzz
