#include "tests/mutants/catalogue.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "server/net/sim_net.h"
#include "server/poll_loop.h"
#include "tests/mutants/cores.h"
#include "tests/mutants/framers.h"
#include "tests/mutants/receiving.h"
#include "tests/mutants/recorded_net.h"
#include "tests/mutants/seed_article.h"
#include "tests/mutants/sending.h"
#include "tests/mutants/strangers.h"

namespace irc::mutants {
namespace {

ServerConfig config() {
  ServerConfig config;
  config.operators.push_back({.name = "operator", .password = "secret"});
  return config;
}

// The project's loop and all it stands on, with any of its parts replaced.
template <class Net, class Core, class FramerT>
struct Assembly {
  template <class Inner>
  Assembly(Inner& inner, typename Inner::Socket listener, LoopLimits limits)
      : net(inner), core(config()), loop(net, core, std::move(listener), -1, limits) {}

  Net net;
  Core core;
  PollLoop<Net, Core, FramerT> loop;
};

template <class Net, class Core, class FramerT, class Inner>
RunRound assemble(Inner& inner, typename Inner::Socket listener, LoopLimits limits = {}) {
  auto server = std::make_shared<Assembly<Net, Core, FramerT>>(inner, std::move(listener), limits);
  return [server] { return server->loop.run_round(); };
}

template <class Net, template <class> class FaultyNet>
RunRound with_net(Net& net, typename Net::Socket listener) {
  return assemble<FaultyNet<Net>, Server, Framer>(net, std::move(listener));
}

template <class Net, class Core>
RunRound with_core(Net& net, typename Net::Socket listener) {
  return assemble<ForwardingNet<Net>, Core, Framer>(net, std::move(listener));
}

template <class Net, class FramerT>
RunRound with_framer(Net& net, typename Net::Socket listener) {
  return assemble<ForwardingNet<Net>, Server, FramerT>(net, std::move(listener));
}

template <class Net>
RunRound without_linger(Net& net, typename Net::Socket listener) {
  return assemble<ForwardingNet<Net>, Server, Framer>(
      net, std::move(listener), {.linger = Duration::zero(), .linger_bytes_max = 0});
}

template <class Net>
RunRound seed_article(Net& net, typename Net::Socket listener) {
  auto server = std::make_shared<SeedArticle<Net>>(net, std::move(listener), config());
  return [server] { return server->run_round(); };
}

template <class Net>
constexpr auto kMutants = std::to_array<Mutant<Net>>({
    {"none", "No fault: the reference server.", with_core<Net, Server>},
    {"seed-article", "The server loop of the article that this project grew from.",
     seed_article<Net>},

    {"silent", "Accepts, reads, and never answers.", with_net<Net, Silent>},
    {"echoing", "Sends back what it gets.", with_net<Net, Echoing>},
    {"closing", "Closes every connection as soon as it is accepted.", with_net<Net, Closing>},
    {"silent-but-to-one", "Serves the first client, and never answers the others.",
     with_net<Net, SilentButToOne>},
    {"echoing-but-to-one", "Serves the first client, and sends back what it gets from the others.",
     with_net<Net, EchoingButToOne>},
    {"closing-but-to-one", "Serves the first client, and closes on the others.",
     with_net<Net, ClosingButToOne>},
    {"only-pongs", "Registers clients and answers PING, and nothing else.",
     with_core<Net, OnlyPongs>},
    {"sleeper", "Sleeps before each read; otherwise sound.", with_net<Net, Sleeper>},

    {"dies-of-overlong-line", "Ends at a line that is too long.",
     with_core<Net, DiesOf<OverlongLine>>},
    {"dies-of-nul", "Ends at a line that holds a NUL.", with_core<Net, DiesOf<NulByte>>},
    {"dies-of-format", "Ends at a line that holds %n.", with_core<Net, DiesOf<FormatDirective>>},
    {"dies-of-reset", "Ends when a connection is reset.", with_net<Net, DiesOfReset>},
    {"dies-of-broken-pipe", "Ends when it writes to a connection that is gone.",
     with_net<Net, DiesOfBrokenPipe>},

    {"loses-partial-tail", "Forgets the half line at the end of a read.",
     with_framer<Net, LosesPartialTail>},
    {"one-line-a-read", "Executes the first line of each read only.",
     with_framer<Net, OneLineARead>},
    {"fin-ends-line", "Executes the line that FIN has cut off.", with_net<Net, FinEndsLine>},
    {"runs-tail-of-overlong", "Executes a line that is too long in pieces.",
     with_framer<Net, LineFramer<RunsTailOfOverlong>>},
    {"unbounded-line", "Keeps a line however long it is.", with_framer<Net, LineFramer<Unbounded>>},
    {"cr-is-text", "Takes a bare CR for text, and relays it.",
     with_framer<Net, LineFramer<CrIsText>>},
    {"only-crlf", "Takes nothing but CR LF for the end of a line.",
     with_framer<Net, LineFramer<OnlyCrLf>>},
    {"nul-ends-read", "Does not see what stands behind a NUL in a read.",
     with_net<Net, NulEndsRead>},
    {"shared-buffer", "Has one receive buffer for all clients.", with_net<Net, SharedBuffer>},
    {"inherited-buffer", "Keeps a half line for the next client on that descriptor.",
     with_net<Net, InheritedBuffer>},
    {"reads-once-per-edge", "Does not come back to what one read has left.",
     with_net<Net, ReadsOncePerEdge>},
    {"lf-only", "Ends the lines that it sends with LF alone.", with_core<Net, Rewrites<LfOnly>>},
    {"one-byte-too-long", "Sends lines of 513 bytes.", with_core<Net, Rewrites<OneByteTooLong>>},

    {"runs-lines-after-quit", "Executes the lines that came with a QUIT, behind it.",
     with_core<Net, RunsLinesAfterQuit>},
    {"no-quit-at-reset", "Does not tell peers of a reset.",
     with_core<Net, Rewrites<NoQuitAtReset>>},
    {"no-quit-at-fin", "Does not tell peers of a FIN.", with_core<Net, Rewrites<NoQuitAtFin>>},
    {"keeps-the-reset", "Keeps a client whose connection was reset.",
     with_core<Net, KeepsTheReset>},
    {"ignores-fin", "Never closes after a FIN.", with_net<Net, IgnoresFin>},
    {"spins-at-fin", "Never closes after a FIN, and polls it for ever.", with_net<Net, SpinsAtFin>},
    {"fin-behind-data-is-lost", "Keeps a client whose FIN came together with data.",
     with_net<Net, FinBehindDataIsLost>},
    {"reset-takes-neighbour", "Disconnects who is served next after a reset.",
     with_net<Net, ResetTakesNeighbour>},
    {"no-error", "Closes without saying why.", with_core<Net, Rewrites<NoError>>},
    {"no-linger", "Closes with input unread and output unsent.", without_linger<Net>},

    {"full-is-broken", "Takes a full buffer for a disconnect.", with_net<Net, FullIsBroken>},
    {"quiet-is-end", "Takes EAGAIN of a read for the end of the stream.",
     with_net<Net, QuietIsEnd>},
    {"short-write-is-lost", "Loses what a write did not take.", with_net<Net, ShortWriteIsLost>},
    {"waits-for-slow-reader", "Serves nobody while one client does not read.",
     with_net<Net, WaitsForSlowReader>},
    {"never-asks", "Never asks whether a silent client is still there.", with_core<Net, NeverAsks>},
});

}  // namespace

template <Network Net>
std::span<const Mutant<Net>> all_mutants() {
  return kMutants<Net>;
}

template <Network Net>
const Mutant<Net>* find_mutant(std::string_view name) {
  const auto found = std::ranges::find(kMutants<Net>, name, &Mutant<Net>::name);
  return found == kMutants<Net>.end() ? nullptr : &*found;
}

template std::span<const Mutant<SimNet>> all_mutants();
template std::span<const Mutant<RecordedNet>> all_mutants();
template const Mutant<SimNet>* find_mutant(std::string_view name);
template const Mutant<RecordedNet>* find_mutant(std::string_view name);

}  // namespace irc::mutants
