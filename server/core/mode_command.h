// ModeCommand: one MODE of a channel while it is carried out. The parameters are taken in the order
// of the letters that need one.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "server/core/channel.h"
#include "server/core/mode_changes.h"
#include "server/core/state.h"

namespace irc {

struct ModeCommand {
  State& state;
  Session& session;
  Channel& channel;
  std::span<const std::string_view> parameters;
  std::size_t parameters_taken = 0;
  ModeChanges changes;  // What has been done.
  std::string shown;    // Letters of the lists that have been; once each is enough.

  // There are more, and no more may be taken: a letter that wants one does nothing then.
  bool over_limit() const {
    return !parameters.empty() &&
           parameters_taken == state.config().limits.modes_with_parameter_max;
  }
  // The next one, or an empty one if there are no more. Requires: not over the limit.
  std::string_view take_parameter() {
    if (parameters.empty()) return {};
    ++parameters_taken;
    const std::string_view taken = parameters.front();
    parameters = parameters.subspan(1);
    return taken;
  }
  void refuse(char letter, std::string_view parameter) {
    state.reply(session, Numeric::err_invalidmodeparam,
                {channel.name, std::string_view(&letter, 1), parameter});
  }
};

// A list of masks that MODE changes and shows (type A of CHANMODES).
struct ListMode {
  char letter;
  MaskList Channel::*list;
  Numeric item, end;
};

// Null if the letter is none of a list.
const ListMode* find_list_mode(char letter);
// All that are on it. Who set them and when is for members: it would tell outsiders who is there.
void send_masks(State& state, Session& session, const Channel& channel, const ListMode& mode);
// Adds or takes off the mask that is the next parameter; shows the list, once, if there is none.
void change_masks(ModeCommand& command, const ListMode& mode, bool on);

}  // namespace irc
