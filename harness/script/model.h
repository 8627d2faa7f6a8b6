// The model of a script: what the parser makes, the printer prints and the interpreter plays. A
// case is a list of steps; loops and alternatives are steps that hold lists. Plain values, no
// behaviour, no reference to the text it was read from except by span; equal where they say the
// same, whatever their spans.
//
// The notation is described in corpus/README.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace conform::script {

using Millis = std::chrono::milliseconds;

// A place in a file: lines and columns count from 1, columns and length in bytes.
struct Span {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 0;

  // Models are equal that say the same, wherever they were read from.
  bool operator==(const Span&) const { return true; }
};

// ---- Text: bytes with holes -------------------------------------------------------------------

// "{chan}", "{isupport.NICKLEN+1}", "{a}": looked up when the step is played.
struct NameRef {
  std::string name;  // Without braces and adjustment: "isupport.NICKLEN".
  int adjust = 0;    // +n or -n, for names that are numbers.
  Span span;
  bool operator==(const NameRef&) const = default;
};

// fill(513, "x"): as many times "x" as make the line so far, with the CR LF that follows, that
// long.
struct Fill {
  std::uint32_t line_bytes = 0;
  std::string unit;
  bool operator==(const Fill&) const = default;
};

// "x"*400: the literal bytes, so often.
struct Repeated {
  std::string unit;
  std::uint32_t count = 1;
  bool operator==(const Repeated&) const = default;
};

// "x"*{isupport.NICKLEN+1}: as often as a name says that is a number.
struct RepeatedBy {
  std::string unit;
  NameRef count;
  bool operator==(const RepeatedBy&) const = default;
};

using TextPart = std::variant<std::string, NameRef, Fill, Repeated, RepeatedBy>;
// Consecutive parts without anything between them.
using Text = std::vector<TextPart>;

// ---- What is expected -------------------------------------------------------------------------

// One parameter, or the command, or a source, of a message that is expected.

// *
struct AnyOne {
  bool operator==(const AnyOne&) const = default;
};
// ... (any number of parameters, none included)
struct AnyNumber {
  bool operator==(const AnyNumber&) const = default;
};
// word, "quoted", :rest of the line
struct Exactly {
  Text text;
  bool operator==(const Exactly&) const = default;
};
// {name=*}
struct Capture {
  std::string name;
  Span span;
  bool operator==(const Capture&) const = default;
};
// /anchored/, RE2 syntax, on bytes (RE2::Latin1). It compiles: the parser has tried.
struct Regex {
  std::string pattern;
  bool operator==(const Regex&) const = default;
};
// a|b
struct Either {
  std::vector<Text> words;
  bool operator==(const Either&) const = default;
};
// A source mask: * stands for any bytes.
struct Glob {
  Text text;
  bool operator==(const Glob&) const = default;
};
using Part = std::variant<AnyOne, AnyNumber, Exactly, Capture, Regex, Either, Glob>;

struct TagPattern {
  std::string key;
  std::optional<Text> value;  // Without one, the key is enough.
  bool operator==(const TagPattern&) const = default;
};

struct MessagePattern {
  std::vector<TagPattern> tags;
  std::optional<Part> source;  // Glob or Capture or Regex.
  Part command;                // Exactly, Either or Regex.
  std::vector<Part> params;
  bool operator==(const MessagePattern&) const = default;
};

// One whole received line with its terminator, as bytes.
struct RawPattern {
  std::variant<Text, Regex> bytes;
  bool operator==(const RawPattern&) const = default;
};

enum class Event : std::uint8_t {
  eof,         // An orderly end.
  reset,       // ECONNRESET.
  closed,      // Either of the two.
  registered,  // Whatever tells that this target has accepted a registration.
  silence,     // Nothing at all until the next barrier.
};

using Pattern = std::variant<MessagePattern, RawPattern, Event>;

// ---- Steps ------------------------------------------------------------------------------------

// An index into Case::clients.
using ClientIndex = std::size_t;

struct Step;
using Steps = std::vector<Step>;

// what ">" sends: segments with a proved boundary between them.
struct Send {
  std::vector<Text> segments;  // Never empty; no segment is empty as written.
  bool bare = false;           // Written as bare text: CR LF is added when it is sent, one segment.
  bool operator==(const Send&) const = default;
};
struct Expect {
  enum class Mode : std::uint8_t { eventually, next, never };  // <  <=  <!
  Mode mode = Mode::eventually;
  Pattern pattern;
  std::optional<Millis> within;  // Never with Mode::never.
  bool operator==(const Expect&) const = default;
};
struct Connect {
  std::optional<Text> nick;  // connect as {nick}: this nickname at the registration that follows.
  bool tls = false;
  bool operator==(const Connect&) const = default;
};
struct Register {
  bool operator==(const Register&) const = default;
};
struct Fin {
  bool operator==(const Fin&) const = default;
};
struct Rst {
  bool operator==(const Rst&) const = default;
};
struct Close {
  bool dirty = false;
  bool operator==(const Close&) const = default;
};
// leave rst, leave {how}: in the way that the text names (words.h, kWays).
struct Leave {
  Text how;
  bool operator==(const Leave&) const = default;
};
// From now on no PING of the server is answered for the client.
struct Mute {
  bool operator==(const Mute&) const = default;
};
struct Pause {
  bool operator==(const Pause&) const = default;
};
struct Resume {
  std::optional<std::uint64_t> bytes_per_second;
  bool operator==(const Resume&) const = default;
};
struct Urgent {
  Text data;
  bool operator==(const Urgent&) const = default;
};
// Step::who in order.
struct Sync {
  bool operator==(const Sync&) const = default;
};
struct Wait {
  Millis duration{};
  bool operator==(const Wait&) const = default;
};

