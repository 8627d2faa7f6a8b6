// State: who is connected, which channels there are, and the ways to say something to them. The
// commands work on it; Server is its face to the loop.
//
// Nothing vanishes while a command runs: who has to go is marked (leave) and swept when the
// command is done, so that a broadcast may end clients, the one that sent it among them.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/channel.h"
#include "server/core/config.h"
#include "server/core/pauses.h"
#include "server/core/reply.h"
#include "server/core/session.h"
#include "server/wire/numeric.h"

namespace irc {

// The last line of a connection, with terminator.
std::string closing_link(std::string_view host, std::string_view reason);

// Someone who had a nickname once, for WHOWAS.
struct Former {
  std::string nick, user, host, realname;
  std::int64_t left_at = 0;
};

// What an operator has asked for that is not the protocol's: REHASH, DIE.
struct Requests {
  bool rehash = false;
  bool die = false;
};

// That somebody tried to become an operator who is none.
struct OperAttempt {
  ConnId id{};
  bool granted = false;
};

class State {
 public:
  explicit State(ServerConfig config) : config_(std::move(config)) {}

  const ServerConfig& config() const { return config_; }
  // Requires: name, casemapping and utf8_only are the same, as the tables rest on them.
  void set_config(ServerConfig config);
  TimePoint now() const { return now_; }
  std::int64_t unix_time(TimePoint time) const;
  std::int64_t unix_now() const { return unix_time(now_); }
  Millis unix_millis_now() const;
  TimePoint started() const { return started_.value_or(now_); }
  // The time of what is being handled. Requires: it never goes back.
  void set_now(TimePoint now);

  // References and pointers to sessions are valid until erase, those to channels until leave.
  Session& open(ConnId id, const Origin& origin);
  Session& session(ConnId id);  // Requires: opened, not erased.
  const Session& session(ConnId id) const;
  void erase(ConnId id);  // Requires: it is closing.
  // In client order, those that are leaving included.
  std::map<ConnId, Session>& sessions() { return sessions_; }
  const std::map<ConnId, Session>& sessions() const { return sessions_; }
  std::size_t sessions_near(std::string_view host) const;  // From the same network_of it.

  // A registered client by its nickname; null if there is none.
  Session* find_user(std::string_view nick);
  // Whoever has it, registered or not; null if it is free.
  Session* holder(std::string_view nick);
  // Requires: the nickname is valid, and free or its own.
  void rename(Session& session, std::string_view nick);
  const std::deque<Former>& formers() const { return formers_; }  // The latest first.

  // Lets it in, for good. Requires: it is registering, and has a nickname and a user.
  void admit(Session& session);
  std::size_t users() const { return users_; }            // Registered, and not leaving.
  std::size_t users_most() const { return users_most_; }  // There have ever been.

  // How often each command was used, and the bytes of it (STATS m). Commands that are not known
  // are not counted. Requires: the name stays valid.
  void count_command(std::string_view name, std::size_t bytes) { uses_[name].count(bytes); }
  const std::map<std::string_view, Traffic>& uses() const { return uses_; }

  Requests& requests() { return requests_; }
  // Whose OPERs are not looked at, by network_of.
  Pauses& oper_pauses() { return oper_pauses_; }
  // The last one.
  std::optional<OperAttempt>& oper_attempt() { return oper_attempt_; }

  // See Server::take_changed.
  std::vector<ConnId> take_changed() { return std::exchange(changed_, {}); }

  // In the order of their folded names.
  std::map<std::string, Channel>& channels() { return channels_; }
  const std::map<std::string, Channel>& channels() const { return channels_; }
  Channel* find_channel(std::string_view name);
  Channel& create_channel(std::string_view name);
  void enter(Session& session, Channel& channel, bool op);
  // Takes it off the channel, which ends with its last member.
  void depart(Session& session, Channel& channel);

  // Whose doing the lines are that are sent from now on; null: the server's own. A bot's are tagged
  // (IRCv3 bot-mode). Requires: it is reset before that session is erased.
  void set_actor(const Session* actor) { actor_ = actor; }

  // One line, with terminator; ends a client whose queue would hold too much. In front come the
  // tags that the client has asked for, the last of them `client_tags`: of another client,
  // "+a=b;+c", without '@'.
  void send(Session& session, std::string_view line, std::string_view client_tags = {});
  void send_to_members(const Channel& channel, std::string_view line);
  // Everybody who is on a channel with it, once, in client order, without itself.
  std::vector<Session*> peers_of(const Session& session) const;
  void send_to_peers(const Session& session, std::string_view line);

  // ":server 401 me middle... :text", with the standard text where none is given.
  void reply(Session& session, Numeric numeric, Middles middles = {});
  void reply(Session& session, Numeric numeric, Middles middles, std::string_view text);
  // Without text: all that there is are the middles.
  void reply_bare(Session& session, Numeric numeric, Middles middles);
  void reply_list(Session& session, Numeric numeric, Middles middles,
                  std::span<const std::string> words);

  // Marks it as leaving; the first reason holds.
  void leave(Session& session, std::string_view reason);
  // The same, as the will of the server or of an operator.
  void dismiss(Session& session, std::string_view reason);
  // Tells the peers of all who are leaving, and frees what they had. Only their output stays.
  void sweep();

  // Holds the tables against each other: nicknames and sessions, members and channels, queues and
  // their limits. Takes time in proportion to all of them: for tests.
  void check() const;

 private:
  std::string tags_for(const Session& session, std::string_view client_tags);
  void queue(Session& session, std::string_view bytes);
  void check_session(ConnId id, const Session& session) const;
  void check_channel(const std::string& folded, const Channel& channel) const;
  bool overflows(const Session& session, std::size_t bytes) const;
  void say_goodbye(Session& session);
  void remember(const Session& session);

  ServerConfig config_;
  TimePoint now_{};
  std::optional<TimePoint> started_;
  std::map<ConnId, Session> sessions_;
  std::map<std::string, std::size_t> networks_;  // How many sessions come from each (network_of).
  std::map<std::string, Channel> channels_;      // By folded name, like nicks_.
  std::map<std::string, ConnId> nicks_;
  std::deque<Former> formers_;
  std::deque<ConnId> leaving_;
  std::vector<ConnId> changed_;
  std::size_t users_ = 0;
  std::size_t users_most_ = 0;
  std::map<std::string_view, Traffic> uses_;
  Requests requests_;
  Pauses oper_pauses_;
  std::optional<OperAttempt> oper_attempt_;
  const Session* actor_ = nullptr;
  std::string time_tag_;  // Of now_; empty until somebody wants it.
};

}  // namespace irc
