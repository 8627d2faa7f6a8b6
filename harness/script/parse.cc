#include "harness/script/parse.h"

#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "harness/script/blocks.h"
#include "harness/script/headers.h"
#include "harness/script/lexer.h"
#include "harness/script/lint.h"
#include "harness/script/steps.h"
#include "harness/script/values.h"
#include "harness/script/words.h"

namespace conform::script {

namespace {

// "framing" of "cases/framing.irct".
std::string_view stem(std::string_view path) {
  path.remove_prefix(path.find_last_of('/') + 1);
  return path.substr(0, path.rfind('.'));
}

bool is_id_byte(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-';
}

class FileParser {
 public:
  FileParser(std::shared_ptr<const SourceText> source, bool any_area)
      : source_(std::move(source)), any_area_(any_area), blocks_(problems_) {}

  Parsed parse() &&;

 private:
  enum class Part : std::uint8_t { before_case, lost, headers, steps };

  void read_line(Line& line);
  void read_case(Line& line);
  bool read_id(Line& line);
  void check_id(const Span& span);
  void read_header_line(Line& line);
  std::optional<Header> read_header_name(Line& line);
  void read_value(Line& line, Header header);
  bool looks_like_step(Line line) const;
  void read_step_line(Line& line);
  bool read_block_line(Line& line);
  void read_plain_step(Line& line);
  void add_step(Step step, std::string_view word);
  void doubt(const Line& line);
  void end_case();
  void check_headers();

  std::shared_ptr<const SourceText> source_;
  bool any_area_;
  ProblemList problems_;
  Part part_ = Part::before_case;
  std::map<std::string, std::uint32_t> lines_of_ids_;
  std::vector<Case> cases_;

