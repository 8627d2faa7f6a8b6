// State::check: what has to hold of the tables between two calls.
#include <algorithm>
#include <cstddef>
#include <map>
#include <string>

#include "server/core/network_of.h"
#include "server/core/state.h"
#include "server/wire/check.h"

namespace irc {
namespace {

// say_goodbye adds it to a queue that is full.
constexpr std::size_t kErrorLineBytesMax = kLineBytesMax;

}  // namespace

void State::check() const {
  CHECK(leaving_.empty());
  std::size_t named = 0;
  std::size_t users = 0;
  std::map<std::string, std::size_t> networks;
  for (const auto& [id, session] : sessions_) {
    check_session(id, session);
    if (session.present() && !session.nick.empty()) ++named;
    if (session.stage == Stage::registered) ++users;
    ++networks[network_of(session.host)];
  }
  CHECK(nicks_.size() == named);
  CHECK(users_ == users);
  CHECK(networks_ == networks);
  for (const auto& [folded, channel] : channels_) check_channel(folded, channel);
}

void State::check_session(ConnId id, const Session& session) const {
  CHECK(session.id == id);
  CHECK(session.stage != Stage::leaving);
  CHECK(session.output.size() <= config_.sendq_bytes_max + kErrorLineBytesMax);
  CHECK(session.output.size() > 0 || session.output.capacity() == SendQueue().capacity());
  CHECK(session.channels.size() <= config_.limits.channels_max);
  CHECK(session.stage == Stage::registered || session.channels.empty());
  for (const Channel* channel : session.channels) {
    const auto found = channels_.find(fold(config_.casemapping, channel->name));
    CHECK(found != channels_.end() && &found->second == channel);
    CHECK(channel->member(session) != nullptr);
  }
  if (!session.present() || session.nick.empty()) return;
  const auto found = nicks_.find(fold(config_.casemapping, session.nick));
  CHECK(found != nicks_.end() && found->second == id);
}

void State::check_channel(const std::string& folded, const Channel& channel) const {
  CHECK(folded == fold(config_.casemapping, channel.name));
  CHECK(!channel.members.empty());
  for (const auto& [id, member] : channel.members) {
    CHECK(member.session == &session(id));
    CHECK(std::ranges::count(member.session->channels, &channel) == 1);
  }
}

}  // namespace irc
