// SimSuite: plays cases in one process, on virtual time, from a seed, against any server that can
// be stepped. Each case gets a network and a server of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/run/judge.h"
#include "harness/run/learn.h"
#include "harness/run/plan.h"
#include "harness/run/sim_world.h"
#include "harness/script/model.h"
#include "server/core/config.h"
#include "server/net/sim_net.h"

namespace conform::testing {

// A server on a SimNet: each call is one round of its loop; false once it has ended.
using SimServer = std::function<bool()>;
using MakeSimServer = std::function<SimServer(irc::SimNet&)>;

// The reference server: PollLoop<SimNet> and the core, as irc-refd runs them.
SimServer make_reference(irc::SimNet& net);
// The same with another configuration, to which the operator's account is added.
MakeSimServer reference_with(irc::ServerConfig config);

// All cases of the folder's *.irct files, in the order of their names. Fails the test, with the
// problems, if one of them is not clean.
std::vector<script::Script> read_cases(const std::string& folder);

struct SimOptions {
  std::uint64_t seed = 1;
  irc::SimFaults faults;
  // What is known of the server; learnt from it where this is absent.
  std::optional<Learnt> learnt;
  // The cuts with which every case is played; without, only as written.
  Cuts cuts{.cuts = {Cut{}}};
};

// The results of all cases, in their order, breaches of the line audit charged.
std::vector<CaseResult> play_in_simulation(const std::vector<script::Script>& scripts,
                                           const MakeSimServer& make_server,
                                           const SimOptions& options);

// What learn() finds out about a server.
Learnt learn_in_simulation(const MakeSimServer& make_server, const SimOptions& options);

}  // namespace conform::testing
