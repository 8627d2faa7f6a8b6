#include "harness/report/replay.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/report/display.h"
#include "harness/report/names.h"

namespace conform {
namespace {

bool needs_no_quotes(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') ||
         std::string_view("/._-+:@%,").find(byte) != std::string::npos;
}

// As part of a command line, behind what stands before it.
std::string options(const std::string& words) {
  return words.empty() ? "" : " " + words;
}

// Those that are played to see it.
std::string ids_of(const CaseResult& result) {
  return result.seen_in.empty() ? result.id : result.id + "," + result.seen_in;
}

// In a line of its own, whatever a server has put into it.
std::string comment(std::string_view label, std::string_view text) {
  return text.empty() ? "" : fmt::format("# {}{}\n", label, displayed(text));
}

}  // namespace

std::string shell_word(const std::string& word) {
  if (!word.empty() && std::ranges::all_of(word, needs_no_quotes)) return word;
  std::string quoted = "'";
  for (const char byte : word) quoted += byte == '\'' ? std::string("'\\''") : std::string(1, byte);
  return quoted + "'";
}

std::string replay_command(const RunResult& run, const CaseResult& result,
                           const std::string& file) {
  const std::string& script = file.empty() ? run.script : file;
  std::string command = shell_word(run.program);
  command += script.empty() ? " --only " + shell_word(ids_of(result)) + options(run.suite_options)
                            : " replay " + shell_word(script);
  // A case that is played in one way only is played so again.
  const bool is_plain = result.variants.size() < 2 && result.variant == "as-written";
  if (!is_plain && !result.variant.empty()) command += " --segments " + shell_word(result.variant);
  return command + fmt::format(" --seed {}", run.seed) + options(run.target_options);
}

std::string saved_script(const RunResult& run, const CaseResult& result, const std::string& file) {
  const std::string& sentence = result.actual.empty() ? result.reason : result.actual;
  std::string text(kSavedScriptMark);
  text += displayed(replay_command(run, result, file)) + "\n";
  text += comment(fmt::format("{}: ", name_of(result.grade)),
                  sentence.empty() ? result.policy : sentence);
  text += comment("target: ", run.target.address.empty() || run.target.software.empty()
                                  ? run.target.address
                                  : run.target.address + ", " + run.target.software);
  return text + "\n" + result.replay;
}

}  // namespace conform
