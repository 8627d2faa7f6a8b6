#include <fmt/format.h>

#include <string>
#include <string_view>

#include "tests/load/bench/crowd.h"
#include "tests/load/bench/loads.h"
#include "tests/load/bench/samples.h"

namespace irc::bench {
namespace {

// `count` times: `from` sends a line with a number, and `to` hears it.
Samples exchange(Crowd& crowd, std::size_t from, std::size_t to, const std::string& command,
                 std::size_t count) {
  Samples samples;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string token = fmt::format(":token{}", i);
    bool came = false;
    const auto look = [&](std::size_t client, std::string_view line) {
      if (client == to && line.ends_with(token)) came = true;
    };
    const TimePoint begin = crowd.now();
    crowd.send(from, command + " " + token + "\r\n");
    crowd.pump_until(look, [&came] { return came; });
    samples.add(crowd.now() - begin);
  }
  return samples;
}

void print(std::string_view name, Samples samples) {
  fmt::print("{}_p50_us\t{:.1f}\n{}_p99_us\t{:.1f}\n", name, samples.percentile(0.5), name,
             samples.percentile(0.99));
}

}  // namespace

void be_idle(const Target& target, std::size_t idle, std::size_t pings) {
  Crowd crowd(target.port);
  crowd.add(1, "first");  // What only the first client costs is not counted.
  const std::size_t bytes_before = target.resident_bytes();
  const double cpu_alone = target.cpu_seconds();
  crowd.add(idle, "idle");
  const double bytes =
      static_cast<double>(target.resident_bytes()) - static_cast<double>(bytes_before);
  const auto count = static_cast<double>(idle);
  fmt::print("bytes_per_client\t{:.0f}\n", bytes / count);
  fmt::print("cpu_us_per_registration\t{:.1f}\n", (target.cpu_seconds() - cpu_alone) * 1e6 / count);

  const std::size_t talker = crowd.size();
  crowd.add(2, "talker");
  crowd.set_active(talker);
  exchange(crowd, talker, talker, "PING", 100);  // Warms up.
  const double cpu_before = target.cpu_seconds();
  print("ping", exchange(crowd, talker, talker, "PING", pings));
  const double cpu = target.cpu_seconds() - cpu_before;
  fmt::print("cpu_us_per_ping\t{:.1f}\n", cpu * 1e6 / static_cast<double>(pings));
  print("message", exchange(crowd, talker, talker + 1, "PRIVMSG talker1", pings));
}

}  // namespace irc::bench
