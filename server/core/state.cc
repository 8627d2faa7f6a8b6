#include "server/core/state.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "server/core/dates.h"
#include "server/core/network_of.h"
#include "server/wire/check.h"

namespace irc {
namespace {

constexpr std::size_t kFormersMax = 100;
constexpr std::size_t kQueueShareBytes = 65536;  // See ServerConfig::sendq_all_bytes_max.

// A parameter may not begin with a colon, and "::1" is the same as "0::1" (Modern IRC, WHOIS).
std::string as_parameter(std::string_view host) {
  return std::string(host.starts_with(':') ? "0" : "").append(host);
}

}  // namespace

std::string closing_link(std::string_view host, std::string_view reason) {
  std::string text("Closing Link: ");
  text.append(host).append(" (").append(reason).append(")");
  return line({}, "ERROR", {}, text);
}

void State::set_config(ServerConfig config) {
  config_ = std::move(config);
  time_tag_.clear();  // The clock may have been set.
}

std::int64_t State::unix_time(TimePoint time) const {
  const Duration since = config_.unix_time_of_epoch + time.time_since_epoch();
  return std::chrono::floor<std::chrono::seconds>(since).count();
}

Millis State::unix_millis_now() const {
  return std::chrono::floor<Millis>(config_.unix_time_of_epoch + now_.time_since_epoch());
}

void State::set_now(TimePoint now) {
  CHECK(now >= now_);
  if (now != now_) time_tag_.clear();
  now_ = now;
  if (!started_) started_ = now;
}

Session& State::open(ConnId id, const Origin& origin) {
  const auto [position, inserted] = sessions_.try_emplace(id);
  CHECK(inserted);
  Session& session = position->second;
  session.id = id;
  session.host = as_parameter(origin.host);
  session.secure = origin.secure;
  ++networks_[network_of(session.host)];
  session.connected = now_;
  return session;
}

Session& State::session(ConnId id) {
  const auto found = sessions_.find(id);
  CHECK(found != sessions_.end());
  return found->second;
}

const Session& State::session(ConnId id) const {
  const auto found = sessions_.find(id);
  CHECK(found != sessions_.end());
  return found->second;
}

void State::erase(ConnId id) {
  CHECK(session(id).stage == Stage::closing);
  const auto network = networks_.find(network_of(session(id).host));
  if (--network->second == 0) networks_.erase(network);
  sessions_.erase(id);
}

void State::admit(Session& session) {
  CHECK(session.stage == Stage::registering);
  session.stage = Stage::registered;
  session.signed_on = session.active = now_;
  users_most_ = std::max(users_most_, ++users_);
}

std::size_t State::sessions_near(std::string_view host) const {
  const auto found = networks_.find(network_of(host));
  return found == networks_.end() ? 0 : found->second;
}

Session* State::holder(std::string_view nick) {
  const auto found = nicks_.find(fold(config_.casemapping, nick));
  return found == nicks_.end() ? nullptr : &session(found->second);
}

Session* State::find_user(std::string_view nick) {
  Session* const session = holder(nick);
  return session != nullptr && session->stage == Stage::registered ? session : nullptr;
}

void State::rename(Session& session, std::string_view nick) {
  if (session.stage == Stage::registered) remember(session);
  nicks_.erase(fold(config_.casemapping, session.nick));
  session.nick = nick;
  const bool inserted = nicks_.try_emplace(fold(config_.casemapping, nick), session.id).second;
  CHECK(inserted);
}

Channel* State::find_channel(std::string_view name) {
  const auto found = channels_.find(fold(config_.casemapping, name));
  return found == channels_.end() ? nullptr : &found->second;
}

Channel& State::create_channel(std::string_view name) {
  Channel& channel = channels_[fold(config_.casemapping, name)];
  CHECK(channel.members.empty());
  channel.name = name;
  channel.created_at = unix_now();
  return channel;
}

void State::enter(Session& session, Channel& channel, bool op) {
  channel.members[session.id] = Member{.session = &session, .op = op, .voice = false};
  std::erase_if(channel.invited, [&](const auto& each) { return each.guest == session.id; });
  session.channels.push_back(&channel);
}

void State::depart(Session& session, Channel& channel) {
  std::erase(session.channels, &channel);
  channel.members.erase(session.id);
  if (channel.members.empty()) channels_.erase(fold(config_.casemapping, channel.name));
}

// All queues are only summed up when one of them has grown by a share.
bool State::overflows(const Session& session, std::size_t bytes) const {
  const std::size_t size = session.output.size();
  if (size + bytes > config_.sendq_bytes_max) return true;
  const bool grown = size / kQueueShareBytes != (size + bytes) / kQueueShareBytes;
  if (!grown || !config_.sendq_all_bytes_max) return false;
  std::size_t all = bytes;
  for (const auto& [id, each] : sessions_) all += each.output.size();
  return all > *config_.sendq_all_bytes_max;
}

void State::send(Session& session, std::string_view line, std::string_view client_tags) {
  if (!session.present()) return;
  const std::string tags = tags_for(session, client_tags);
  if (overflows(session, tags.size() + line.size())) {
    session.output.drop_lines();
    dismiss(session, "Max SendQ exceeded");
    return;
  }
  queue(session, tags);
  queue(session, line);
  session.sent.count(tags.size() + line.size());
}

void State::queue(Session& session, std::string_view bytes) {
  if (session.output.size() == 0 && !bytes.empty()) changed_.push_back(session.id);
  session.output.append(bytes);
}

// IRCv3 message-tags, size limit: the server's come first. Neither grows over its 4094 bytes: a
// client's are no longer than they came.
std::string State::tags_for(const Session& session, std::string_view client_tags) {
  std::string tags;
  const auto add = [&tags](std::string_view more) {
    tags.append(tags.empty() ? "@" : ";").append(more);
  };
  if (session.caps.server_time) {
    if (time_tag_.empty()) time_tag_ = "time=" + time_tag(unix_millis_now());
    add(time_tag_);
  }
  if (session.caps.message_tags) {
    if (actor_ != nullptr && actor_->bot) add("bot");
    if (!client_tags.empty()) add(client_tags);
  }
  return tags.empty() ? tags : tags.append(" ");
}

void State::send_to_members(const Channel& channel, std::string_view line) {
  for (const auto& [id, member] : channel.members) send(*member.session, line);
}

std::vector<Session*> State::peers_of(const Session& session) const {
  std::vector<Session*> peers;
  for (const Channel* channel : session.channels) {
    for (const auto& [id, member] : channel->members) {
      if (member.session != &session && member.session->present()) peers.push_back(member.session);
    }
  }
  std::ranges::sort(peers, {}, &Session::id);
  peers.erase(std::unique(peers.begin(), peers.end()), peers.end());
  return peers;
}

void State::send_to_peers(const Session& session, std::string_view line) {
  for (Session* peer : peers_of(session)) send(*peer, line);
}

void State::reply(Session& session, Numeric numeric, Middles middles) {
  reply(session, numeric, middles, text(numeric));
}

void State::reply(Session& session, Numeric numeric, Middles middles, std::string_view text) {
  const std::string command = code(numeric) + ' ' + std::string(session.target());
  send(session, line(config_.name, command, middles, text));
}

void State::reply_bare(Session& session, Numeric numeric, Middles middles) {
  const std::string command = code(numeric) + ' ' + std::string(session.target());
  send(session, line(config_.name, command, middles));
}

void State::reply_list(Session& session, Numeric numeric, Middles middles,
                       std::span<const std::string> words) {
  const std::string command = code(numeric) + ' ' + std::string(session.target());
  for (const std::string& each : list_lines(config_.name, command, middles, words)) {
    send(session, each);
  }
}

void State::leave(Session& session, std::string_view reason) {
  if (!session.present()) return;
  if (session.stage == Stage::registered) {
    remember(session);
    --users_;
  }
  session.stage = Stage::leaving;
  session.leave_reason = reason;
  leaving_.push_back(session.id);
}

void State::dismiss(Session& session, std::string_view reason) {
  session.dismissed |= session.present();
  leave(session, reason);
}

// Telling the peers of one may end another: it then joins the queue, once.
void State::sweep() {
  while (!leaving_.empty()) {
    Session& leaving = session(leaving_.front());
    set_actor(&leaving);
    say_goodbye(leaving);
    leaving_.pop_front();
  }
  set_actor(nullptr);
}

void State::say_goodbye(Session& session) {
  CHECK(session.stage == Stage::leaving);
  if (!session.channels.empty()) {
    send_to_peers(session, line(session.source(), "QUIT", {}, session.leave_reason));
  }
  while (!session.channels.empty()) depart(session, *session.channels.back());
  nicks_.erase(fold(config_.casemapping, session.nick));
  queue(session, closing_link(session.host, session.leave_reason));
  session.stage = Stage::closing;
  changed_.push_back(session.id);
}

void State::remember(const Session& session) {
  formers_.push_front({session.nick, session.user, session.host, session.realname, unix_now()});
  if (formers_.size() > kFormersMax) formers_.pop_back();
}

}  // namespace irc
