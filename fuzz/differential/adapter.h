// Adapter: an implementation's framer, parser or both, as fuzz_differential sees it, wherever it
// runs: linked (linked_adapter.h) or a program of its own (pipe_adapter.h).
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/finding.h"
#include "fuzz/framer_oracle.h"
#include "fuzz/readings.h"
#include "fuzz/reference_message.h"

namespace fuzz {

namespace oracles {

inline constexpr Oracle kAdapterFrames{"DI-FRAME", "a framer gives the lines that its readings say",
                                       "RFC 2812 2.3.1; RFC 1459 2.3, 8; IRCv3 message-tags"};
inline constexpr Oracle kAdapterMessage{"DI-PARSE", "a line means what its parser's readings say",
                                        "RFC 2812 2.3.1; IRCv3 message-tags"};
inline constexpr Oracle kAdapterAnswers{"DI-ANSWER", "an adapter answers as it is agreed",
                                        "irc_conform_adapter.h; fuzz/README.md, Over a pipe"};
inline constexpr Oracle kAdapterLives{"DI-DEAD", "no input ends an adapter",
                                      "fuzz/README.md, Over a pipe"};
inline constexpr Oracle kAdapterReturns{"DI-HANG", "an adapter answers before its deadline",
                                        "fuzz/README.md, Over a pipe"};

}  // namespace oracles

// What an adapter says of itself.
struct AdapterFacts {
  std::string name;
  Readings readings;
  irc::LineLimits limits{.body_bytes_max = 0, .tags_bytes_max = 0};  // 0: any, it is told.
  bool frames = false;                                               // It has a framer.
  bool parses = false;                                               // It has a parser.
};

// What a framer made of a stream.
struct FramesSeen {
  Frames frames;
  std::optional<std::string> differs;  // Why it is not to be judged.
};

// What a parser made of a line. Of a line that it refuses, only that.
struct MessageSeen {
  bool refused = true;
  Tags tags;
  std::string source;   // Empty: none.
  std::string command;  // In capitals.
  std::vector<std::string> params;
  std::optional<std::string> differs;

  // `differs` aside.
  bool operator==(const MessageSeen& other) const;
};

// "refused", or its parts.
std::string text_of(const MessageSeen& message);

// ASCII letters in capitals, which is how commands are compared.
std::string in_capitals(std::string_view text);

// An adapter has not given an answer that can be judged: which rule it broke, and how.
struct AdapterFault : std::runtime_error {
  AdapterFault(const Oracle& broken, const std::string& how)
      : std::runtime_error(how), oracle(broken) {}
  Oracle oracle;
};

// There is no adapter to begin with: it is of another version, declares what there is not, or its
// program cannot be started.
struct NoAdapter : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Adapter {
 public:
  virtual ~Adapter() = default;

  virtual const AdapterFacts& facts() const = 0;
  // The frames of a stream that comes in these reads. Throws AdapterFault. Requires:
  // facts().frames.
  virtual FramesSeen frames(const FramerInput& input) = 0;
  // The line is neither empty nor holds CR or LF. Throws AdapterFault. Requires: facts().parses.
  virtual MessageSeen message(std::string_view line) = 0;
};

// Puts together what is said of a line, part by part, and holds it against the order that the
// protocol asks for.
class MessageBuilder {
 public:
  explicit MessageBuilder(const Readings& readings) : readings_(readings) {}

  void tag(std::string_view key, std::string_view value);
  void source(std::string_view source);
  void command(std::string_view command);
  void param(std::string_view param);
  void differs(std::string_view why);
  // Throws AdapterFault, DI-ANSWER, if what was said is no message although it is said to be one.
  MessageSeen message(bool accepted);

 private:
  const Readings& readings_;
  MessageSeen message_;
  std::size_t commands_ = 0;
  std::size_t sources_ = 0;
};

// Adds the reading with that id. Throws NoAdapter if there is none.
void add_reading(Readings& readings, std::string_view id, std::string_view adapter);

}  // namespace fuzz
