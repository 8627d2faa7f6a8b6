#include <algorithm>
#include <array>

#include "tests/tidy/rules/rules.h"

namespace tidy {
namespace {

enum class Kind { standard, posix, third_party, ours };

struct Layer {
  std::string_view folder;       // A prefix of paths; the first that fits counts.
  std::string_view ours;         // Prefixes of what it may include of ours, separated by blanks.
  Kind system = Kind::standard;  // It may include <...> up to this kind.
  std::string_view except = "";  // Headers it must not include although their kind is allowed.
};

constexpr std::string_view kNoClocks = "chrono iostream thread";
constexpr std::string_view kNoThreads = "iostream thread";
constexpr std::string_view kNoTests = "benchmark/ gmock/ gtest/";
constexpr std::string_view kNoSockets = "arpa/ benchmark/ gmock/ gtest/ netinet/ sys/socket.h";

constexpr std::string_view kHarness = "harness/ server/wire/ server/net/";
constexpr std::string_view kRun =
    "harness/run/ harness/script/ harness/oracle/ harness/target/ server/wire/ server/net/";
constexpr std::string_view kReport =
    "harness/report/ harness/run/ harness/script/ server/net/clock.h";
constexpr std::string_view kCli = "harness/ server/wire/ server/net/ server/refd.h";
constexpr std::string_view kScript = "harness/script/ server/wire/ server/net/clock.h";

constexpr auto kLayers = std::to_array<Layer>({
    {"server/wire/", "server/wire/", Kind::standard, kNoClocks},
    {"server/net/", "server/net/ server/wire/check.h", Kind::posix},
    {"server/tls/", "server/tls/ server/net/ server/wire/check.h", Kind::third_party, kNoTests},
    {"server/core/", "server/core/ server/wire/ server/net/clock.h", Kind::standard, kNoThreads},
    {"server/", "server/", Kind::third_party, kNoSockets},
    {"harness/script/", kScript, Kind::third_party, kNoSockets},
    {"harness/oracle/", "harness/oracle/", Kind::standard},
    {"harness/target/", "harness/target/ server/net/", Kind::posix},
    {"harness/run/kernel_world", kRun, Kind::third_party, kNoTests},
    {"harness/run/", kRun, Kind::third_party, kNoSockets},
    {"harness/report/", kReport, Kind::third_party, kNoSockets},
    {"harness/cli/", kCli, Kind::third_party, kNoSockets},
    {"harness/", kHarness, Kind::third_party, kNoSockets},
    {"fuzz/", "fuzz/ server/ harness/script/", Kind::third_party, kNoTests},
    {"tests/", "tests/ fuzz/ server/ harness/", Kind::third_party},
});

constexpr std::string_view kThirdParty =
    "CLI/ benchmark/ fmt/ gmock/ gtest/ nlohmann/ openssl/ pugixml re2/ sodium spdlog/ toml++/";

// The compilers of the floor have none of these.
constexpr std::string_view kBannedHeaders = "coroutine expected format source_location";

struct Include {
  std::string_view name;
  Kind kind;
};

Kind kind_of_system(std::string_view name) {
  if (begins_with_one(name, kThirdParty)) return Kind::third_party;
  return name.find('.') == std::string_view::npos ? Kind::standard : Kind::posix;
}

// `line` holds an #include.
Include include_of(std::string_view line) {
  const std::size_t open = std::min(line.find_first_of("<\""), line.size());
  std::string_view name = line.substr(std::min(open + 1, line.size()));
  name = name.substr(0, name.find_first_of(">\""));
  const bool ours = open < line.size() && line[open] == '"';
  return {name, ours ? Kind::ours : kind_of_system(name)};
}

bool allows(const Layer& layer, const Include& include) {
  if (include.kind == Kind::ours) return begins_with_one(include.name, layer.ours);
  if (begins_with_one(include.name, kBannedHeaders)) return false;
  return include.kind <= layer.system && !begins_with_one(include.name, layer.except);
}

}  // namespace

Findings check_includes(const SourceFile& file) {
  const auto begins = [&](const Layer& layer) { return file.path.starts_with(layer.folder); };
  const auto layer = std::ranges::find_if(kLayers, begins);
  if (layer == kLayers.end() || !is_cpp(file)) return {};

  Findings findings;
  const std::string code = code_only(file.text);
  const auto code_lines = lines_of(code);
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!code_lines[i].starts_with("#include")) continue;
    const Include include = include_of(lines[i]);
    if (allows(*layer, include)) continue;
    findings.push_back(
        {i + 1, std::string(layer->folder) + " may not include " + std::string(include.name)});
  }
  return findings;
}

}  // namespace tidy
