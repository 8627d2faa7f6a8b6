#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "tests/load/bench/crowd.h"
#include "tests/load/bench/loads.h"
#include "tests/load/bench/samples.h"

namespace irc::bench {
namespace {

constexpr std::string_view kMark = " :said at ";

}  // namespace

void fill_channel(const Target& target, std::size_t members, std::size_t rate,
                  std::size_t seconds) {
  Crowd crowd(target.port);
  crowd.add(members, "member");
  for (std::size_t i = 0; i < members; ++i) {
    bool joined = false;
    crowd.set_active(i);
    crowd.send(i, "JOIN #full\r\n");
    crowd.pump_until(
        [&joined](std::size_t, std::string_view line) {
          if (is(line, "366")) joined = true;
        },
        [&joined] { return joined; });
  }
  crowd.set_active(0);

  Samples samples;
  const auto take = [&](std::size_t, std::string_view line) {
    const std::size_t at = line.rfind(kMark);
    if (at == std::string_view::npos) return;
    std::int64_t said = 0;
    std::from_chars(line.data() + at + kMark.size(), line.data() + line.size(), said);
    samples.add(crowd.now().time_since_epoch() - Duration(said));
  };
  const Duration gap = Duration(std::chrono::seconds(1)) / rate;
  const std::size_t messages = rate * seconds;
  const TimePoint begin = crowd.now();
  const double cpu_before = target.cpu_seconds();
  for (std::size_t i = 0; i < messages; ++i) {
    const TimePoint due = begin + gap * i;
    while (crowd.now() < due) crowd.pump(take, due);
    crowd.send(0, fmt::format("PRIVMSG #full{}{}\r\n", kMark, due.time_since_epoch().count()));
  }
  const std::size_t expected = messages * (members - 1);
  crowd.pump_until(take, [&] { return samples.count() == expected; });
  const std::chrono::duration<double> elapsed = crowd.now() - begin;
  const double cpu = target.cpu_seconds() - cpu_before;
  fmt::print("delivered\t{}\nseconds\t{:.2f}\n", samples.count(), elapsed.count());
  fmt::print("cpu_share\t{:.3f}\n", cpu / elapsed.count());
  fmt::print("per_cpu_s\t{:.0f}\n", static_cast<double>(samples.count()) / cpu);
  fmt::print("message_p50_us\t{:.0f}\n", samples.percentile(0.5));
  fmt::print("message_p99_us\t{:.0f}\n", samples.percentile(0.99));
}

}  // namespace irc::bench
