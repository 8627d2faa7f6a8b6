#include <fmt/format.h>

#include <chrono>
#include <string>
#include <string_view>

#include "tests/load/bench/crowd.h"
#include "tests/load/bench/loads.h"
#include "tests/load/bench/samples.h"

namespace irc::bench {
namespace {

constexpr std::size_t kReady = std::size_t{64} << 10;  // What waits to be taken from the flooder.

enum Role : std::size_t { kNeverReads, kFlooder, kBystander };

std::string flood_text() {
  std::string text;
  while (text.size() < kReady) text += fmt::format("PRIVMSG deaf :{}\r\n", std::string(400, 'x'));
  return text;
}

}  // namespace

void flood(const Target& target, const Flood& flood) {
  Crowd crowd(target.port);
  crowd.add(3, "role");
  crowd.send(kNeverReads, "NICK deaf\r\n");
  bool renamed = false;
  crowd.pump_until(
      [&renamed](std::size_t, std::string_view line) {
        if (is(line, "NICK")) renamed = true;
      },
      [&renamed] { return renamed; });
  crowd.set_reading(kNeverReads, false);

  const std::string text = flood_text();
  const std::size_t bytes_before = target.resident_bytes();
  const TimePoint begin = crowd.now();
  std::size_t flooded = 0;
  TimePoint asked = begin - flood.gap;
  bool answered = true;
  std::optional<TimePoint> cut_off;
  Samples samples;
  const auto heard = [&](std::size_t client, std::string_view line) {
    if (client == kFlooder && is(line, "401") && !cut_off) {
      cut_off = crowd.now();
    }
    if (client == kBystander && line.ends_with(":here")) {
      samples.add(crowd.now() - asked);
      answered = true;
    }
  };
  while (samples.count() < flood.pings || (flood.until_cut_off && !cut_off)) {
    const TimePoint due = asked + flood.gap;
    if (answered && crowd.now() >= due) {
      answered = false;
      asked = crowd.now();
      crowd.send(kBystander, "PING :here\r\n");
    }
    if (crowd.unsent_bytes(kFlooder) == 0 && !crowd.ended(kFlooder)) {
      flooded += text.size();
      crowd.send(kFlooder, text);
    }
    crowd.pump(heard, answered ? std::optional(due) : std::nullopt);
  }
  const auto seconds = [begin](TimePoint until) {
    return std::chrono::duration<double>(until - begin).count();
  };
  fmt::print("pings_answered\t{}\nseconds\t{:.2f}\n", samples.count(), seconds(crowd.now()));
  fmt::print("ping_p50_us\t{:.0f}\nping_p99_us\t{:.0f}\nping_max_us\t{:.0f}\n",
             samples.percentile(0.5), samples.percentile(0.99), samples.percentile(1));
  fmt::print("flooded_bytes\t{}\n", flooded - crowd.unsent_bytes(kFlooder));
  fmt::print("server_grew_bytes\t{}\n", target.peak_resident_bytes() - bytes_before);
  fmt::print("never_reading_cut_off\t{}\n",
             cut_off ? fmt::format("after {:.2f} s", seconds(*cut_off)) : "no");
  fmt::print("flooder_cut_off\t{}\n", crowd.ended(kFlooder) ? "yes" : "no");
}

}  // namespace irc::bench
