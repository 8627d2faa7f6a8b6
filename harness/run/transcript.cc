#include "harness/run/transcript.h"

#include <utility>

#include "harness/script/print.h"

namespace conform {
namespace {

constexpr std::size_t kHeadLines = 100;
constexpr std::size_t kTailLines = 200;
constexpr std::size_t kShownBytes = 600;
constexpr std::size_t kShownEnds = 200;

}  // namespace

std::string shown(std::string_view bytes) {
  if (bytes.size() <= kShownBytes) return script::quote(bytes);
  const std::size_t middle = bytes.size() - 2 * kShownEnds;
  return script::quote(bytes.substr(0, kShownEnds)) + " ..." + std::to_string(middle) +
         " bytes... " + script::quote(bytes.substr(bytes.size() - kShownEnds));
}

void Transcript::sent(std::string_view client, std::string_view bytes) {
  add(std::string(client) + " > " + shown(bytes));
}

void Transcript::received(std::string_view client, std::string_view line) {
  std::string_view text = line;
  const bool crlf = text.ends_with("\r\n");
  if (crlf) text.remove_suffix(2);
  const std::string quoted = shown(text);
  // A well-formed line of plain text reads best as the wire has it.
  const bool plain = crlf && quoted.size() == text.size() + 2 && !text.empty();
  add(std::string(client) + (plain ? " < " + std::string(text) : " < raw " + shown(line)));
}

void Transcript::event(std::string text) {
  add(std::move(text));
}

void Transcript::note(std::string text) {
  add("# " + std::move(text));
}

void Transcript::forget() {
  head_.clear();
  tail_.clear();
  ring_next_ = 0;
  left_out_ = 0;
}

void Transcript::add(std::string line) {
  if (head_.size() < kHeadLines) {
    head_.push_back(std::move(line));
  } else if (tail_.size() < kTailLines) {
    tail_.push_back(std::move(line));
  } else {
    tail_[ring_next_] = std::move(line);
    ring_next_ = (ring_next_ + 1) % kTailLines;
    ++left_out_;
  }
}

std::string Transcript::text() const {
  std::string text;
  for (const std::string& line : head_) text += line + "\n";
  if (left_out_ > 0) text += "# ... " + std::to_string(left_out_) + " lines left out ...\n";
  for (std::size_t i = 0; i < tail_.size(); ++i) {
    text += tail_[(ring_next_ + i) % tail_.size()] + "\n";
  }
  return text;
}

}  // namespace conform
