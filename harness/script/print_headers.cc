#include "harness/script/print_headers.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/script/bytes.h"
#include "harness/script/print.h"
#include "harness/script/values.h"
#include "harness/script/words.h"

namespace conform::script {

namespace {

std::string print(const Citation& citation) {
  return citation.quotation.empty()
             ? citation.source
             : fmt::format("{} {}", citation.source, quote(citation.quotation));
}

std::string print(const ClientDecl& client) {
  std::vector<std::string> options;
  const auto add = [&options](ClientOption option, std::string_view value = "") {
    options.push_back(fmt::format("{}{}", text_of(kClientOptions, option), value));
  };
  if (client.start == ClientDecl::Start::raw) add(ClientOption::raw);
  if (client.start == ClientDecl::Start::absent) add(ClientOption::absent);
  if (client.tls) add(ClientOption::tls);
  if (client.oper) add(ClientOption::oper);
  if (client.rcvbuf) add(ClientOption::rcvbuf, fmt::format("={}", *client.rcvbuf));
  for (const std::string& cap : client.caps) add(ClientOption::cap, fmt::format("={}", cap));
  std::string out = client.name;
  if (!options.empty()) out += fmt::format("({})", fmt::join(options, ", "));
  if (client.crowd != 1) out += fmt::format("*{}", client.crowd);
  return out;
}

std::string print(const Segmentation& segmentation) {
  const auto word = text_of(kSegmentations, segmentation.kind);
  return segmentation.kind == Segmentation::Kind::random
             ? fmt::format("{}({})", word, segmentation.count)
             : std::string(word);
}

template <class List>
std::string print_list(const List& list, std::string_view separator) {
  std::string out;
  for (const auto& item : list) {
    if (!out.empty()) out += separator;
    out += print(item);
  }
  return out;
}

std::string print(const Segments& segments) {
  if (segments.only_as_written) return "only as-written";
  return segments.also.empty() ? "" : fmt::format("also {}", print_list(segments.also, ", "));
}

// The values of `header` in `item`; a line each.
std::vector<std::string> values(const Case& item, Header header) {
  switch (header) {
    case Header::title:
      return {item.title};
    case Header::level:
      return {std::string(text_of(kLevels, item.level))};
    case Header::cite: {
      std::vector<std::string> citations;
      for (const Citation& citation : item.citations) citations.push_back(print(citation));
      return citations;
    }
    case Header::clients:
      return {print_list(item.clients, " ")};
    case Header::needs:
      return {print_list(item.requirements, ", ")};
    case Header::segments:
      return {print(item.segments)};
    case Header::tags:
      return {fmt::format("{}", fmt::join(item.tags, ", "))};
    case Header::timeout:
      return {item.timeout ? print_duration(*item.timeout) : ""};
    case Header::info:
      return {item.info};
  }
  return {};
}

bool is_value_byte(char c) {
  return is_word_byte(c) || std::string_view("#&:.()+@%~!*^").find(c) != std::string_view::npos;
}

}  // namespace

std::string print(const Requirement& requirement) {
  std::string out(text_of(kRequirements, requirement.kind));
  if (!requirement.name.empty()) out += fmt::format(" {}", requirement.name);
  if (requirement.value) {
    const std::string& value = *requirement.value;
    const bool plain = !value.empty() && std::ranges::all_of(value, is_value_byte);
    out += fmt::format("={}", plain ? value : quote(value));
  }
  if (requirement.nofile) out += fmt::format("(nofile={})", *requirement.nofile);
  return out;
}

std::string print_headers(const Case& item) {
  std::string out = fmt::format("case {}\n", item.id);
  for (const Word<Header>& header : kHeaders) {
    for (const std::string& value : values(item, header.value)) {
      if (!value.empty()) out += fmt::format("{}: {}\n", header.text, value);
    }
  }
  return out;
}

}  // namespace conform::script
