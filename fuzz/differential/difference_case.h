// A difference as a case of the suite (corpus/README.md), which asks a server the same question:
// one client says it in a PRIVMSG, and what another hears shows how the server reads it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/differential/adapter.h"
#include "harness/script/model.h"

namespace fuzz {

// Something to send, in which the nickname of who is to hear it stands open.
using Question = conform::script::Text;

// The question with this nickname, as it goes over the wire.
std::string bytes_of(const Question& question, std::string_view nick);

// The stream with each of its lines made the text of a PRIVMSG, and a terminator at its end.
Question relayed_stream(std::string_view stream);

// Ways to ask for what a line means: its parameters from the first, the second and so on made those
// of a PRIVMSG; then the same with what stands before its command.
std::vector<Question> relayed_lines(std::string_view line);

// What a server that reads so relays of messages to `nick`: the text, or nothing if there is none
// or it cannot be relayed.
std::optional<std::string> relayed_text(const MessageSeen& message, std::string_view nick);

// What the case is about.
struct Topic {
  std::string_view area;  // "framing", "parsing".
  std::string_view cite;  // Empty: none of the citable texts.
  bool open;              // The texts leave it open, or a reading is known that differs.
};

// A case in the notation: the question, and the texts that have to be heard, in order and nothing
// else.
std::string case_of_relay(const Topic& topic, const Question& question,
                          const std::vector<std::string>& texts);

// The same for what no relay shows: whatever the server makes of the bytes, it lives.
std::string case_of_bytes(const Topic& topic, std::string_view bytes);

}  // namespace fuzz