  // Of the case that is being read.
  Case case_;
  std::set<Header> seen_;
  BlockStack blocks_;
  Doubt doubt_;
  std::size_t problems_before_ = 0;
};

Parsed FileParser::parse() && {
  const std::string_view text = source_->text;
  if (text.size() > kScriptBytesMax) {
    problems_.add({1, 1, 0}, Fault::file_too_large);
  } else {
    std::uint32_t number = 0;
    for (const std::string_view content : split_lines(text)) {
      if (problems_.full()) break;
      Line line(content, ++number, problems_);
      problems_.mute(!check_bytes(line));
      read_line(line);
      problems_.mute(false);
    }
    end_case();
    if (cases_.empty() && problems_.found() == 0) problems_.add({1, 1, 0}, Fault::no_case);
  }
  return {{source_, std::move(cases_)}, problems_.take()};
}

void FileParser::read_line(Line& line) {
  line.skip_blanks();
  if (line.at_end() || line.peek() == '#') return;
  if (line.take_keyword("case")) return read_case(line);
  switch (part_) {
    case Part::before_case:
      problems_.add(line.whole(), Fault::expected_case);
      part_ = Part::lost;
      return;
    case Part::lost:
      return;
    case Part::headers:
      return read_header_line(line);
    case Part::steps:
      return read_step_line(line);
  }
}

void FileParser::read_case(Line& line) {
  end_case();
  part_ = Part::headers;
  problems_before_ = problems_.found();
  case_.span = line.whole();
  line.skip_blanks();
  const std::size_t begin = line.position();
  if (read_id(line)) {
    check_id(line.span_from(begin));
    line.finish();
  }
}

bool FileParser::read_id(Line& line) {
  const std::size_t begin = line.position();
  const std::string_view area = line.take_while(is_id_byte);
  const bool slash = line.take("/");
  const std::string_view slug = line.take_while(is_id_byte);
  if (area.empty() || !slash || slug.empty()) {
    line.rewind(begin);
    line.take_word();
    return line.fail(line.span_from(begin), Fault::expected_case);
  }
  case_.id = line.text().substr(begin, line.position() - begin);
  return true;
}

void FileParser::check_id(const Span& span) {
  const std::string area = case_.id.substr(0, case_.id.find('/'));
  const std::string_view expected = stem(source_->name);
  if (!any_area_ && area != expected) {
    problems_.add(span, Fault::wrong_area, shown(area), shown(expected));
  }
  const auto [place, is_new] = lines_of_ids_.emplace(case_.id, span.line);
  if (!is_new) problems_.add(span, Fault::duplicate_id, shown(case_.id), place->second);
}

// Whether headers have given way to steps although no "---" stood between.
bool FileParser::looks_like_step(Line line) const {
  const std::string_view word = line.take_while(is_word_byte);
  if (line.peek() == ':') return false;
  if (value_of(kStatements, word)) return true;
  return std::ranges::find(case_.clients, word, &ClientDecl::name) != case_.clients.end();
}

void FileParser::read_header_line(Line& line) {
  if (line.take_keyword("---")) {
    line.finish();
    part_ = Part::steps;
    return;
  }
  if (looks_like_step(line)) {
    problems_.add(line.whole(), Fault::no_rule);
    part_ = Part::steps;
    return read_step_line(line);
  }
  if (const auto header = read_header_name(line)) read_value(line, *header);
}

std::optional<Header> FileParser::read_header_name(Line& line) {
  const std::size_t begin = line.position();
  const std::string_view name = line.take_while(is_word_byte);
  const Span span = line.span_from(begin);
  line.skip_blanks();
  if (name.empty() || !line.take(":")) {
    // What was meant is not missing as well.
    if (const auto meant = value_of(kHeaders, name)) seen_.insert(*meant);
    line.rewind(begin);
    line.expected("a header, 'name: value', or '---'");
    return std::nullopt;
  }
  const auto header = value_of(kHeaders, name);
  if (!header) {
    line.fail(span, Fault::unknown_header, shown(name), suggestion(name, texts_of(kHeaders)));
    if (const auto meant = nearest(name, texts_of(kHeaders)))
      seen_.insert(*value_of(kHeaders, *meant));
    return std::nullopt;
  }
  const bool repeatable = *header == Header::cite || *header == Header::needs;
  if (!seen_.insert(*header).second && !repeatable) {
    line.fail(span, Fault::duplicate_header, name);
    return std::nullopt;
  }
  return header;
}

void FileParser::read_value(Line& line, Header header) {
  const Span name = line.whole();
  line.skip_blanks();
  if (line.at_end()) {
    line.fail(name, Fault::no_value, text_of(kHeaders, header));
  } else if (read_header(line, header, case_)) {
    return;
  }
  // Of clients that were not read nothing is known.
  if (header == Header::clients) case_.clients.clear();
}

void FileParser::read_step_line(Line& line) {
  if (!read_block_line(line)) read_plain_step(line);
}

// "end", "else" and the grade words, which belong to the block they stand in.
bool FileParser::read_block_line(Line& line) {
  const Span span = line.whole();
  if (line.take_keyword("end")) {
    line.finish();
    blocks_.end(span);
    return true;
  }
  if (line.take_keyword("else")) {
    line.finish();
    blocks_.otherwise(span);
    return true;
  }
  for (const Word<AlternativeGrade>& grade : kGrades) {
    if (!line.take_keyword(grade.text)) continue;
    blocks_.alternative(read_alternative(line, grade.value), grade.text);
    return true;
  }
  return false;
}

void FileParser::read_plain_step(Line& line) {
  const Line begin = line;
  const std::string_view word = Line(line).take_word();
  auto step = read_step(line, case_.clients);
  if (step) return add_step(std::move(*step), word);
  doubt(begin);
  // A block that is misspelt or badly written still ends with `end`.
  const auto meant = nearest(word, texts_of(kStatements));
  auto block = meant ? empty_block(*value_of(kStatements, *meant)) : std::nullopt;
  if (block) {
    blocks_.open({std::move(*block), {}, line.whole()}, *meant);
  } else {
    blocks_.skip(line.whole());
  }
}

void FileParser::add_step(Step step, std::string_view word) {
  const auto statement = value_of(kStatements, word);
  if (statement && empty_block(*statement)) {
    blocks_.open(std::move(step), word);
  } else {
    blocks_.add(std::move(step));
  }
}

void FileParser::doubt(const Line& line) {
  Line words = line;
  while (!words.at_end()) {
    doubt_.words.emplace(words.take_while(is_name_byte));
    words.take_while([](char c) { return !is_name_byte(c); });
  }
}

void FileParser::end_case() {
  if (part_ == Part::headers || part_ == Part::steps) {
    check_headers();
    if (part_ == Part::headers && seen_.contains(Header::clients)) {
      problems_.add(case_.span, Fault::no_rule);
    }
    case_.steps = blocks_.finish();
    if (part_ == Part::steps && case_.steps.empty() && !doubt_.any()) {
      problems_.add(case_.span, Fault::no_steps);
    }
    const bool understood = problems_.found() == problems_before_;
    if (!case_.steps.empty()) lint(case_, doubt_, problems_);
    if (understood) cases_.push_back(std::move(case_));
  }
  case_ = {};
  seen_.clear();
  doubt_.words.clear();
}

void FileParser::check_headers() {
  for (const Header header : {Header::title, Header::level, Header::cite, Header::clients}) {
    if (seen_.contains(header)) continue;
    problems_.add(case_.span, Fault::missing_header, text_of(kHeaders, header));
  }
}

}  // namespace

Parsed parse(std::string name, std::string text, bool any_area) {
  auto source = std::make_shared<SourceText>(SourceText{std::move(name), std::move(text)});
  return FileParser(std::move(source), any_area).parse();
}

}  // namespace conform::script
