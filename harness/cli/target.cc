#include "harness/cli/target.h"

#include <cstdint>
#include <filesystem>
#include <random>

namespace conform {
namespace {

// Letters and digits only: what every server takes as an argument.
std::string fresh_password(std::uint64_t seed) {
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";
  constexpr std::size_t kLength = 10;
  std::mt19937_64 random(seed);
  std::string password;
  while (password.size() < kLength) password += kLetters[random() % kLetters.size()];
  return password;
}

std::string quoted_for_shell(const std::string& word) {
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// No flood control, which the cases' own pace has nothing to do with. Timers that are short, so
// that the cases that wait for them take seconds, and long enough for clients that pause.
constexpr const char* kOptions =
    " --no-throttle --ping-interval 8 --ping-timeout 6 --registration-timeout 8";

// A copy of this very program, not a fork of it: a forked child would inherit the clients'
// descriptors and swallow their FIN and RST.
Target embedded(std::uint64_t seed) {
  Target target;
  target.given.oper_name = "operator";
  target.given.oper_password = fresh_password(seed);
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  target.plan.spawn =
      SpawnPlan{.command = quoted_for_shell(self) + " reference --listen 127.0.0.1:{port} --oper " +
                           target.given.oper_name + ":" + target.given.oper_password + kOptions};
  return target;
}

}  // namespace

Target target_of(const TargetOptions& options, std::uint64_t seed) {
  if (options.is_built_in()) return embedded(seed);
  Target target;
  target.given.password = options.password;
  if (options.oper) {
    target.given.oper_name = options.oper->name;
    target.given.oper_password = options.oper->password;
  }
  if (!options.spawn.empty()) {
    const bool takes_password =
        options.spawn.find(placeholders::kPassword.text) != std::string::npos;
    if (takes_password && target.given.password.empty()) {
      target.given.password = fresh_password(seed);
    }
    target.plan.spawn = SpawnPlan{.command = options.spawn,
                                  .password = target.given.password,
                                  .cwd = options.directory,
                                  .stop_signal = options.stop_signal};
  } else {
    target.plan.address = resolve(options.address->host, options.address->port);
    if (options.pid) target.plan.pid = *options.pid;
  }
  return target;
}

}  // namespace conform
