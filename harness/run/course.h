// Course: which step of a case comes next. It goes into blocks, turns loops, and comes to the steps
// of a search again until that is over. What a step does is not its business.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/run/activity/progress.h"
#include "harness/run/activity/searching.h"
#include "harness/run/stage.h"

namespace conform {

template <World W>
class Course {
 public:
  // Before the case's first step.
  explicit Course(Stage<W>& stage);

  // Null at the end of the case, and at the end of a search's play.
  const script::Step* next();
  bool ended() const { return frames_.empty(); }

  // Into a block: its first step is next. Not into a loop without a turn. Skipped if the block
  // cannot be played here.
  Progress enter(const script::If& condition);
  Progress enter(const script::Repeat& repeat);  // Requires: not until so many bytes.
  Progress enter(const script::For& words);
  Progress enter(const script::Search& search);

  // The search whose play has come to its end; else null.
  Searching<W>* between_plays() const;
  // From between two plays into the next one, or, with nothing more to play or not done, out of the
  // search. Then it says why that was cut short, if it was.
  std::string leave_play(const Progress& progress);
  // What fails in a search has only failed one of its plays: to the end of it. False outside of
  // searches.
  bool fail_play(const Progress& failure);

  // In which turn of which loops it is, of this play of a search: " (how = rst)".
  std::string turns() const;

 private:
  // A list of steps being walked, and which turn of its loop it is.
  struct Frame {
    const script::Steps* steps = nullptr;
    std::size_t next = 0;
    std::uint64_t turn = 0;
    const std::string* name = nullptr;  // What its turns bind.
    const script::Repeat* repeat = nullptr;
    std::uint64_t turns = 0;  // Of repeat.
    const script::For* words = nullptr;
    std::unique_ptr<Searching<W>> search;
  };

  bool next_turn(Frame& frame);
  bool may_begin(const script::Repeat& repeat);
  void bind_turn(const std::string& name, const std::string& value);

  Stage<W>& stage_;
  std::vector<Frame> frames_;
};

}  // namespace conform