// server alive | accepts | fds == base | threads == base | cpu < 20% | rss < base + 8MiB
//      | sockets closed, or server base: from here on it is this that the others are compared with
struct ServerFact {
  enum class What : std::uint8_t { alive, accepts, base, fds, threads, cpu, rss, sockets_closed };
  What what = What::alive;
  std::uint64_t limit = 0;  // cpu: percent; rss: bytes above the base line.
  bool operator==(const ServerFact&) const = default;
};

struct Glue {
  Steps steps;
  bool operator==(const Glue&) const = default;
};
struct Repeat {
  std::uint64_t count = 0;                   // Used when the next two are absent.
  std::optional<std::uint64_t> until_bytes;  // repeat until 12MiB
  std::optional<NameRef> times;              // repeat {isupport.MAXLIST.b}
  std::optional<std::string> name;           // Counts from 1.
  std::optional<ClientIndex> until_closed;   // Ends sooner, when this client has seen its end.
  Steps steps;
  bool operator==(const Repeat&) const = default;
};
struct For {
  std::string name;
  std::vector<Text> words;
  Steps steps;
  bool operator==(const For&) const = default;
};
// search size from 64 to 4096 by 448: plays of the steps with ever larger numbers; between the last
// that held and the first that failed it is halved, down to the smallest that fails.
struct Search {
  std::string name;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::optional<std::uint64_t> by;  // Without it the number doubles.
  Steps steps;
  bool operator==(const Search&) const = default;
};
struct Unordered {
  Steps steps;
  bool operator==(const Unordered&) const = default;
};

enum class AlternativeGrade : std::uint8_t { ok, lenient, info, fail };
struct Alternative {
  AlternativeGrade grade = AlternativeGrade::ok;
  std::string policy;  // Empty if it has no name.
  Steps steps;
  Span span;
  bool operator==(const Alternative&) const = default;
};
struct OneOf {
  std::vector<Alternative> alternatives;
  bool operator==(const OneOf&) const = default;
};

// Something a case needs of the target, or an `if` asks for.
struct Requirement {
  enum class Kind : std::uint8_t {
    local,
    spawned,
    fresh,
    tls,
    isupport,
    not_isupport,
    cap,
    command,
    password,
    oper,
    unthrottled,  // Lines that come at once are dealt with at once.
  };
  Kind kind = Kind::local;
  std::string name;                     // isupport, not_isupport, cap, command.
  std::optional<std::string> value;     // isupport NAME=value.
  std::optional<std::uint32_t> nofile;  // fresh; nofile=64
  Span span;
  bool operator==(const Requirement&) const = default;
};

struct If {
  Requirement condition;
  Steps then_steps;
  Steps else_steps;
  bool operator==(const If&) const = default;
};
struct Let {
  std::string name;
  Text text;
  bool operator==(const Let&) const = default;
};

using Action = std::variant<Send, Expect, Connect, Register, Fin, Rst, Close, Leave, Mute, Pause,
                            Resume, Urgent, Sync, Wait, ServerFact, Glue, Repeat, For, Search,
                            Unordered, OneOf, If, Let>;

struct Step {
  Action action;
  std::vector<ClientIndex> who;  // The whole step for the first, then for the next.
  Span span;                     // Of the step as written; a block's is its first line's.
  bool operator==(const Step&) const = default;
};

// ---- Cases ------------------------------------------------------------------------------------

enum class Level : std::uint8_t { must, should, may, robust };

struct Citation {
  std::string source;     // "rfc2812#2.3.1", "modern#message-format", or "none".
  std::string quotation;  // One sentence of the text; for "none" the reason. May be empty.
  bool operator==(const Citation&) const = default;
};

struct ClientDecl {
  enum class Start : std::uint8_t { registered, raw, absent };
  std::string name;
  Start start = Start::registered;
  bool tls = false;
  bool oper = false;
  std::optional<std::uint32_t> rcvbuf;
  std::vector<std::string> caps;
  std::uint32_t crowd = 1;  // w(raw)*1100: so many connections under one name.
  Span span;
  bool operator==(const ClientDecl&) const = default;
};

// A way to cut what a case sends, other than as it is written.
struct Segmentation {
  enum class Kind : std::uint8_t { whole, lines, bytes, each_cut, glued, random };
  Kind kind = Kind::whole;
  std::uint32_t count = 0;  // random(n)
  bool operator==(const Segmentation&) const = default;
};

struct Segments {
  bool only_as_written = false;  // Cuts of the command line do not apply either.
  std::vector<Segmentation> also;
  bool operator==(const Segments&) const = default;
};

struct Case {
  std::string id;  // "area/slug"
  std::string title;
  Level level = Level::must;
  std::vector<Citation> citations;
  std::vector<ClientDecl> clients;
  std::vector<Requirement> requirements;
  Segments segments;
  std::vector<std::string> tags;
  std::optional<Millis> timeout;
  std::string info;
  Steps steps;
  Span span;  // Of the "case" line.
  bool operator==(const Case&) const = default;
};

// The text of a script, kept for messages that show a line of it.
struct SourceText {
  std::string name;  // As the user gave it: a path, or "framing.irct" for a built-in one.
  std::string text;

  // Line `line` without its terminator, or an empty view past the end.
  std::string_view line(std::uint32_t line) const;
};

// A file read whole: its cases and the text their spans point into.
struct Script {
  std::shared_ptr<const SourceText> source;
  std::vector<Case> cases;
};

}  // namespace conform::script
