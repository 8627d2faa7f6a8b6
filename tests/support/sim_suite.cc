#include "tests/support/sim_suite.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

#include "harness/run/fold.h"
#include "harness/run/round.h"
#include "harness/run/runner.h"
#include "harness/script/parse.h"
#include "server/poll_loop.h"
#include "tests/support/files.h"

namespace conform::testing {
namespace {

// A reference server and everything it stands on, kept alive by the function that steps it.
struct Reference {
  Reference(irc::SimNet& net, irc::ServerConfig config)
      : server(std::move(config)), loop(net, server, net.listen()) {}

  irc::Server server;
  irc::PollLoop<irc::SimNet> loop;
};

Profile given() {
  Profile profile;
  profile.oper_name = "operator";
  profile.oper_password = "secret";
  return profile;
}

constexpr Duration kAftermath = std::chrono::milliseconds(400);

// One play on a network and a server of its own.
class Playing {
 public:
  Playing(const MakeSimServer& make_server, const SimOptions& options, const Learnt& learnt)
      : net_(options.seed, options.faults),
        world_(net_, make_server(net_)),
        names_(options.seed),
        learnt_(learnt),
        sentinel_(world_, learnt_.profile, names_, learnt_.pace),
        round_({world_, learnt_.profile, learnt_.pace, names_}, sentinel_, 1,
               [this](std::size_t, Ended ended) {
                 result_ = std::move(ended.result);
                 return true;
               }) {}

  CaseResult play(const PlannedCase& planned) {
    std::optional<std::string> wrong = round_.play({planned});
    if (!wrong) wrong = round_.watch_over(kAftermath);
    if (!wrong) return std::move(*result_);
    CaseResult result = unplayed(planned, "");
    if (!round_.underway().empty()) result.transcript = round_.underway().front().transcript;
    convict(result, "the target goes on serving", "the target " + *wrong, *wrong);
    return result;
  }
  const std::vector<SeenBreach>& breaches() const { return round_.breaches(); }

 private:
  irc::SimNet net_;
  SimWorld world_;
  FreshNames names_;
  const Learnt& learnt_;
  Sentinel<SimWorld> sentinel_;
  Round<SimWorld> round_;
  std::optional<CaseResult> result_;
};

}  // namespace

SimServer make_reference(irc::SimNet& net) {
  return reference_with({})(net);
}

MakeSimServer reference_with(irc::ServerConfig config) {
  config.operators.push_back({.name = "operator", .password = "secret"});
  return [config](irc::SimNet& net) -> SimServer {
    auto reference = std::make_shared<Reference>(net, config);
    return [reference] { return reference->loop.run_round(); };
  };
}

std::vector<script::Script> read_cases(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".irct") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<script::Script> scripts;
  for (const auto& file : files) {
    script::Parsed parsed = script::parse(file.filename().string(), read_file(file));
    for (const script::Problem& problem : parsed.problems) {
      ADD_FAILURE() << script::format(*parsed.script.source, problem);
    }
    scripts.push_back(std::move(parsed.script));
  }
  return scripts;
}

Learnt learn_in_simulation(const MakeSimServer& make_server, const SimOptions& options) {
  irc::SimNet net(options.seed, options.faults);
  SimWorld world(net, make_server(net));
  FreshNames names(options.seed);
  return learn(world, given(), names, 1);
}

std::vector<CaseResult> play_in_simulation(const std::vector<script::Script>& scripts,
                                           const MakeSimServer& make_server,
                                           const SimOptions& options) {
  const Learnt learnt =
      options.learnt ? *options.learnt : learn_in_simulation(make_server, options);
  EXPECT_EQ(learnt.failure, "");
  std::vector<CaseResult> results;
  std::vector<SeenBreach> breaches;
  const PlanOptions planning{.cuts = options.cuts, .seed = options.seed};
  for (const script::Script& script : scripts) {
    for (const script::Case& item : script.cases) {
      std::vector<PlannedCase> plays = plan(item, *script.source, planning);
      std::vector<CaseResult> of_case;
      for (std::size_t i = 0; i < plays.size(); ++i) {
        Playing playing(make_server, options, learnt);
        of_case.push_back(playing.play(plays[i]));
        breaches.insert(breaches.end(), playing.breaches().begin(), playing.breaches().end());
        const bool measured =
            !plays[i].is_reference() || i + 1 == plays.size() || !plays[i + 1].is_reference();
        if (measured) std::ranges::move(plan_each_cut(plays[i]), std::back_inserter(plays));
      }
      results.push_back(fold(std::move(of_case)));
    }
  }
  charge(breaches, results);
  return results;
}

}  // namespace conform::testing
