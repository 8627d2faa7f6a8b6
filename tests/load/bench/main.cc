// bench_load: one load on one server that runs on 127.0.0.1; prints what was measured.
#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>

#include "tests/load/bench/loads.h"

namespace irc::bench {
namespace {

// Options of all loads, with their defaults.
struct Options {
  Target target;
  std::size_t idle = 1000, pings = 2000;
  Talk talk;
  std::size_t members = 1000, rate = 100, seconds = 10;
  Flood flood;
  std::size_t gap_ms = 0;
};

void declare(CLI::App& app, Options& options) {
  app.add_option("--port", options.target.port, "Of the server, on 127.0.0.1")->required();
  app.add_option("--pid", options.target.pid, "Of the server")->required();
  app.require_subcommand(1);
  CLI::App* idle = app.add_subcommand("idle", "Clients that are registered and silent");
  idle->add_option("--clients", options.idle);
  idle->add_option("--pings", options.pings)->check(CLI::PositiveNumber);
  idle->callback([&options] { be_idle(options.target, options.idle, options.pings); });
  CLI::App* talk = app.add_subcommand("relay", "Groups that talk");
  talk->add_option("--groups", options.talk.groups)->check(CLI::PositiveNumber);
  talk->add_option("--members", options.talk.members)->check(CLI::Range(2, 100'000));
  talk->add_option("--burst", options.talk.burst)->check(CLI::PositiveNumber);
  talk->add_option("--messages", options.talk.messages)->check(CLI::PositiveNumber);
  talk->add_flag("--saturate", options.talk.saturate);
  talk->callback([&options] { relay(options.target, options.talk); });
  CLI::App* channel = app.add_subcommand("channel", "A full channel, at a rate");
  channel->add_option("--members", options.members)->check(CLI::Range(2, 100'000));
  channel->add_option("--rate", options.rate)->check(CLI::PositiveNumber);
  channel->add_option("--seconds", options.seconds)->check(CLI::PositiveNumber);
  channel->callback(
      [&options] { fill_channel(options.target, options.members, options.rate, options.seconds); });
  CLI::App* flooded = app.add_subcommand("flood", "A flood to one that never reads");
  flooded->add_option("--pings", options.flood.pings)->check(CLI::PositiveNumber);
  flooded->add_option("--gap-ms", options.gap_ms, "Between two of them");
  flooded->add_flag("--until-cut-off", options.flood.until_cut_off);
  flooded->callback([&options] {
    options.flood.gap = Millis(options.gap_ms);
    flood(options.target, options.flood);
  });
}

int run(int argc, char** argv) {
  CLI::App app("One load on one server", "bench_load");
  Options options;
  declare(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_load: {}\n", error.what());
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace irc::bench

int main(int argc, char** argv) {
  return irc::bench::run(argc, argv);
}
