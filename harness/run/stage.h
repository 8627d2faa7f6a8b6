// Stage: the clients of one case over a world. It moves bytes between clients and connections,
// answers the server's PINGs, and keeps what all steps share: names, matcher, transcript, negatives
// that wait for their barrier. It decides nothing; activities (harness/run/activity) do.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/barrier.h"
#include "harness/run/bindings.h"
#include "harness/run/client.h"
#include "harness/run/cut.h"
#include "harness/run/match.h"
#include "harness/run/profile.h"
#include "harness/run/result.h"
#include "harness/run/transcript.h"
#include "harness/run/world.h"

namespace conform {

// How long things may take at this target.
struct Pace {
  Duration expectation{std::chrono::seconds(5)};  // Unless the step says `within`.
  Duration registration{std::chrono::seconds(15)};
  Duration silence{std::chrono::milliseconds(120)};  // Barrier::silence.
  double scale = 1;                                  // Applied to `within` too.

  Duration scaled(Duration time) const {
    return std::chrono::duration_cast<Duration>(time * scale);
  }
};

// `<!`: judged when its client reaches its next barrier.
struct PendingNegative {
  std::size_t client = 0;
  const script::Step* step = nullptr;
  std::size_t from = 0;  // The first line it is about.
};

template <World W>
class Stage {
 public:
  // Everything referred to must outlive the stage. `source` is the first of the source addresses
  // that its clients use.
  Stage(W& world, const Profile& profile, const script::Case& item, FreshNames& names,
        const Pace& pace, std::uint32_t source);
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  // Closes what is still open; see depart() for the way that costs the target nothing.
  ~Stage();

  // ---- What all steps share.
  W& world() { return world_; }
  const Profile& profile() const { return profile_; }
  const Pace& pace() const { return pace_; }
  const script::Case& item() const { return item_; }
  Bindings& bindings() { return bindings_; }
  FreshNames& names() { return names_; }
  Matcher& matcher() { return matcher_; }
  Transcript& transcript() { return transcript_; }
  // The transcript with fresh names in braces.
  std::string transcript_text() const { return bindings_.unbound(transcript_.text()); }
  std::vector<PendingNegative>& negatives() { return negatives_; }
  std::vector<Client>& clients() { return clients_; }
  Client& client(std::size_t index) { return clients_[index]; }
  // The indices of the clients that one declaration stands for: one, or a crowd.
  std::vector<std::size_t> members(const std::vector<script::ClientIndex>& who) const;
  // A client of ours that no script knows, for a target whose kernel cannot be asked: it is
  // registered with the others and answered before a boundary is believed.
  std::optional<std::size_t> witness() const { return witness_; }
  // The options of its declaration.
  const script::ClientDecl& declared(const Client& client) const;
  // How long an expectation may take: `within`, or what is usual here, scaled.
  Duration limit(std::optional<script::Millis> within) const {
    return pace_.scaled(within ? Duration(*within) : pace_.expectation);
  }
  // The same where the client's own line has to be read first: a newcomer may have to wait, for
  // some servers read nothing of it while they look up its names.
  Duration limit(const Client& client) const;
  Duration registration_limit() const { return pace_.scaled(pace_.registration); }

  // ---- Moving bytes.
  // False, and why in the transcript, if no connection could be made.
  bool connect(Client& client);
  // Queues and sends what the kernel takes at once. `more`: keep it for what follows.
  void send(Client& client, std::string_view bytes, bool more = false);
  // The same, for bytes of the script: the transcript keeps them.
  void say(Client& client, std::string_view bytes, bool more = false);
  void send_urgent(Client& client, std::string_view bytes);
  bool flushed(const Client& client) const { return client.outgoing.empty(); }
  void fin(Client& client);
  void rst(Client& client);
  void close(Client& client);  // Reads what is there first.
  void close_dirty(Client& client);
  // Everybody says QUIT and sends FIN. Their connections are to be read until departed(): closing
  // with unread input would send RST, and whatever that does to the target is no case's doing.
  void depart();
  bool departed() const;
  // The barrier with this line was answered: negatives are due up to it.
  void pass_barrier(Client& client, std::size_t line);

  // ---- Being driven.
  void watch(std::vector<Watch>& watches);    // Appends those of this stage.
  void pump(std::span<const Watch> watches);  // The same ones, after poll.
  // An activity wants to be asked again by then; the earliest counts until the next take_wake.
  void wake_at(TimePoint time);
  std::optional<TimePoint> take_wake();

  // How much has been received so far, of all clients: where it has not changed there is nothing
  // new to be looked at.
  std::uint64_t arrivals() const { return arrivals_; }

  // ---- Segments and boundaries.
  void cut_by(const Cut& cut) { cut_ = cut; }
  const Cut& cut() const { return cut_; }
  // The segments of the script's next send, which is written in these.
  std::vector<std::string> segments_of_send(std::vector<std::string> written);
  // Where the sends so far can be cut, and how many they were; kept where they are not.
  const std::set<std::size_t>& cut_points() const { return cut_points_; }
  std::uint64_t sends() const { return sends_; }
  std::uint64_t bytes_of_sends() const { return bytes_of_sends_; }
  // What the boundary before the next segment of this client is worth.
  void fenced(Client& client, FenceResult result) { client.fence = result; }
  // The worst that any was worth.
  Boundaries boundaries() const;
  const BoundaryCounts& boundary_counts() const { return boundary_counts_; }
  // The server has ended a connection whose PING could not be answered in the middle of a line.
  bool silenced() const { return silenced_; }
  // A barrier was only a silence: everything that follows rests on it.
  void rest_on_silence() { rests_on_silence_ = true; }
  bool rests_on_silence() const { return rests_on_silence_; }

 private:
  void add_clients();
  void bind_names();
  void count_boundary(Client& client);
  void flush(Client& client, bool more);
  void end_order();
  void receive(Client& client, bool all);
  void serve_line(Client& client, std::size_t line);
  void pay_pong(Client& client);

  W& world_;
  const Profile& profile_;
  const script::Case& item_;
  FreshNames& names_;
  const Pace& pace_;
  std::uint32_t source_;
  Bindings bindings_;
  Matcher matcher_;
  Transcript transcript_;
  std::vector<Client> clients_;
  std::optional<std::size_t> witness_;
  script::ClientDecl witness_declared_;
  std::vector<std::size_t> watched_;  // Client of each watch of the last watch().
  std::vector<PendingNegative> negatives_;
  std::optional<TimePoint> wake_;
  std::uint64_t arrivals_ = 0;
  bool ordered_ = true;  // Nobody has left without a fence yet.
  bool rests_on_silence_ = false;
  bool silenced_ = false;
  Cut cut_;
  std::uint64_t sends_ = 0;
  std::uint64_t bytes_of_sends_ = 0;
  std::uint64_t cuts_ = 0;
  std::set<std::size_t> cut_points_;
  BoundaryCounts boundary_counts_;
};

}  // namespace conform
