#include "harness/cli/replaying.h"

#include <fmt/format.h>

#include "harness/report/replay.h"

namespace conform {
namespace {

std::string text_of(const HostPort& address) {
  const bool is_ipv6 = address.host.find(':') != std::string::npos;
  return fmt::format(fmt::runtime(is_ipv6 ? "[{}]:{}" : "{}:{}"), address.host, address.port);
}

void add(std::string& words, const std::string& option, const std::string& value) {
  words += fmt::format("{}{} {}", words.empty() ? "" : " ", option, shell_word(value));
}

}  // namespace

std::string target_words(const TargetOptions& target, const MannerOptions& manner) {
  std::string words;
  if (target.address) add(words, "--target", text_of(*target.address));
  if (!target.spawn.empty()) add(words, "--spawn", target.spawn);
  if (!target.directory.empty()) add(words, "--cwd", target.directory);
  if (target.stop_signal != SIGTERM)
    add(words, "--stop-signal", std::to_string(target.stop_signal));
  if (target.pid) add(words, "--pid", std::to_string(*target.pid));
  if (manner.timeout_scale != 1) {
    add(words, "--timeout-scale", fmt::format("{}", manner.timeout_scale));
  }
  return words;
}

std::string suite_words(const SuiteOptions& suite) {
  std::string words;
  for (const std::string& folder : suite.folders) add(words, "--cases", folder);
  if (!suite.builtin) words += words.empty() ? "--no-builtin-cases" : " --no-builtin-cases";
  return words;
}

}  // namespace conform
