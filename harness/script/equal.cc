#include "harness/script/equal.h"

#include <tuple>

namespace conform::script {

namespace {

// What makes up a model, without its spans.
auto parts(const NameRef& x) {
  return std::tie(x.name, x.adjust);
}
auto parts(const Fill& x) {
  return std::tie(x.line_bytes, x.unit);
}
auto parts(const Repeated& x) {
  return std::tie(x.unit, x.count);
}
auto parts(const RepeatedBy& x) {
  return std::tie(x.unit, x.count);
}
auto parts(const TagPattern& x) {
  return std::tie(x.key, x.value);
}
auto parts(const MessagePattern& x) {
  return std::tie(x.tags, x.source, x.command, x.params);
}
auto parts(const Send& x) {
  return std::tie(x.segments, x.bare);
}
auto parts(const Expect& x) {
  return std::tie(x.mode, x.pattern, x.within);
}
auto parts(const Connect& x) {
  return std::tie(x.nick, x.tls);
}
auto parts(const ServerFact& x) {
  return std::tie(x.what, x.limit);
}
auto parts(const Repeat& x) {
  return std::tie(x.count, x.until_bytes, x.times, x.name, x.until_closed, x.steps);
}
auto parts(const For& x) {
  return std::tie(x.name, x.words, x.steps);
}
auto parts(const Search& x) {
  return std::tie(x.name, x.from, x.to, x.by, x.steps);
}
auto parts(const Alternative& x) {
  return std::tie(x.grade, x.policy, x.steps);
}
auto parts(const Requirement& x) {
  return std::tie(x.kind, x.name, x.value, x.nofile);
}
auto parts(const If& x) {
  return std::tie(x.condition, x.then_steps, x.else_steps);
}
auto parts(const Let& x) {
  return std::tie(x.name, x.text);
}
auto parts(const Step& x) {
  return std::tie(x.action, x.who);
}
auto parts(const Citation& x) {
  return std::tie(x.source, x.quotation);
}
auto parts(const ClientDecl& x) {
  return std::tie(x.name, x.start, x.tls, x.oper, x.rcvbuf, x.caps, x.crowd);
}
auto parts(const Segmentation& x) {
  return std::tie(x.kind, x.count);
}
auto parts(const Segments& x) {
  return std::tie(x.only_as_written, x.also);
}
auto parts(const Case& x) {
  return std::tie(x.id, x.title, x.level, x.citations, x.clients, x.requirements, x.segments,
                  x.tags, x.timeout, x.info, x.steps);
}

}  // namespace

bool operator==(const NameRef& a, const NameRef& b) {
  return parts(a) == parts(b);
}
bool operator==(const Fill& a, const Fill& b) {
  return parts(a) == parts(b);
}
bool operator==(const Repeated& a, const Repeated& b) {
  return parts(a) == parts(b);
}
bool operator==(const RepeatedBy& a, const RepeatedBy& b) {
  return parts(a) == parts(b);
}
bool operator==(const AnyOne&, const AnyOne&) {
  return true;
}
bool operator==(const AnyNumber&, const AnyNumber&) {
  return true;
}
bool operator==(const Exactly& a, const Exactly& b) {
  return a.text == b.text;
}
bool operator==(const Capture& a, const Capture& b) {
  return a.name == b.name;
}
bool operator==(const Regex& a, const Regex& b) {
  return a.pattern == b.pattern;
}
bool operator==(const Either& a, const Either& b) {
  return a.words == b.words;
}
bool operator==(const Glob& a, const Glob& b) {
  return a.text == b.text;
}
bool operator==(const TagPattern& a, const TagPattern& b) {
  return parts(a) == parts(b);
}
bool operator==(const MessagePattern& a, const MessagePattern& b) {
  return parts(a) == parts(b);
}
bool operator==(const RawPattern& a, const RawPattern& b) {
  return a.bytes == b.bytes;
}
bool operator==(const Send& a, const Send& b) {
  return parts(a) == parts(b);
}
bool operator==(const Expect& a, const Expect& b) {
  return parts(a) == parts(b);
}
bool operator==(const Connect& a, const Connect& b) {
  return parts(a) == parts(b);
}
bool operator==(const Register&, const Register&) {
  return true;
}
bool operator==(const Fin&, const Fin&) {
  return true;
}
bool operator==(const Rst&, const Rst&) {
  return true;
}
bool operator==(const Close& a, const Close& b) {
  return a.dirty == b.dirty;
}
bool operator==(const Leave& a, const Leave& b) {
  return a.how == b.how;
}
bool operator==(const Mute&, const Mute&) {
  return true;
}
bool operator==(const Pause&, const Pause&) {
  return true;
}
bool operator==(const Resume& a, const Resume& b) {
  return a.bytes_per_second == b.bytes_per_second;
}
bool operator==(const Urgent& a, const Urgent& b) {
  return a.data == b.data;
}
bool operator==(const Sync&, const Sync&) {
  return true;
}
bool operator==(const Wait& a, const Wait& b) {
  return a.duration == b.duration;
}
bool operator==(const ServerFact& a, const ServerFact& b) {
  return parts(a) == parts(b);
}
bool operator==(const Glue& a, const Glue& b) {
  return a.steps == b.steps;
}
bool operator==(const Repeat& a, const Repeat& b) {
  return parts(a) == parts(b);
}
bool operator==(const For& a, const For& b) {
  return parts(a) == parts(b);
}
bool operator==(const Search& a, const Search& b) {
  return parts(a) == parts(b);
}
bool operator==(const Unordered& a, const Unordered& b) {
  return a.steps == b.steps;
}
bool operator==(const Alternative& a, const Alternative& b) {
  return parts(a) == parts(b);
}
bool operator==(const OneOf& a, const OneOf& b) {
  return a.alternatives == b.alternatives;
}
bool operator==(const Requirement& a, const Requirement& b) {
  return parts(a) == parts(b);
}
bool operator==(const If& a, const If& b) {
  return parts(a) == parts(b);
}
bool operator==(const Let& a, const Let& b) {
  return parts(a) == parts(b);
}
bool operator==(const Step& a, const Step& b) {
  return parts(a) == parts(b);
}
bool operator==(const Citation& a, const Citation& b) {
  return parts(a) == parts(b);
}
bool operator==(const ClientDecl& a, const ClientDecl& b) {
  return parts(a) == parts(b);
}
bool operator==(const Segmentation& a, const Segmentation& b) {
  return parts(a) == parts(b);
}
bool operator==(const Segments& a, const Segments& b) {
  return parts(a) == parts(b);
}
bool operator==(const Case& a, const Case& b) {
  return parts(a) == parts(b);
}

}  // namespace conform::script
