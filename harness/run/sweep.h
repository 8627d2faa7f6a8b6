// Sweep: which number of a `search` is played next. Upwards until one fails, then halves between
// the largest that held below it and the smallest that failed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "harness/script/model.h"

namespace conform {

class Sweep {
 public:
  explicit Sweep(const script::Search& search) : to_(search.to), by_(search.by), at_(search.from) {}

  // The number to play now. Requires: !over().
  std::uint64_t at() const { return at_; }
  bool over() const { return over_; }
  // The largest that held below all that failed, and the smallest that failed.
  std::optional<std::uint64_t> holds() const { return holds_; }
  std::optional<std::uint64_t> fails() const { return fails_; }

  // The play of at() came to this.
  void held() {
    holds_ = at_;
    go_on();
  }
  void failed() {
    fails_ = at_;
    go_on();
  }
  // No more can be played.
  void stop() { over_ = true; }

 private:
  void go_on() {
    if (fails_) {
      over_ = !holds_ || *holds_ + 1 == *fails_;
      at_ = over_ ? at_ : *holds_ + (*fails_ - *holds_) / 2;
      return;
    }
    over_ = at_ == to_;
    at_ = std::min(to_, by_ ? at_ + *by_ : 2 * at_);
  }

  std::uint64_t to_;
  std::optional<std::uint64_t> by_;
  std::uint64_t at_;
  std::optional<std::uint64_t> holds_, fails_;
  bool over_ = false;
};

}  // namespace conform
