// Transcript: what a case's clients sent, received and did, in the order in which it happened, and
// printed in the notation: its lines can be pasted back into a script.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

class Transcript {
 public:
  // One segment as it was sent, terminators and all.
  void sent(std::string_view client, std::string_view bytes);
  // One received line with its terminator, or what the stream ended with.
  void received(std::string_view client, std::string_view line);
  // "a fin", "glue", "b < eof": a step, or an end of a stream.
  void event(std::string text);
  // Becomes a comment: what a reader should know at this place.
  void note(std::string text);

  // Everything so far was no more than preparation.
  void forget();

  // Lines, each with its newline. Very long transcripts leave out their middle, and say so.
  std::string text() const;

 private:
  enum class Kind : std::uint8_t { text, sent, received };
  struct Entry {
    Kind kind = Kind::text;
    std::string client;
    std::string bytes;  // Of many, the two ends; of text, the line.
    std::size_t total = 0;
  };

  void add(Entry entry);
  static std::string line_of(const Entry& entry);

  std::vector<Entry> head_, tail_;  // The first entries, and a ring of the last ones.
  std::size_t ring_next_ = 0;
  std::uint64_t left_out_ = 0;
};

// `bytes` quoted for the notation, shortened in the middle where they are many.
std::string shown(std::string_view bytes);

}  // namespace conform
