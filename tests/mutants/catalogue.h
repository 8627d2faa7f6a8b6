// The mutants: servers with one named fault each, made at the seams of the project's own (a
// Network, a Framer or a Core that misbehaves) or with a loop of their own. On SimNet they show
// which cases notice the fault; on PosixNet, as mutant_server, those are of interest whose fault
// lies in what the kernel sees.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "server/net/network.h"

namespace irc::mutants {

// A server's next round; false when it has ended. Throws Died where it ends itself.
using RunRound = std::function<bool()>;

template <Network Net>
struct Mutant {
  std::string_view name;
  std::string_view fault;  // One sentence.
  // The network must outlive what is returned.
  RunRound (*make)(Net& net, typename Net::Socket listener);
};

// All, the reference itself ("none") first. Instantiated for SimNet and RecordedNet.
template <Network Net>
std::span<const Mutant<Net>> all_mutants();

// Null if there is none of that name.
template <Network Net>
const Mutant<Net>* find_mutant(std::string_view name);

}  // namespace irc::mutants
