#include "harness/target/guardian.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <system_error>
#include <utility>

#include "server/net/pipe.h"

namespace conform {
namespace {

// A word on standard input relieves it; the end of it without one means that we were killed. It
// hands itself to init at once, so that nobody has to wait for it.
// The lifeline is kept as descriptor 3: a shell gives what it starts in the background an empty
// standard input.
constexpr const char* kScript =
    "trap '' INT TERM HUP QUIT\n"
    "exec 3<&0\n"
    "( if read -r word <&3; then exit 0; fi\n"
    "case $1 in\n"
    "continue) kill -s CONT \"$2\" ;;\n"
    "end) kill -s CONT -- \"-$2\"; kill -s KILL -- \"-$2\"; [ -z \"$3\" ] || rm -rf -- \"$3\" ;;\n"
    "esac ) >/dev/null 2>&1 &\n";

}  // namespace

Guardian::Guardian(Duty duty, pid_t pid, const std::string& folder) {
  irc::Pipe lifeline = irc::make_pipe();
  lifeline_ = std::move(lifeline.write);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, lifeline.read.fd(), STDIN_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);

  std::string shell = "sh", option = "-c", script = kScript, name = "irc-conform-guardian";
  std::string what = duty == Duty::end_group ? "end" : "continue";
  std::string number = std::to_string(pid), where = folder;
  std::array<char*, 8> arguments = {shell.data(), option.data(), script.data(), name.data(),
                                    what.data(),  number.data(), where.data(),  nullptr};
  pid_t child = 0;
  const int error =
      posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::system_error(error, std::generic_category(), "/bin/sh");
  waitpid(child, nullptr, 0);
}

Guardian::~Guardian() {
  if (!lifeline_) return;
  constexpr char kRelieved[] = "done\n";
  // It may be gone already, by somebody's kill: then there is nothing to relieve, and the write
  // fails with EPIPE, the signal of which the program ignores.
  [[maybe_unused]] const ssize_t written = write(lifeline_.fd(), kRelieved, sizeof kRelieved - 1);
}

}  // namespace conform
