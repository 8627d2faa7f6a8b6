#include "harness/script/headers.h"

#include <algorithm>
#include <utility>

#include "harness/script/text.h"
#include "harness/script/values.h"

namespace conform::script {

namespace {

// Between the items of a list stand blanks, a comma, or both.
bool next_in_list(Line& line) {
  line.skip_blanks();
  if (line.take(",")) line.skip_blanks();
  return !line.at_end();
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

bool read_prose(Line& line, std::string& value) {
  value = line.rest();
  while (is_blank(value.back())) value.pop_back();
  line.take(line.rest());
  return true;
}

bool read_level(Line& line, Case& item) {
  const std::size_t begin = line.position();
  const std::string_view word = line.take_word();
  const auto level = value_of(kLevels, word);
  if (!level) {
    return line.fail(line.span_from(begin), Fault::unknown_level, shown(word),
                     suggestion(word, texts_of(kLevels)));
  }
  item.level = *level;
  return line.finish();
}

bool is_rfc(std::string_view text) {
  return text.starts_with("rfc") && is_digits(text.substr(3));
}

bool is_known_source(std::string_view document) {
  if (document == "modern" || is_rfc(document)) return true;
  if (document.starts_with("tcp/")) return is_rfc(document.substr(4));
  return document.starts_with("ircv3/") && document.size() > 6;
}

// rfc2812#2.3.1, modern#anchor, ircv3/SPEC#anchor, tcp/rfc9293#3.6.1, none "why"
bool read_citation(Line& line, Case& item) {
  const std::size_t begin = line.position();
  const auto is_document = [](char c) { return is_word_byte(c) || c == '/' || c == '.'; };
  const std::string_view document = line.take_while(is_document);
  Citation citation;
  if (document != "none") {
    if (!is_known_source(document)) {
      return line.fail(line.span_from(begin), Fault::unknown_source, shown(document));
    }
    const bool hash = line.take("#");
    const auto section = line.take_while([](char c) { return is_word_byte(c) || c == '.'; });
    if (!hash || section.empty()) {
      return line.fail(line.span_from(begin), Fault::no_section, shown(document));
    }
  }
  citation.source = line.text().substr(begin, line.position() - begin);
  line.skip_blanks();
  if (!line.at_end()) {
    auto quotation = read_plain(line);
    if (!quotation) return false;
    citation.quotation = std::move(*quotation);
  }
  if (document == "none" && citation.quotation.empty()) {
    return line.fail(line.span_from(begin), Fault::none_without_reason);
  }
  item.citations.push_back(std::move(citation));
  return line.finish();
}

bool read_requirements(Line& line, Case& item) {
  do {
    auto requirement = read_requirement(line);
    if (!requirement) return false;
    item.requirements.push_back(std::move(*requirement));
  } while (next_in_list(line));
  return true;
}

bool read_segmentation(Line& line, std::vector<Segmentation>& also) {
  const std::size_t begin = line.position();
  const std::string_view word = line.take_while(is_word_byte);
  const auto kind = value_of(kSegmentations, word);
  if (word.empty()) return line.expected("a segmentation");
  if (!kind) {
    return line.fail(line.span_from(begin), Fault::unknown_segmentation, shown(word),
                     suggestion(word, texts_of(kSegmentations)));
  }
  Segmentation segmentation{*kind};
  if (*kind == Segmentation::Kind::random) {
    if (!line.take("(")) return line.expected("'(' and how many");
    const auto count = read_number(line, "the number of random cuts", 1, 1000);
    if (!count) return false;
    if (!line.take(")")) return line.expected("')'");
    segmentation.count = static_cast<std::uint32_t>(*count);
  }
  if (std::ranges::find(also, *kind, &Segmentation::kind) != also.end()) {
    return line.fail(line.span_from(begin), Fault::duplicate_word, word);
  }
  also.push_back(segmentation);
  return true;
}

bool read_segments(Line& line, Case& item) {
  if (line.take_keyword("only")) {
    line.skip_blanks();
    if (!line.take_keyword("as-written")) return line.expected("'as-written'");
    item.segments.only_as_written = true;
    return line.finish();
  }
  if (!line.take_keyword("also")) return line.expected("'only as-written' or 'also' and a list");
  line.skip_blanks();
  do {
    if (!read_segmentation(line, item.segments.also)) return false;
  } while (next_in_list(line));
  return true;
}

bool read_tags(Line& line, Case& item) {
  do {
    const std::size_t begin = line.position();
    const std::string_view tag = line.take_while(is_word_byte);
    if (tag.empty()) return line.expected("a tag, of letters, digits and '-'");
    if (std::ranges::find(item.tags, tag) != item.tags.end()) {
      return line.fail(line.span_from(begin), Fault::duplicate_word, tag);
    }
    if (item.tags.size() == kTagsMax) {
      return line.fail(line.span_from(begin), Fault::out_of_range, "the number of tags", 1,
                       kTagsMax);
    }
    item.tags.emplace_back(tag);
  } while (next_in_list(line));
  return true;
}

bool read_timeout(Line& line, Case& item) {
  item.timeout = read_duration(line);
  return item.timeout && line.finish();
}

}  // namespace

bool read_assigned(Line& line, std::string_view what, std::uint64_t most,
                   std::optional<std::uint32_t>& value) {
  if (!line.take("=")) return line.expected("'='");
  const auto number = read_number(line, what, 1, most);
  if (!number) return false;
  value = static_cast<std::uint32_t>(*number);
  return true;
}

bool read_cap_name(Line& line, std::string& name) {
  name = line.take_while([](char c) { return is_word_byte(c) || c == '/' || c == '.'; });
  return name.empty() ? line.expected("the name of a capability") : true;
}

bool read_header(Line& line, Header header, Case& item) {
  switch (header) {
    case Header::title:
      return read_prose(line, item.title);
    case Header::level:
      return read_level(line, item);
    case Header::cite:
      return read_citation(line, item);
    case Header::clients:
      return read_clients(line, item.clients);
    case Header::needs:
      return read_requirements(line, item);
    case Header::segments:
      return read_segments(line, item);
    case Header::tags:
      return read_tags(line, item);
    case Header::timeout:
      return read_timeout(line, item);
    case Header::info:
      return read_prose(line, item.info);
  }
  return false;
}

}  // namespace conform::script
