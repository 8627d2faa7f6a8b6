// Guardian: a small process of ours that outlives us. Should this program be killed in mid-run, it
// continues what we had stopped, and ends what we had started: nothing stopped and nothing orphaned
// is left behind.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "server/net/unique_fd.h"

namespace conform {

class Guardian {
 public:
  enum class Duty : std::uint8_t {
    continue_process,  // A process that somebody else started: SIGCONT.
    end_group,         // A process group that we started: SIGCONT, SIGKILL, its folder removed.
  };

  // Throws std::system_error if it cannot be started. `folder` may be empty.
  Guardian(Duty duty, pid_t pid, const std::string& folder);
  Guardian(Guardian&& other) noexcept = default;
  Guardian& operator=(Guardian&& other) noexcept = default;
  // Relieves it: it ends without doing anything.
  ~Guardian();

 private:
  irc::UniqueFd lifeline_;  // It acts when this is closed without a word.
};

}  // namespace conform
