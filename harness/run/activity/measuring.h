// Measuring: `server ...`, facts about the target that no line on the wire says.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "harness/run/activity/progress.h"
#include "harness/run/seconds.h"
#include "harness/run/stage.h"
#include "harness/script/print.h"

namespace conform {

// What a case compares with: the target before its clients connected, or at `server base`.
struct Baseline {
  TimePoint at{};
  std::optional<ProcessFacts> process;
  std::size_t connections = 0;  // Of ours.
  std::size_t close_wait = 0;   // Sockets that it had not closed though their peers had.
};

template <World W>
Baseline baseline(W& world) {
  return {.at = world.now(),
          .process = world.process_facts(),
          .connections = world.open_connections(),
          .close_wait = world.sockets_in_close_wait()};
}

template <World W>
class Measuring {
 public:
  Measuring(const script::ServerFact& fact, const Baseline& base) : fact_(fact), base_(base) {}

  // Requires: fact is neither `alive`, which is a look at the whole target (Sentinel), nor `base`.
  // Where the process is not known there is nothing to look at, and the transcript says so.
  Progress advance(Stage<W>& stage);

 private:
  struct Reading {
    bool holds = false;
    std::string actual;
  };
  std::optional<Reading> read(W& world, const ProcessFacts& now);
  Reading descriptors(W& world, const ProcessFacts& now) const;
  Reading memory(W& world, const ProcessFacts& now) const;
  std::optional<Reading> processor(W& world, const ProcessFacts& now);

  static constexpr Duration kCpuWindow = std::chrono::milliseconds(50);

  const script::ServerFact& fact_;
  const Baseline& base_;
  std::optional<TimePoint> deadline_;
  std::optional<ProcessFacts> first_;
  TimePoint first_at_{};
};

template <World W>
Progress Measuring<W>::advance(Stage<W>& stage) {
  W& world = stage.world();
  const std::optional<ProcessFacts> facts = world.process_facts();
  if (!world.abilities().process || !facts || !base_.process) {
    stage.transcript().note("the target's process is not known: not looked at");
    return Progress::finish();
  }
  const TimePoint now = world.now();
  if (!deadline_) deadline_ = now + stage.limit(std::nullopt);
  const std::optional<Reading> reading = read(world, *facts);
  if (reading && reading->holds) {
    stage.transcript().note(reading->actual);
    return Progress::finish();
  }
  if (reading && now >= *deadline_) {
    script::Step step;
    step.action = fact_;
    return Progress::in_vain(script::print(stage.item(), step), reading->actual);
  }
  constexpr Duration kPause = std::chrono::milliseconds(2);
  stage.wake_at(reading || !first_ ? now + kPause : first_at_ + kCpuWindow);
  return Progress::wait();
}

template <World W>
std::optional<typename Measuring<W>::Reading> Measuring<W>::read(W& world,
                                                                 const ProcessFacts& now) {
  using What = script::ServerFact::What;
  switch (fact_.what) {
    case What::alive:
    case What::base:
      return Reading{.holds = true, .actual = {}};
    case What::accepts: {
      const std::size_t waiting = world.accept_queue();
      return Reading{.holds = waiting == 0,
                     .actual = fmt::format("{} connections wait to be accepted", waiting)};
    }
    case What::fds:
      return descriptors(world, now);
    case What::threads:
      return Reading{
          .holds = now.threads <= base_.process->threads,
          .actual = fmt::format("{} threads, {} before", now.threads, base_.process->threads)};
    case What::rss:
      return memory(world, now);
    case What::sockets_closed: {
      const std::size_t stuck = world.sockets_in_close_wait();
      return Reading{
          .holds = stuck <= base_.close_wait,
          .actual = fmt::format("{} sockets in CLOSE_WAIT, {} before", stuck, base_.close_wait)};
    }
    case What::cpu:
      return processor(world, now);
  }
  return std::nullopt;
}

// Connections of ours are accounted for, whoever's they are: others may come to their end
// meanwhile.
template <World W>
typename Measuring<W>::Reading Measuring<W>::descriptors(W& world, const ProcessFacts& now) const {
  const auto more = static_cast<std::int64_t>(world.open_connections()) -
                    static_cast<std::int64_t>(base_.connections);
  const std::int64_t expected = base_.process->descriptors + more;
  return {
      .holds = now.descriptors <= expected,
      .actual = fmt::format("{} descriptors, {} of them sockets, where {} and {} were expected",
                            now.descriptors, now.sockets, expected, base_.process->sockets + more)};
}

template <World W>
typename Measuring<W>::Reading Measuring<W>::memory(W& world, const ProcessFacts& now) const {
  constexpr double kMiB = 1 << 20;
  const std::uint64_t before = base_.process->rss_bytes;
  return {.holds = now.rss_bytes < before + fact_.limit,
          .actual = fmt::format("resident memory went from {:.1f} MiB to {:.1f} MiB in {}",
                                static_cast<double>(before) / kMiB,
                                static_cast<double>(now.rss_bytes) / kMiB,
                                seconds(world.now() - base_.at))};
}

// One window after the other, until one is quiet or the time is up: a server may have work to end.
// On a busy machine one that spins may get no processor in a whole window; it is ready all the
// time.
template <World W>
std::optional<typename Measuring<W>::Reading> Measuring<W>::processor(W& world,
                                                                      const ProcessFacts& now) {
  const TimePoint at = world.now();
  if (first_ && at < first_at_ + kCpuWindow) return std::nullopt;
  const std::optional<ProcessFacts> first = std::exchange(first_, now);
  const Duration window = at - std::exchange(first_at_, at);
  if (!first) return std::nullopt;
  const double share = std::chrono::duration<double>(now.cpu_time - first->cpu_time) /
                       std::chrono::duration<double>(window);
  const double percent = 100 * std::max(share, 0.0);
  return Reading{.holds = percent < static_cast<double>(fact_.limit) && !now.ready,
                 .actual = fmt::format("wanted {:.0f} % of a processor over {}, and {}", percent,
                                       seconds(window), now.ready ? "works on" : "rests")};
}

}  // namespace conform
