// The lists of MODE: bans b, exceptions from them e, and who needs no invitation I (RFC 2811 4.3).
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "server/core/mode_command.h"

namespace irc {
namespace {

constexpr auto kListModes = std::to_array<ListMode>({
    {'I', &Channel::invitations, Numeric::rpl_invexlist, Numeric::rpl_endofinvexlist},
    {'b', &Channel::bans, Numeric::rpl_banlist, Numeric::rpl_endofbanlist},
    {'e', &Channel::exceptions, Numeric::rpl_exceptlist, Numeric::rpl_endofexceptlist},
});

bool is_mask(std::string_view given, std::size_t bytes_max) {
  return !given.empty() && given.front() != ':' && given.find(' ') == std::string_view::npos &&
         given.size() <= bytes_max;
}

void add_mask(ModeCommand& command, const ListMode& mode, const std::string& mask) {
  State& state = command.state;
  MaskList& list = command.channel.*mode.list;
  if (list.size() >= state.config().limits.masks_max) {
    return state.reply(command.session, Numeric::err_banlistfull,
                       {command.channel.name, std::string_view(&mode.letter, 1)});
  }
  list.push_back({.mask = mask, .set_by = command.session.nick, .set_at = state.unix_now()});
  command.changes.add(true, mode.letter, mask);
}

}  // namespace

const ListMode* find_list_mode(char letter) {
  const ListMode* found = std::ranges::find(kListModes, letter, &ListMode::letter);
  return found != kListModes.end() ? found : nullptr;
}

void send_masks(State& state, Session& session, const Channel& channel, const ListMode& mode) {
  const bool inside = channel.member(session) != nullptr;
  for (const ListedMask& each : channel.*mode.list) {
    if (inside) {
      state.reply_bare(session, mode.item,
                       {channel.name, each.mask, each.set_by, std::to_string(each.set_at)});
    } else {
      state.reply_bare(session, mode.item, {channel.name, each.mask});
    }
  }
  state.reply(session, mode.end, {channel.name});
}

void change_masks(ModeCommand& command, const ListMode& mode, bool on) {
  State& state = command.state;
  if (command.parameters.empty()) {
    if (command.shown.find(mode.letter) != std::string::npos) return;
    command.shown += mode.letter;
    return send_masks(state, command.session, command.channel, mode);
  }
  const std::string_view given = command.take_parameter();
  if (!is_mask(given, state.config().limits.mask_bytes_max)) {
    return command.refuse(mode.letter, given);
  }
  const std::string mask = complete_mask(given);
  MaskList& list = command.channel.*mode.list;
  const auto same = std::ranges::find_if(list, [&](const ListedMask& each) {
    return equal(state.config().casemapping, each.mask, mask);
  });
  if (on) {
    if (same == list.end()) add_mask(command, mode, mask);
  } else if (same != list.end()) {
    command.changes.add(false, mode.letter, same->mask);
    list.erase(same);
  }
}

}  // namespace irc
