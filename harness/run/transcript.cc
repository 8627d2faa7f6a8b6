#include "harness/run/transcript.h"

#include <utility>

#include "harness/script/print.h"

namespace conform {
namespace {

constexpr std::size_t kHeadLines = 100;
constexpr std::size_t kTailLines = 200;
constexpr std::size_t kShownBytes = 600;
constexpr std::size_t kShownEnds = 200;

// Of many bytes the two ends, joined.
std::string ends_of(std::string_view bytes) {
  if (bytes.size() <= kShownBytes) return std::string(bytes);
  return std::string(bytes.substr(0, kShownEnds)) +
         std::string(bytes.substr(bytes.size() - kShownEnds));
}

// `ends` of `total` bytes.
std::string quoted_ends(std::string_view ends, std::size_t total) {
  if (ends.size() == total) return script::quote(ends);
  return script::quote(ends.substr(0, kShownEnds)) + " ..." +
         std::to_string(total - 2 * kShownEnds) + " bytes... " +
         script::quote(ends.substr(kShownEnds));
}

}  // namespace

std::string shown(std::string_view bytes) {
  return quoted_ends(ends_of(bytes), bytes.size());
}

void Transcript::sent(std::string_view client, std::string_view bytes) {
  add({Kind::sent, std::string(client), ends_of(bytes), bytes.size()});
}

void Transcript::received(std::string_view client, std::string_view line) {
  add({Kind::received, std::string(client), ends_of(line), line.size()});
}

void Transcript::event(std::string text) {
  add({Kind::text, {}, std::move(text), 0});
}

void Transcript::note(std::string text) {
  event("# " + std::move(text));
}

void Transcript::forget() {
  head_.clear();
  tail_.clear();
  ring_next_ = 0;
  left_out_ = 0;
}

// Most lines of a flood are never seen: they are kept as they are, and written out only in text().
void Transcript::add(Entry entry) {
  if (head_.size() < kHeadLines) {
    head_.push_back(std::move(entry));
  } else if (tail_.size() < kTailLines) {
    tail_.push_back(std::move(entry));
  } else {
    tail_[ring_next_] = std::move(entry);
    ring_next_ = (ring_next_ + 1) % kTailLines;
    ++left_out_;
  }
}

std::string Transcript::line_of(const Entry& entry) {
  switch (entry.kind) {
    case Kind::text:
      return entry.bytes;
    case Kind::sent:
      return entry.client + " > " + quoted_ends(entry.bytes, entry.total);
    case Kind::received:
      break;
  }
  std::string_view text = entry.bytes;
  const bool crlf = text.ends_with("\r\n");
  if (crlf) text.remove_suffix(2);
  // A well-formed line of plain text reads best as the wire has it.
  const bool whole = entry.bytes.size() == entry.total;
  const bool plain =
      whole && crlf && !text.empty() && script::quote(text).size() == text.size() + 2;
  return entry.client +
         (plain ? " < " + std::string(text) : " < raw " + quoted_ends(entry.bytes, entry.total));
}

std::string Transcript::text() const {
  std::string text;
  for (const Entry& entry : head_) text += line_of(entry) + "\n";
  if (left_out_ > 0) text += "# ... " + std::to_string(left_out_) + " lines left out ...\n";
  for (std::size_t i = 0; i < tail_.size(); ++i) {
    text += line_of(tail_[(ring_next_ + i) % tail_.size()]) + "\n";
  }
  return text;
}

}  // namespace conform
