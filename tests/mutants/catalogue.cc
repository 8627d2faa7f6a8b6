#include "tests/mutants/catalogue.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "server/net/sim_net.h"
#include "server/poll_loop.h"
#include "tests/mutants/contents.h"
#include "tests/mutants/cores.h"
#include "tests/mutants/delivery.h"
#include "tests/mutants/empty_lines.h"
#include "tests/mutants/encodings.h"
#include "tests/mutants/framers.h"
#include "tests/mutants/keeping.h"
#include "tests/mutants/mailing.h"
#include "tests/mutants/parsers.h"
#include "tests/mutants/receiving.h"
#include "tests/mutants/recorded_net.h"
#include "tests/mutants/rewriting.h"
#include "tests/mutants/seed_article.h"
#include "tests/mutants/sending.h"
#include "tests/mutants/skipping.h"
#include "tests/mutants/strangers.h"
#include "tests/mutants/waiting.h"
#include "tests/mutants/waking.h"

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
RunRound without_accept_pause(Net& net, typename Net::Socket listener) {
  return assemble<ForwardingNet<Net>, Server, Framer>(net, std::move(listener),
                                                      {.accept_pause = Duration::zero()});
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
    {"dies-of-missing-parameter", "Ends at a TOPIC without a channel.",
     with_core<Net, DiesOf<TopicWithoutParameter>>},
    {"dies-of-many-parameters", "Ends at a line of sixteen parameters.",
     with_core<Net, DiesOf<SixteenParameters>>},
    {"dies-of-empty-pong", "Ends at a PONG without a token.",
     with_core<Net, DiesOf<PongWithoutToken>>},
    {"dies-of-backslash-in-tag", "Ends at a tag whose value ends in a backslash.",
     with_core<Net, DiesOf<BackslashAtEndOfTag>>},
    {"dies-of-empty-line", "Ends at an empty line.", with_net<Net, DiesOfEmptyLine>},
    {"dies-of-reset", "Ends when a connection is reset.", with_net<Net, DiesOfReset>},
    {"dies-of-broken-pipe", "Ends when it writes to a connection that is gone.",
     with_net<Net, DiesOfBrokenPipe>},
    {"dies-of-second-write", "Ends when it writes twice to a connection that is gone.",
     with_net<Net, DiesOfSecondWrite>},

    {"loses-partial-tail", "Forgets the half line at the end of a read.",
     with_framer<Net, LosesPartialTail>},
    {"one-line-a-read", "Executes the first line of each read only.",
     with_framer<Net, OneLineARead>},
    {"repeats-late-ping", "Answers a PING twice that came in two reads.",
     with_framer<Net, LateLines<TwiceIfPing>>},
    {"loses-late-join", "Does not execute a JOIN that came in two reads.",
     with_framer<Net, LateLines<NeverIfJoin>>},
    {"stops-at-empty-line", "Keeps what stands behind an empty line until more comes.",
     with_net<Net, StopsAtEmptyLine>},
    {"lf-apart-is-line", "Takes a LF that comes apart from its CR for an unknown command.",
     with_net<Net, LfApartIsLine>},
    {"runs-twice", "Executes each PRIVMSG twice.", with_core<Net, RunsTwice>},
    {"fin-ends-line", "Executes the line that FIN has cut off.", with_net<Net, FinEndsLine>},
    {"runs-tail-of-overlong", "Executes a line that is too long in pieces.",
     with_framer<Net, LineFramer<RunsTailOfOverlong>>},
    {"buffer-of-1024", "Takes what does not fit 1,024 bytes for the next line.",
     with_framer<Net, FedFramer<EndsWithTheBuffer<1024>>>},
    {"buffer-of-4096", "Takes what does not fit 4,096 bytes for the next line.",
     with_framer<Net, FedFramer<EndsWithTheBuffer<4096>>>},
    {"buffer-of-5003", "Takes what does not fit 5,003 bytes for the next line.",
     with_framer<Net, FedFramer<EndsWithTheBuffer<5003>>>},
    {"buffer-of-16384", "Takes what does not fit 16,384 bytes for the next line.",
     with_framer<Net, FedFramer<EndsWithTheBuffer<16384>>>},
    {"buffer-of-65536", "Takes what does not fit 65,536 bytes for the next line.",
     with_framer<Net, FedFramer<EndsWithTheBuffer<65536>>>},
    {"buffer-of-1024-unregistered", "Does so before registration only.",
     with_framer<Net, FedFramer<EndsWithTheBufferUnregistered<1024>>>},
    {"drops-one-read", "Drops of a line that is too long only what has come with the same read.",
     with_framer<Net, FedFramer<DropsOneRead>>},
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
    {"empty-line-behind-names", "Sends an empty line behind each 366.",
     with_core<Net, Rewrites<EmptyLineBehindNames>>},
    {"numerics-without-source", "Sends numerics without its name.",
     with_core<Net, Rewrites<NoSourceOfNumerics>>},
    {"no-colon-before-source", "Forgets the colon before its name in a 421.",
     with_core<Net, Rewrites<NoColonBeforeSource>>},
    {"interleaved", "Writes long messages of two senders in halves, by turns.",
     with_core<Net, RewritesBatch<Interleaved>>},
    {"relays-nul", "Relays a NUL.", with_core<Net, RelaysNul>},

    {"names-of-any-length", "Takes names that are longer than it announces.",
     with_core<Net, NamesOfAnyLength>},
    {"one-more-than-announced", "Takes one more of everything than it announces.",
     with_core<Net, OneMoreThanAnnounced>},
    {"sixteen-tokens", "Sends three tokens more in a 005 than there is room for.",
     with_core<Net, Rewrites<SixteenTokens>>},
    {"swaps-mode-parameters", "Mistakes the first parameter of a MODE for the last.",
     with_core<Net, SwapsModeParameters>},
    {"topic-is-end-of-text", "Keeps the end of a topic that is too long.",
     with_core<Net, TopicIsEndOfText>},
    {"channels-in-one-line", "Sends the channels of WHOIS in one line, however long.",
     with_core<Net, RewritesBatch<ChannelsInOneLine>>},
    {"loses-fifteenth-parameter", "Has room for fourteen parameters.",
     with_core<Net, LosesFifteenthParameter>},
    {"tags-up-to-512", "Takes no more than 512 bytes of tags.", with_framer<Net, TagsUpTo<512>>},
    {"tags-up-to-8192", "Takes 8,192 bytes of tags.", with_framer<Net, TagsUpTo<8192>>},

    {"commands-have-case", "Knows commands in capitals only.",
     with_core<Net, Reads<CommandsHaveCase>>},
    {"blanks-collapse", "Relays a text with one blank where there were more.",
     with_core<Net, Reads<BlanksCollapse>>},
    {"blank-is-parameter", "Takes blanks at the end of a line for an empty parameter.",
     with_core<Net, Reads<BlankIsParameter>>},
    {"strips-all-colons", "Takes all colons before a text away.",
     with_core<Net, Reads<StripsAllColons>>},
    {"trailing-is-text", "Takes what stands behind a colon for no parameter.",
     with_core<Net, Reads<TrailingIsText>>},
    {"any-colon-begins-text", "Takes a colon inside a word for the begin of the text.",
     with_core<Net, Reads<AnyColonBeginsText>>},
    {"drops-empty-text", "Takes an empty parameter for none.",
     with_core<Net, Reads<DropsEmptyText>>},
    {"tab-is-blank", "Takes a tab for a blank.", with_core<Net, Reads<TabIsBlank>>},
    {"list-ends-at-empty-item", "Does not see what stands behind an empty item of a list.",
     with_core<Net, Reads<ListEndsAtEmptyItem>>},
    {"joins-again", "Joins a channel that a list names twice twice.", with_core<Net, JoinsAgain>},
    {"malformed-is-quit", "Closes at a line without a command of letters.",
     with_core<Net, Reads<MalformedIsQuit>>},
    {"passes-numerics-on", "Passes on what a client says with a numeric.",
     with_core<Net, Reads<PassesNumericsOn>>},
    {"takes-servers-commands", "Takes ERROR and NJOIN from a client.",
     with_core<Net, Reads<TakesServersCommands>>},
    {"believes-sources", "Takes a message for that of the client whose name stands before it.",
     with_core<Net, BelievesSources>},
    {"no-unknown-command", "Does not answer unknown commands.",
     with_core<Net, Rewrites<NoUnknownCommand>>},
    {"no-missing-parameter", "Does not answer commands that lack a parameter.",
     with_core<Net, Rewrites<NoMissingParameter>>},

    {"source-is-command", "Takes a source for the command.",
     with_core<Net, Reads<SourceIsCommand>>},
    {"refuses-extra-parameter", "Refuses a JOIN with a parameter too many.",
     with_core<Net, Reads<RefusesExtraParameter>>},
    {"seven-bits", "Takes the eighth bit off each byte.", with_core<Net, Reads<SevenBits>>},
    {"strips-control-codes", "Takes control codes out of each line.",
     with_core<Net, Reads<StripsControlCodes>>},
    {"dies-of-not-utf8", "Ends at a line that is not UTF-8.", with_core<Net, DiesOf<NotUtf8>>},
    {"decodes-each-read", "Decodes what each read brings by itself.",
     with_net<Net, DecodesEachRead>},
    {"utf8only-in-name", "Announces UTF8ONLY, and relays and cuts as if it did not.",
     with_core<Net, Rewrites<Utf8OnlyInName>>},
    {"names-have-case", "Takes names in the other case for others.", with_core<Net, NamesHaveCase>},
    {"ascii-not-rfc1459", "Announces rfc1459, and compares names as ascii has it.",
     with_core<Net, ComparesOtherwise<Announced::rfc1459, Casemapping::ascii>>},
    {"ascii-not-strict", "Announces rfc1459-strict, and compares names as ascii has it.",
     with_core<Net, ComparesOtherwise<Announced::rfc1459_strict, Casemapping::ascii>>},
    {"rfc1459-not-strict", "Announces strict-rfc1459, and compares names as rfc1459 has it.",
     with_core<Net, ComparesOtherwise<Announced::strict_rfc1459, Casemapping::rfc1459>>},
    {"rfc1459-not-ascii", "Announces ascii, and compares names as rfc1459 has it.",
     with_core<Net, ComparesOtherwise<Announced::ascii, Casemapping::rfc1459>>},

    {"pong-of-one-word", "Answers a PING with the first word of its token.",
     with_core<Net, Rewrites<PongOfOneWord>>},
    {"pong-of-server-only", "Answers a PING with its own name alone.",
     with_core<Net, Rewrites<PongOfServerOnly>>},
    {"pong-without-server", "Answers a PING with the token alone.",
     with_core<Net, Rewrites<PongWithoutServer>>},
    {"pongs-last-first", "Answers PINGs that came together from the last to the first.",
     with_core<Net, RewritesBatch<PongsLastFirst>>},
    {"pong-twice", "Answers each PING twice.", with_core<Net, Rewrites<PongTwice>>},
    {"pong-is-quit", "Closes the connection at a PONG.", with_core<Net, PongIsQuit>},

    {"runs-lines-after-quit", "Executes the lines that came with a QUIT or a KILL, behind it.",
     with_core<Net, RunsLinesAfterQuit>},
    {"quit-does-not-close", "Leaves the connection open after a QUIT.",
     with_core<Net, QuitDoesNotClose>},
    {"quit-twice", "Tells peers twice that somebody leaves.", with_core<Net, Rewrites<QuitTwice>>},
    {"quits-together-twice", "Tells peers twice of one of those that leave together.",
     with_core<Net, RewritesBatch<QuitsTogetherTwice>>},
    {"keeps-the-nick", "Keeps the nickname of whoever leaves.",
     with_core<Net, KeepsTheNick<Haunts::everybody>>},
    {"keeps-the-nick-unregistered", "Keeps the nickname of whoever leaves before registration.",
     with_core<Net, KeepsTheNick<Haunts::unregistered>>},
    {"seats-by-nick", "Gives the seats and rights of who left to the next of that nickname.",
     with_core<Net, SeatsByNick>},
    {"inherited-mail", "Sends what waited for a client that was reset to the next one.",
     with_core<Net, InheritedMail>},
    {"one-addressee-a-round", "Sends all messages of a round to whom the first was for.",
     with_core<Net, OneAddresseeARound>},
    {"errors-to-everybody", "Tells everybody what one client did wrong.",
     with_core<Net, ErrorsToEverybody>},
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
    {"skips-next-to-leaver", "Does not serve who stands behind a leaver in the array.",
     with_net<Net, SkipsNextToLeaver>},
    {"skips-who-takes-the-place", "Does not serve the last, who takes a leaver's place.",
     with_net<Net, SkipsWhoTakesThePlace>},
    {"first-of-several", "Serves the first of those who are ready at the same time.",
     with_net<Net, FirstOfSeveral>},
    {"accepts-one-a-round", "Accepts one client a round; otherwise sound.",
     with_net<Net, AcceptsOneARound>},
    {"no-error", "Closes without saying why.", with_core<Net, Rewrites<NoError>>},
    {"no-linger", "Closes with input unread and output unsent.", without_linger<Net>},

    {"full-is-broken", "Takes a full buffer for a disconnect.", with_net<Net, FullIsBroken>},
    {"quiet-is-end", "Takes EAGAIN of a read for the end of the stream.",
     with_net<Net, QuietIsEnd>},
    {"short-write-is-lost", "Loses what a write did not take.", with_net<Net, ShortWriteIsLost>},
    {"resends-cut-line", "Sends a line again where a write took a part of it.",
     with_net<Net, ResendsCutLine>},
    {"oldest-twice", "Sends the oldest line twice to who does not read.",
     with_core<Net, RewritesBatch<OfBacklog<OldestTwice>>>},
    {"oldest-is-dropped", "Drops the oldest line for who does not read.",
     with_core<Net, RewritesBatch<OfBacklog<OldestIsDropped>>>},
    {"oldest-comes-second", "Changes the order of lines for who does not read.",
     with_core<Net, RewritesBatch<OfBacklog<OldestComesSecond>>>},
    {"sleeps-for-flooder", "Serves nobody for a while after a client sent many lines at once.",
     with_net<Net, SleepsForFlooder>},
    {"waits-for-slow-reader", "Serves nobody while one client does not read.",
     with_net<Net, WaitsForSlowReader>},
    {"waits-for-first-line", "Serves nobody while a new client says nothing.",
     with_net<Net, WaitsForFirstLine>},
    {"waits-for-rest-of-line", "Serves nobody while one client is in the middle of a line.",
     with_net<Net, WaitsForRestOfLine>},
    {"fd-set-is-full", "Closes connections whose descriptor is above 1,023.",
     with_net<Net, FdSetIsFull>},
    {"gives-up-accepting", "Never accepts again once it was out of descriptors.",
     with_net<Net, GivesUpAccepting>},
    {"closes-unasked", "Closes silent clients without a PING before.",
     with_core<Net, Rewrites<NoPing>>},
    {"asks-for-ever", "Asks silent clients again and again, and gives none up.",
     with_core<Net, AsksForEver>},
    {"pong-of-one-read", "Knows a PONG only where it comes in one read.",
     with_framer<Net, PongOfOneRead>},
    {"dies-without-descriptors", "Ends when it is out of descriptors.",
     with_net<Net, DiesWithoutDescriptors>},
    {"spins-without-descriptors", "Tries to accept for ever while it is out of descriptors.",
     without_accept_pause<Net>},
    {"accepts-once-per-edge", "Accepts one of those that arrive together.",
     with_net<Net, AcceptsOncePerEdge>},
    {"never-waits", "Polls without ever waiting.", with_net<Net, NeverWaits>},
    {"spins-after-half-line", "Polls without waiting once somebody has left half a line.",
     with_net<Net, SpinsAfterHalfLine>},
    {"dies-of-interruption", "Ends when its wait is interrupted.",
     with_net<Net, DiesOfInterruption>},
    {"keeps-descriptor-at-reset", "Loses a descriptor with each reset.",
     with_net<Net, KeepsDescriptorAtReset>},
    {"keeps-buffer-of-each", "Never frees the buffer of a connection.",
     with_net<Net, KeepsBufferOfEach>},
    {"keeps-half-lines", "Never frees what had no end.", with_net<Net, KeepsHalfLines>},
    {"keeps-names", "Remembers every nickname and channel.", with_core<Net, KeepsNames>},
    {"thread-for-each", "Starts a thread for each connection, and never ends it.",
     with_net<Net, ThreadForEach>},
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
