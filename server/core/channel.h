// Channel: its members, modes and topic; and the masks that bans are made of.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/session.h"
#include "server/wire/casemap.h"

namespace irc {

struct Member {
  Session* session = nullptr;
  bool op = false;
  bool voice = false;

  bool may_speak() const { return op || voice; }
  // All of them, highest first (IRCv3 multi-prefix), or the highest alone.
  std::string_view prefixes(bool all) const {
    if (op && voice && all) return "@+";
    return op ? "@" : voice ? "+" : "";
  }
};

struct Topic {
  std::string text;
  std::string set_by;
  std::int64_t set_at = 0;  // Unix time, like all times here.
};

// Of a list: who is banned, who is not in spite of it, who needs no invitation.
struct ListedMask {
  std::string mask;
  std::string set_by;
  std::int64_t set_at = 0;
};
using MaskList = std::vector<ListedMask>;

bool any_matches(const MaskList& masks, std::string_view source, Casemapping mapping);

struct Invitation {
  ConnId guest{};
  bool by_op = false;
};

struct Channel {
  std::string name;  // As its first member wrote it.
  std::int64_t created_at = 0;
  std::map<ConnId, Member> members;  // Never empty between two commands.
  std::optional<Topic> topic;
  bool invite_only = false;
  bool moderated = false;
  bool no_external = false;
  bool secret = false;
  bool topic_protected = false;
  std::optional<std::string> key;
  std::optional<std::size_t> member_limit;
  MaskList bans, exceptions, invitations;  // b, e, I (RFC 2811 4.3).
  // Of clients that may be gone: an id is never used again.
  std::vector<Invitation> invited;

  // Null if it is not on the channel. Valid until it leaves.
  Member* member(const Session& session);
  const Member* member(const Session& session) const;
  // Matched by a ban and by no exception (RFC 2811 4.3.1).
  bool bans_source(std::string_view source, Casemapping mapping) const;
  // Null if there is none, or it has been used.
  const Invitation* invitation_of(const Session& session) const;
  // Whether one who is not on it may know that it is there.
  bool visible_to(const Session& session) const { return !secret || member(session) != nullptr; }
};

// Whether `session` may find `other` without its exact nickname: it is not invisible, or they share
// a channel, or they are one (RFC 2812 3.1.5, mode i).
bool sees(const Session& session, const Session& other);
// How many of a channel's members it sees (the "# visible" of RPL_LIST).
std::size_t members_seen_by(const Session& session, const Channel& channel);

// Channel modes without parameter (type D of CHANMODES).
struct FlagMode {
  char letter;
  bool Channel::*flag;
};
inline constexpr auto kFlagModes = std::to_array<FlagMode>({
    {'i', &Channel::invite_only},
    {'m', &Channel::moderated},
    {'n', &Channel::no_external},
    {'s', &Channel::secret},
    {'t', &Channel::topic_protected},
});

// RFC 2811 2.1: begins with '#', and holds no space, comma or BELL.
bool is_channel_name(std::string_view name, std::size_t bytes_max);

// RFC 2812 2.5: '?' is any one byte, '*' any number; all else is compared by `mapping`. Takes time
// in proportion to the product of both lengths at worst.
bool matches_mask(std::string_view mask, std::string_view text, Casemapping mapping);

// "nick!user@host" from a mask of which parts are missing: "n" is n!*@*, "u@h" is *!u@h.
std::string complete_mask(std::string_view mask);

}  // namespace irc
