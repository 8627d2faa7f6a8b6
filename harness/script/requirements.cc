// Reading what a case needs of its target.
#include <algorithm>
#include <utility>

#include "harness/script/headers.h"
#include "harness/script/text.h"
#include "harness/script/values.h"

namespace conform::script {

namespace {

// "NICKLEN", "CASEMAPPING=ascii", "CHANMODES=\"…\""
bool read_isupport(Line& line, Requirement& requirement) {
  const auto is_key = [](char c) { return is_name_byte(c) || is_isupport_byte(c) || c == '-'; };
  requirement.name = line.take_while(is_key);
  if (requirement.name.empty()) return line.expected("the name of a parameter of ISUPPORT");
  if (requirement.kind != Requirement::Kind::isupport || !line.take("=")) return true;
  if (line.peek() == '"') {
    requirement.value = read_plain(line);
    return requirement.value.has_value();
  }
  requirement.value = line.take_while([](char c) { return !is_blank(c) && c != ','; });
  return true;
}

// "(nofile=64)"
bool read_fresh(Line& line, Requirement& requirement) {
  if (!line.take("(")) return true;
  if (!line.take("nofile")) return line.expected("'nofile'");
  if (!read_assigned(line, "the limit of descriptors", 1'000'000, requirement.nofile)) return false;
  return line.take(")") ? true : line.expected("')'");
}

bool read_command_name(Line& line, std::string& name) {
  name = line.take_while(is_letter);
  return name.empty() ? line.expected("the name of a command") : true;
}

bool read_operands(Line& line, Requirement& requirement) {
  switch (requirement.kind) {
    case Requirement::Kind::fresh:
      return read_fresh(line, requirement);
    case Requirement::Kind::isupport:
    case Requirement::Kind::not_isupport:
      line.skip_blanks();
      return read_isupport(line, requirement);
    case Requirement::Kind::cap:
      line.skip_blanks();
      return read_cap_name(line, requirement.name);
    case Requirement::Kind::command:
      line.skip_blanks();
      return read_command_name(line, requirement.name);
    case Requirement::Kind::local:
    case Requirement::Kind::spawned:
    case Requirement::Kind::tls:
    case Requirement::Kind::password:
    case Requirement::Kind::oper:
    case Requirement::Kind::unthrottled:
      return true;
  }
  return false;
}

}  // namespace

std::optional<Requirement> read_requirement(Line& line) {
  const std::size_t begin = line.position();
  const std::string_view word = line.take_while([](char c) { return is_word_byte(c) || c == '!'; });
  const auto kind = value_of(kRequirements, word);
  if (word.empty()) {
    line.expected("a requirement");
    return std::nullopt;
  }
  if (!kind) {
    line.fail(line.span_from(begin), Fault::unknown_requirement, shown(word),
              suggestion(word, texts_of(kRequirements)));
    return std::nullopt;
  }
  Requirement requirement;
  requirement.kind = *kind;
  if (!read_operands(line, requirement)) return std::nullopt;
  requirement.span = line.span_from(begin);
  return requirement;
}

}  // namespace conform::script
