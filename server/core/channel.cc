#include "server/core/channel.h"

#include <algorithm>

#include "server/core/config.h"

namespace irc {

Member* Channel::member(const Session& session) {
  const auto found = members.find(session.id);
  return found == members.end() ? nullptr : &found->second;
}

const Member* Channel::member(const Session& session) const {
  const auto found = members.find(session.id);
  return found == members.end() ? nullptr : &found->second;
}

bool Channel::bans_source(std::string_view source, Casemapping mapping) const {
  return any_matches(bans, source, mapping) && !any_matches(exceptions, source, mapping);
}

const Invitation* Channel::invitation_of(const Session& session) const {
  const auto found = std::ranges::find(invited, session.id, &Invitation::guest);
  return found == invited.end() ? nullptr : &*found;
}

bool any_matches(const MaskList& masks, std::string_view source, Casemapping mapping) {
  return std::ranges::any_of(
      masks, [=](const ListedMask& listed) { return matches_mask(listed.mask, source, mapping); });
}

bool sees(const Session& session, const Session& other) {
  const auto has_both = [&session](const Channel* channel) { return channel->member(session); };
  return !other.invisible || &session == &other || std::ranges::any_of(other.channels, has_both);
}

std::size_t members_seen_by(const Session& session, const Channel& channel) {
  if (channel.member(session) != nullptr) return channel.members.size();
  return static_cast<std::size_t>(std::ranges::count_if(
      channel.members, [&](const auto& entry) { return sees(session, *entry.second.session); }));
}

bool is_channel_name(std::string_view name, std::size_t bytes_max) {
  return name.size() > 1 && name.size() <= bytes_max && name.front() == '#' &&
         name.find_first_of(" ,\a") == std::string_view::npos;
}

bool matches_mask(std::string_view mask, std::string_view text, Casemapping mapping) {
  std::size_t m = 0;
  std::size_t t = 0;
  // Where to go on when what follows the last star does not fit: one byte further in the text.
  std::size_t star = std::string_view::npos;
  std::size_t star_text = 0;
  while (t < text.size()) {
    if (m < mask.size() && mask[m] == '*') {
      star = m++;
      star_text = t;
    } else if (m < mask.size() &&
               (mask[m] == '?' || fold(mapping, mask[m]) == fold(mapping, text[t]))) {
      ++m;
      ++t;
    } else if (star != std::string_view::npos) {
      m = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  return mask.find_first_not_of('*', m) == std::string_view::npos;
}

std::string complete_mask(std::string_view mask) {
  const auto or_any = [](std::string_view part) { return part.empty() ? "*" : std::string(part); };
  const std::size_t bang = mask.find('!');
  const bool has_nick = bang != std::string_view::npos;
  std::string_view rest = has_nick ? mask.substr(bang + 1) : mask;
  const std::size_t at = rest.rfind('@');
  const bool has_host = at != std::string_view::npos;
  if (!has_nick && !has_host) return or_any(mask) + "!*@*";
  const std::string nick = has_nick ? or_any(mask.substr(0, bang)) : "*";
  return nick + '!' + or_any(rest.substr(0, at)) + '@' +
         (has_host ? or_any(rest.substr(at + 1)) : "*");
}

}  // namespace irc
