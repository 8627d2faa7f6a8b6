#include "fuzz/client_judge.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace fuzz {
namespace {

constexpr std::size_t kBodyBytesMax = 510;

bool is_numeric(std::string_view command) {
  return command.size() == 3 && '0' <= command[0] && command[0] <= '9';
}

bool is_channel(std::string_view target) {
  return target.starts_with('#');
}

}  // namespace

void ClientJudge::hear(std::string_view bytes) {
  for (const char byte : bytes) {
    line_ += byte;
    if (byte != '\n') continue;
    judge(line_);
    line_.clear();
  }
}

void ClientJudge::fail(const std::string& what) {
  if (wrong_.empty()) wrong_ = (nick_.empty() ? "*" : nick_) + ": " + what + ": " + line_;
}

void ClientJudge::judge(std::string_view line) {
  if (ended_) return fail("heard behind ERROR");
  if (!line.ends_with("\r\n")) return fail("a line without CR LF");
  line.remove_suffix(2);
  const irc::ParseResult parsed = irc::parse_message(line);
  if (!parsed) return fail("no message");
  const irc::Message& message = parsed.message;
  const std::size_t tags = message.tags.empty() ? 0 : message.tags.size() + 2;
  if (line.size() - tags > kBodyBytesMax) return fail("too long");
  if (is_numeric(message.command)) return judge_numeric(message);
  if (message.command == "PONG") return judge_pong(message.param(1));
  if (message.command == "ERROR") {
    ended_ = true;
  } else if (!message.source.empty()) {
    judge_named(message);
  }
}

void ClientJudge::judge_numeric(const irc::Message& message) {
  const std::string target(message.param(0));
  if (message.command == "001") {
    if (std::exchange(registered_, true)) fail("welcomed twice");
    nick_ = target;
  }
  if (registered_ && target != nick_) fail("another's numeric");
  if (message.command == "353") {
    const auto found = channels_.find(message.param(2));
    if (found == channels_.end()) return;
    listing_ = found->first;
    std::string_view names = message.param(3);
    while (!names.empty()) {
      const std::size_t end = std::min(names.find(' '), names.size());
      std::string_view name = names.substr(0, end);
      name.remove_prefix(std::min(name.find_first_not_of("@+"), name.size()));
      name = irc::parse_source(name).name;  // With userhost-in-names there is more of it.
      if (!found->second.listed.emplace(name).second) fail("listed twice");
      names.remove_prefix(std::min(end + 1, names.size()));
    }
  }
  // Which may name the channel as it was asked for, in other letters than those of the list.
  if (message.command == "366") {
    const std::string listed = std::exchange(listing_, {});
    end_of_names(listed.empty() ? std::string(message.param(1)) : listed);
  }
}

void ClientJudge::judge_named(const irc::Message& message) {
  const std::string who(irc::parse_source(message.source).name);
  const std::string target(message.param(0));
  const std::string_view command = message.command;
  if (command == "JOIN") return join(who, target);
  if (command == "PART") return leave(who, target);
  if (command == "KICK") return leave(std::string(message.param(1)), target);
  if (command == "QUIT") return quit(who);
  if (command == "NICK") return rename(who, target);
  if (command == "AWAY") return;  // Its parameter is any text.
  // With echo-message it hears what it says to a channel from outside.
  if (is_channel(target) && who != nick_) must_be_on(target);
}

void ClientJudge::judge_pong(std::string_view token) {
  last_pong_ = token;
  if (pings_ == Pings::any) return;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), number);
  if (error != std::errc{} || std::string_view(end, token.data() + token.size()) != ".") return;
  if (number <= last_number_) fail("answered out of order");
  last_number_ = number;
}

void ClientJudge::join(const std::string& who, const std::string& name) {
  if (who == nick_) {
    if (!channels_.try_emplace(name).second) fail("joined twice");
    channels_[name].members.insert(who);
    return;
  }
  must_be_on(name);
  if (!channels_[name].members.insert(who).second) fail("another joined twice");
}

void ClientJudge::leave(const std::string& who, const std::string& name) {
  must_be_on(name);
  if (channels_[name].members.erase(who) == 0) fail("one left who was not there");
  if (who == nick_) channels_.erase(name);
}

void ClientJudge::quit(const std::string& who) {
  std::size_t seen = 0;
  for (auto& [name, channel] : channels_) seen += channel.members.erase(who);
  if (seen == 0) fail("a QUIT of a stranger");
}

void ClientJudge::rename(const std::string& who, const std::string& to) {
  bool seen = who == nick_;
  for (auto& [name, channel] : channels_) {
    if (channel.members.erase(who) == 0) continue;
    seen = true;
    if (!channel.members.insert(to).second) fail("a nickname that another has");
  }
  if (!seen) fail("a NICK of a stranger");
  if (who == nick_) nick_ = to;
}

void ClientJudge::end_of_names(const std::string& name) {
  const auto found = channels_.find(name);
  if (found == channels_.end()) return;
  Channel& channel = found->second;
  if (!channel.known) channel.members = channel.listed;
  if (channel.listed != channel.members) fail("NAMES differs from who came and went");
  if (!channel.members.contains(nick_)) fail("NAMES without itself");
  channel.known = true;
  channel.listed.clear();
}

void ClientJudge::must_be_on(const std::string& name) {
  if (!channels_.contains(name)) fail("of a channel that it is not on");
}

}  // namespace fuzz
