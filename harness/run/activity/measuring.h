// Measuring: `server ...`, facts about the target that no line on the wire says.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "harness/run/activity/progress.h"
#include "harness/run/seconds.h"
#include "harness/run/stage.h"
#include "harness/script/print.h"

namespace conform {

// The target before a case's clients connected.
struct Baseline {
  std::optional<ProcessFacts> process;
  std::size_t close_wait = 0;  // Sockets that it had not closed though their peers had.
};

template <World W>
class Measuring {
 public:
  Measuring(const script::ServerFact& fact, const Baseline& base) : fact_(fact), base_(base) {}

  // Requires: fact is not `alive`, which is a look at the whole target (Sentinel). Where the
  // process is not known there is nothing to look at, and the transcript says so.
  Progress advance(Stage<W>& stage);

 private:
  struct Reading {
    bool holds = false;
    std::string actual;
  };
  std::optional<Reading> read(Stage<W>& stage, const ProcessFacts& now);
  Reading cpu(Stage<W>& stage, const ProcessFacts& now);

  static constexpr Duration kCpuWindow = std::chrono::milliseconds(400);

  const script::ServerFact& fact_;
  const Baseline& base_;
  std::optional<TimePoint> deadline_;
  std::optional<ProcessFacts> first_;
  TimePoint first_at_{};
};

template <World W>
Progress Measuring<W>::advance(Stage<W>& stage) {
  const std::optional<ProcessFacts> facts = stage.world().process_facts();
  if (!stage.world().abilities().process || !facts || !base_.process) {
    stage.transcript().note("the target's process is not known: not looked at");
    return Progress::finish();
  }
  const TimePoint now = stage.world().now();
  if (!deadline_) deadline_ = now + stage.limit(std::nullopt);
  const std::optional<Reading> reading = read(stage, *facts);
  if (reading && reading->holds) {
    stage.transcript().note(reading->actual);
    return Progress::finish();
  }
  if (reading && now >= *deadline_) {
    script::Step step;
    step.action = fact_;
    return Progress::fail(script::print(stage.item(), step), reading->actual);
  }
  constexpr Duration kPause = std::chrono::milliseconds(2);
  stage.wake_at(reading || !first_ ? now + kPause : first_at_ + kCpuWindow);
  return Progress::wait();
}

template <World W>
std::optional<typename Measuring<W>::Reading> Measuring<W>::read(Stage<W>& stage,
                                                                 const ProcessFacts& now) {
  using What = script::ServerFact::What;
  switch (fact_.what) {
    case What::alive:
      return Reading{.holds = true, .actual = {}};
    case What::fds: {
      const auto open = static_cast<std::uint32_t>(std::ranges::count_if(
          stage.clients(), [](const Client& client) { return client.open(); }));
      return Reading{.holds = now.descriptors <= base_.process->descriptors + open,
                     .actual = fmt::format("{} descriptors, {} before, {} of this case open",
                                           now.descriptors, base_.process->descriptors, open)};
    }
    case What::rss: {
      constexpr std::uint64_t kKiB = 1024;
      return Reading{.holds = now.rss_bytes < base_.process->rss_bytes + fact_.limit,
                     .actual = fmt::format("{} KiB resident, {} KiB before", now.rss_bytes / kKiB,
                                           base_.process->rss_bytes / kKiB)};
    }
    case What::sockets_closed: {
      const std::size_t stuck = stage.world().sockets_in_close_wait();
      return Reading{
          .holds = stuck <= base_.close_wait,
          .actual = fmt::format("{} sockets in CLOSE_WAIT, {} before", stuck, base_.close_wait)};
    }
    case What::cpu: {
      if (!first_) {
        first_ = now;
        first_at_ = stage.world().now();
      }
      if (stage.world().now() < first_at_ + kCpuWindow) return std::nullopt;
      return cpu(stage, now);
    }
  }
  return std::nullopt;
}

// One window after the other, until one is quiet or the time is up: a server may have work to end.
template <World W>
typename Measuring<W>::Reading Measuring<W>::cpu(Stage<W>& stage, const ProcessFacts& now) {
  const TimePoint at = stage.world().now();
  const double share = std::chrono::duration<double>(now.cpu_time - first_->cpu_time) /
                       std::chrono::duration<double>(at - first_at_);
  const double percent = 100 * share;
  const std::string actual =
      fmt::format("{:.0f} % of a processor over {}", percent, seconds(at - first_at_));
  first_ = now;
  first_at_ = at;
  return {.holds = percent < static_cast<double>(fact_.limit), .actual = actual};
}

}  // namespace conform
