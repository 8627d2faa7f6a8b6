// What the command line says, as values: filled by command_line.h, read by the commands.
#pragma once

#include <csignal>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/report/style.h"
#include "harness/run/plan.h"
#include "harness/script/model.h"

namespace conform {

struct HostPort {
  std::string host;  // A name or an address; an IPv6 address without its brackets.
  std::uint16_t port = 6667;
};

struct Credentials {
  std::string name;
  std::string password;
};

// Neither address nor command: the reference server, embedded.
struct TargetOptions {
  std::optional<HostPort> address;
  std::string spawn;      // A command line with placeholders (target/spawned.h).
  std::string directory;  // Where it is started; empty for ours.
  int stop_signal = SIGTERM;
  std::optional<int> pid;
  std::string password;
  std::optional<Credentials> oper;

  bool is_built_in() const { return !address && spawn.empty(); }
};

// Where the cases come from.
struct SuiteOptions {
  std::vector<std::string> folders;
  bool builtin = true;
};

// Of the cases that are left by everything else, every `count`-th from the `index`-th on.
struct Shard {
  std::uint32_t index = 1;  // From 1.
  std::uint32_t count = 1;
};

// Each list that is not empty must have something that holds for the case; no exclude may hold.
struct SelectionOptions {
  SuiteOptions suite;
  std::vector<std::string> only;     // Globs on ids.
  std::vector<std::string> exclude;  // Globs on ids.
  std::vector<script::Level> levels;
  std::vector<std::string> tags;
  std::vector<std::string> cites;  // Prefixes of citations.
  Shard shard;
};

struct MannerOptions {
  std::optional<Cuts> cuts;  // Without: those that each case asks for.
  std::uint32_t jobs = 32;   // Cases at the same time.
  std::optional<std::uint64_t> seed;
  std::uint32_t repeat = 1;
  double timeout_scale = 1;
  bool fail_fast = false;
  bool strict = false;
  bool quick = false;  // No case with the tag "slow".
};

struct ReportOptions {
  bool verbose = false;
  ColorMode color = ColorMode::automatic;
  std::string json;    // A file, "-" for the standard output, or empty.
  std::string output;  // A directory, or empty.
};

enum class ListFormat : std::uint8_t { text, json };

struct Options {
  std::string program = "irc-conform";  // This program, as it was called.
  TargetOptions target;
  SelectionOptions selection;
  MannerOptions manner;
  ReportOptions reports;
  ListFormat format = ListFormat::text;  // list
  std::vector<std::string> files;        // lint; one for replay
  std::string id;                        // explain
  std::string directory;                 // export-seeds
};

}  // namespace conform
