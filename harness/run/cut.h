// Cut: how a case's sends are cut into segments in one play of it. A case, played with another cut,
// is a variant of it: the same bytes, other segments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

struct Cut {
  enum class Kind : std::uint8_t {
    as_written,
    whole,  // Each client's consecutive sends are one segment.
    lines,  // A segment ends where a line ends.
    bytes,  // A byte is a segment; of long sends, see cut_points().
    at,     // Every send is cut at the offset `number`, if it is longer.
    drawn,  // At random; `number` says which drawing of the case it is, from 1.
    glued,  // As whole, and what is sent before a client leaves goes with its leave.
  };
  Kind kind = Kind::as_written;
  std::uint64_t number = 0;
  std::uint64_t seed = 0;  // Of what is drawn.

  // Whether a client's consecutive sends are joined.
  bool joins() const { return kind == Kind::whole || kind == Kind::glued; }
  bool operator==(const Cut&) const = default;
};

// As --segments takes it: "whole", "cut(17)", "drawn(2)".
std::string name_of(const Cut& cut);

// What it is one of the plays of: "each-cut" for all that cut at an offset, "random" for all that
// are drawn, else its own name.
std::string segmentation_of(const Cut& cut);

// A number that differs from run to run, case to case and drawing to drawing.
std::uint64_t drawing_seed(std::uint64_t run_seed, std::string_view case_id, std::uint64_t number);

// Where it is worth while to cut a send: at every offset if it has at most 1,024 bytes, else close
// to the ends of its lines and to the sizes of buffers (512, 1024, 2048 ...). Ascending, at most
// 1,024 of them, all inside the send.
std::vector<std::size_t> cut_points(std::string_view bytes);

// At most so many of them, evenly chosen.
std::vector<std::size_t> thinned(const std::vector<std::size_t>& all, std::size_t most);

// The offsets at which a send is cut, ascending, all inside it; none where it is not. `nth` says
// which send of the play it is. Requires: the cut is not as written.
std::vector<std::size_t> offsets(const Cut& cut, std::string_view bytes, std::uint64_t nth);

// A send's segments as written, cut in that way.
std::vector<std::string> recut(std::vector<std::string> written, const Cut& cut, std::uint64_t nth);

}  // namespace conform
