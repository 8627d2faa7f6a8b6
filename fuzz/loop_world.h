// LoopWorld: the server and its loop on a SimNet, with clients that do anything, as somebody else
// chooses: a generator with a seed, or a fuzzer's bytes. After every round it looks whether
// everything that always has to hold does:
//
// - the tables of the server agree with each other, and queues keep to their limits (State::check);
// - what the loop keeps of a connection is what the server says of it (PollLoop::check);
// - as many descriptors are open as there are connections, and the listener;
// - no system call names a descriptor that is closed (SimNet aborts), none is polled (PollLoop);
// - what a client hears makes sense (ClientJudge), and who reads all hears an ERROR at its end.
//
// And when the network is quiet again: the loop waits after few rounds, everybody is answered,
// who has ended its lines is closed, and when all have left nothing is left of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/client_judge.h"
#include "harness/script/records.h"
#include "server/core/server.h"
#include "server/loop_limits.h"
#include "server/net/sim_net.h"
#include "server/poll_loop.h"

namespace fuzz {

using conform::script::Record;

// A number below the one given, which is at least 1.
using Choose = std::function<std::uint64_t(std::uint64_t)>;

struct LoopSetup {
  std::uint64_t seed = 1;  // Of the faults only.
  irc::SimFaults faults;
  irc::SimLimits limits;
  irc::LoopLimits loop;
  irc::ServerConfig config;
  // Nothing happens of which the outcome depends on the round in which it is seen: the clock does
  // not jump, descriptors do not run out, no two deadlines are the same, and who closes is gone
  // before the next thing happens. Requires: loop.farewell is at most 40 s.
  bool steady = false;
  ClientJudge::Pings pings = ClientJudge::Pings::rising;
};

// Faults that TCP and the kernel allow at any time and that nobody may notice.
irc::SimFaults transparent_faults();
// Those, connections that break and connections that are aborted before they are accepted.
irc::SimFaults all_faults();
// Small queues, short times, an operator "o" with the password "p".
irc::ServerConfig stress_config();

class LoopWorld {
 public:
  static constexpr std::size_t kClients = Record::kClients;

  explicit LoopWorld(const LoopSetup& setup);

  // One of the clients does one thing, the network or the clock another.
  void act(const Choose& choose);
  // The same as a record has it (harness/script/records.h). What it says is cut into pieces of
  // `cut_bytes`, each read before the next one comes; in one piece where that is 0.
  void perform(const Record& record, std::size_t cut_bytes = 0);
  // One round of the loop; clients read as much as they like to. Whether there may be more to do
  // without anybody acting and without time.
  bool round();
  // Rounds until the loop would wait; at most so many as there is work for.
  void settle();
  // The faults end, all clients read, and each asks for the names of its channels and whether it is
  // heard: all that is still to come comes. Then all leave, and nothing is left.
  void finish();

  // The first thing that did not hold; empty as long as all does.
  const std::string& wrong() const { return wrong_; }
  std::uint64_t rounds() const { return rounds_; }
  // What each client that ever was has heard, in the order in which they connected.
  const std::deque<std::string>& transcripts() const { return transcripts_; }

 private:
  struct Client {
    irc::SimPeer peer{};
    std::size_t number = 0;  // Of its transcript.
    ClientJudge judge;
    bool open = false;  // As far as it knows.
    bool reads = true;
    bool hears_all = true;         // Has read all the time: its connection ends with an ERROR.
    bool ended_lines = false;      // Has shut its side down: what it says now is not heard.
    std::string question = {};     // What is left to say of its last question.
    std::string token = {};        // Of the PING at the end of it.
    std::size_t heard_before = 0;  // Bytes, when it was asked.
  };

  Client& any_client(const Choose& choose);
  void connect(Client& client);
  void limit_descriptors(int count);
  std::string next_token();
  void say(Client& client, std::string_view bytes);
  void say_cut(Client& client, std::string_view bytes, std::size_t cut_bytes);
  void end_lines(Client& client);
  void leave(Client& client, char kind);
  void prepare_questions();
  bool ask();  // Whether more of a question was taken.
  void hear_answers();
  bool is_answered(const Client& client) const;
  bool all_answered() const;
  bool read(Client& client);  // Whether there was something.
  void note(const std::string& what);
  void check();
  void pass(irc::Duration duration);

  irc::SimNet net_;
  irc::Server server_;
  irc::PollLoop<irc::SimNet> loop_;
  std::vector<Client> clients_;
  std::deque<std::string> transcripts_;
  bool has_bot_;
  bool steady_;
  bool paced_;
  irc::Duration farewell_;
  ClientJudge::Pings pings_kind_;
  std::uint64_t tokens_ = 0;
  std::uint64_t rounds_ = 0;
  std::string wrong_;
};

}  // namespace fuzz
