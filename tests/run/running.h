// Whole runs of a few cases against tiny servers that can be started anew.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/run/runner.h"
#include "harness/run/sim_world.h"
#include "tests/run/script_parts.h"
#include "tests/support/tiny_server.h"

namespace conform::testing {

using Server = TinyServer::OnLine;

inline constexpr Abilities kOurs = {.kernel = true, .process = true, .hold = true, .restart = true};
inline constexpr Abilities kLocal = {.kernel = true, .process = true, .hold = true};
inline constexpr Abilities kRemote = {};

// Cases "area/1", "area/2" ... of these lines behind their first headers.
inline script::Script suite_of(const std::vector<std::string>& bodies) {
  std::string text;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const bool headers = bodies[i].find("---\n") != std::string::npos;
    text += "case area/" + std::to_string(i + 1) +
            "\ntitle: A sentence\nlevel: must\ncite: modern#x\nclients: a\n" +
            (headers ? "" : "---\n") + bodies[i] + "sync a\n\n";
  }
  script::Parsed parsed = script::parse("area.irct", std::move(text), true);
  for (const script::Problem& problem : parsed.problems) {
    ADD_FAILURE() << script::format(*parsed.script.source, problem);
  }
  return std::move(parsed.script);
}

struct Setup {
  Server server = ordinary;
  Abilities abilities = kOurs;
  RunnerOptions options;
  std::uint32_t repetitions = 1;
};

struct Ran {
  bool met = false;
  RunResult result;
  std::vector<std::string> told;  // Ids, as results came.
  Duration took{};

  std::vector<Grade> grades() const {
    std::vector<Grade> all;
    for (const CaseResult& item : result.cases) all.push_back(item.grade);
    return all;
  }
};

inline Ran run(const std::vector<std::string>& bodies, Setup setup = {}) {
  const script::Script suite = suite_of(bodies);
  std::vector<PlannedCase> planned;
  for (const script::Case& item : suite.cases) {
    for (std::uint32_t i = 1; i <= setup.repetitions; ++i) {
      planned.push_back({.item = &item, .source = suite.source.get(), .repetition = i});
    }
  }
  irc::SimNet net(1);
  SimWorld world(net, tiny_server(std::move(setup.server)), setup.abilities);
  Ran ran;
  Runner<SimWorld> runner(world, {}, setup.options,
                          [&ran](const CaseResult& result) { ran.told.push_back(result.id); });
  ran.met = runner.meet();
  const TimePoint began = world.now();
  if (ran.met) runner.play(std::move(planned));
  ran.took = world.now() - began;
  ran.result = runner.take_result();
  return ran;
}

inline const std::string kFine = "a > PING :x\na < PONG ... x\n";
inline const std::string kFails = "a > PING :x\nwithin 1s a < PONG ... y\n";

// A server that does something at a line, and is ordinary otherwise.
inline Server at_line(std::string line, std::function<void(TinyServer&, std::size_t)> deed) {
  return [line, deed](TinyServer& server, std::size_t who, std::string_view said) {
    if (said == line) return deed(server, who);
    ordinary(server, who, said);
  };
}

inline Server dying() {
  return at_line("DIE", [](TinyServer& server, std::size_t) { server.die(); });
}

inline Server dying_later() {
  return at_line("DIE", [](TinyServer& server, std::size_t) {
    server.later(std::chrono::milliseconds(200), [](TinyServer& it) { it.die(); });
  });
}

inline constexpr auto kPass = Grade::pass;
inline constexpr auto kFail = Grade::fail;
inline constexpr auto kUnknown = Grade::inconclusive;
using Grades = std::vector<Grade>;

}  // namespace conform::testing
