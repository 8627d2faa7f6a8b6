#include <array>

#include "tests/tidy/rules/rules.h"

namespace tidy {
namespace {

struct BannedCall {
  std::string_view call;         // As it stands in code; a leading :: means the global namespace.
  std::string_view instead;      // What to write.
  std::string_view except = "";  // Prefixes of paths that may, separated by blanks.
};

constexpr std::string_view kSockets =
    "server/net/posix_net.cc harness/run/kernel_world harness/target/ tests/";
constexpr std::string_view kClocks =
    "server/net/posix_net.cc harness/run/kernel_world harness/cli/run.cc tests/e2e/ tests/support/ "
    "tests/target/";
constexpr std::string_view kNoSleep = "poll until a deadline, or a barrier";

constexpr auto kBannedCalls = std::to_array<BannedCall>({
    {"strlen(", "std::string_view"},
    {"strcpy(", "std::string"},
    {"strncpy(", "std::string"},
    {"strcat(", "std::string"},
    {"strtok(", "std::string_view::find"},
    {"sprintf(", "fmt::format"},
    {"vsprintf(", "fmt::format"},
    {"atoi(", "std::from_chars"},
    {"atol(", "std::from_chars"},
    {"rand(", "a generator with a seed"},
    {"srand(", "a generator with a seed"},
    // A JSON Schema means ECMAScript's dialect.
    {"std::regex", "RE2", "tests/support/json_schema.cc"},
    {"sleep(", kNoSleep},
    {"usleep(", kNoSleep},
    // No event tells that a process which is not our child has stopped.
    {"nanosleep(", kNoSleep, "harness/target/process.cc"},
    {"sleep_for(", kNoSleep},
    {"sleep_until(", kNoSleep},
    {"::accept(", "Network::accept", kSockets},
    {"accept4(", "Network::accept", kSockets},
    {"::recv(", "Network::recv", kSockets},
    {"recvfrom(", "Network::recv", kSockets},
    {"recvmsg(", "Network::recv", kSockets},
    {"::send(", "Network::send", kSockets},
    {"sendto(", "Network::send", kSockets},
    {"sendmsg(", "Network::send", kSockets},
    {"steady_clock::now(", "the TimePoint that is passed down", kClocks},
    {"system_clock::now(", "the TimePoint that is passed down",
     "server/service.cc harness/cli/run.cc"},
    {"Clock::now(", "the TimePoint that is passed down", kClocks},
});

// Neither the tail of a longer name nor a member: SimNet::recv( and net.sleep( are not meant.
bool stands_alone(std::string_view code, std::size_t position) {
  if (position == 0) return true;
  const char before = code[position - 1];
  return !is_identifier_char(before) && before != '.' && before != '>';
}

void find_calls(const BannedCall& banned, std::string_view code, Findings& findings) {
  for (std::size_t at = code.find(banned.call); at != std::string_view::npos;
       at = code.find(banned.call, at + 1)) {
    if (!stands_alone(code, at)) continue;
    findings.push_back({line_at(code, at), "'" + std::string(banned.call) + "' is banned; use " +
                                               std::string(banned.instead)});
  }
}

}  // namespace

Findings check_banned_calls(const SourceFile& file) {
  Findings findings;
  if (!is_cpp(file)) return findings;
  const std::string code = code_only(file.text);
  for (const BannedCall& banned : kBannedCalls) {
    if (!begins_with_one(file.path, banned.except)) find_calls(banned, code, findings);
  }
  return findings;
}

}  // namespace tidy
