// Playing a result again: the command that does, and the script that --output saves for it.
#pragma once

#include <string>
#include <string_view>

#include "harness/run/result.h"

namespace conform {

// What a saved script begins with; the command that replays it follows.
inline constexpr std::string_view kSavedScriptMark = "# replay: ";

// One word of a POSIX shell.
std::string shell_word(const std::string& word);

// With the same cuts, the same seed and the same target: of a saved script, or, where `file` is
// empty, of a case by its id.
std::string replay_command(const RunResult& run, const CaseResult& result, const std::string& file);

// The script of a result, below comments that say how it is played, why it was saved, and at what
// target. `file` is where it will stand.
std::string saved_script(const RunResult& run, const CaseResult& result, const std::string& file);

}  // namespace conform
