#include "harness/cli/seeds.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "harness/run/cut.h"
#include "harness/script/encode.h"
#include "harness/script/print.h"
#include "harness/script/records.h"
#include "server/wire/check.h"

namespace conform {
namespace {

using script::Record;

// No faults; played in turn too (fuzz/loop_oracle.h). The core's usual configuration.
constexpr std::string_view kLoopSetup = "01";
constexpr std::string_view kCoreSetup = "0";

// A record with its text as bytes, and whether it comes at once with the one before.
struct Act {
  char kind = Record::kSay;
  std::size_t client = 0;
  std::string bytes;
  bool at_once = false;

  bool says() const { return script::says(kind); }
};
using Acts = std::vector<Act>;

Acts acts_of(std::string_view records) {
  Acts acts;
  bool at_once = false;
  while (const std::optional<Record> record = script::take_record(records)) {
    std::string bytes =
        script::says(record->kind) ? script::said(*record) : std::string(record->text);
    acts.push_back({record->kind, record->client, std::move(bytes), at_once});
    at_once = script::take_at_once(records);
  }
  return acts;
}

std::string records_of(const Acts& acts) {
  std::string records;
  for (const Act& act : acts) {
    if (act.at_once) records += script::record_of(Record::kAtOnce, 0);
    records += act.says() ? script::record_saying(act.client, act.bytes)
                          : script::record_of(act.kind, act.client, act.bytes);
  }
  return records;
}

// What a client says without anybody coming between is said in one piece; with `glued`, its leave
// comes at once with it.
Acts joined(const Acts& acts, bool glued) {
  Acts out;
  for (const Act& act : acts) {
    Act* const before = out.empty() || !out.back().says() ? nullptr : &out.back();
    const bool same = before != nullptr && before->client == act.client && !before->bytes.empty();
    if (same && act.says() && !act.at_once && !before->at_once) {
      before->bytes += act.bytes;
      continue;
    }
    out.push_back(act);
    if (glued && same && (act.kind == Record::kFin || act.kind == Record::kClose)) {
      out.back().at_once = true;
    }
  }
  return out;
}

// Every send that is not in a readiness event with something else.
Acts recut(const Acts& acts, const Cut& cut) {
  Acts out;
  std::uint64_t nth = 0;
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const bool in_event = acts[i].at_once || (i + 1 < acts.size() && acts[i + 1].at_once);
    if (!acts[i].says() || acts[i].bytes.empty() || in_event) {
      out.push_back(acts[i]);
      continue;
    }
    for (std::string& segment : conform::recut({acts[i].bytes}, cut, nth++)) {
      out.push_back({Record::kSay, acts[i].client, std::move(segment), false});
    }
  }
  return out;
}

struct Variant {
  std::string suffix;
  Acts acts;
};

std::vector<Variant> variants_of(const script::Case& item) {
  const Acts written = acts_of(script::encode(item));
  const Acts whole = joined(written, false);
  std::vector<Variant> variants{{"", written}, {"_whole", whole}};
  for (const Cut::Kind kind : {Cut::Kind::lines, Cut::Kind::bytes, Cut::Kind::drawn}) {
    constexpr std::uint64_t kSeed = 1;
    const Cut cut{.kind = kind, .number = 1, .seed = drawing_seed(kSeed, item.id, 1)};
    variants.push_back({"_" + segmentation_of(cut), recut(whole, cut)});
  }
  variants.push_back({"_glued", joined(written, true)});
  return variants;
}

// Lines where there were segments; without a network nobody resets, but closes.
Acts for_core(const Acts& acts) {
  Acts out;
  std::array<std::string, Record::kClients> lines;
  for (const Act& act : acts) {
    std::string& line = lines[act.client];
    if (act.says()) {
      line += act.bytes;
      for (std::size_t end = 0; (end = line.find('\n')) != std::string::npos;) {
        std::string text = line.substr(0, end);
        line.erase(0, end + 1);
        if (text.ends_with('\r')) text.pop_back();
        out.push_back({Record::kSay, act.client, text + "\r\n", false});
      }
      continue;
    }
    Act done{act.kind == Record::kReset ? Record::kClose : act.kind, act.client, act.bytes, false};
    if (act.kind == Record::kPass) {
      constexpr auto kUnit = std::chrono::seconds(10);
      const auto units = script::pause_of({.text = act.bytes}) / kUnit + 1;
      done.bytes = static_cast<char>('0' + std::min<std::int64_t>(units, 15));
    }
    if (act.kind != Record::kPass && act.kind != Record::kReads) line.clear();
    out.push_back(std::move(done));
  }
  return out;
}

// What one connection says, and in which segments.
struct Stream {
  std::string bytes;
  std::vector<std::size_t> segments;
};

std::vector<Stream> streams_of(const Acts& acts) {
  std::vector<Stream> streams;
  std::array<std::optional<std::size_t>, Record::kClients> current;
  for (const Act& act : acts) {
    if (!act.says()) {
      if (act.kind == Record::kClose || act.kind == Record::kReset) current[act.client].reset();
      continue;
    }
    if (act.bytes.empty()) continue;
    if (!current[act.client]) {
      current[act.client] = streams.size();
      streams.emplace_back();
    }
    Stream& stream = streams[*current[act.client]];
    stream.bytes += act.bytes;
    stream.segments.push_back(act.bytes.size());
  }
  return streams;
}

// The usual limits, so many cuts, the cuts, the stream (fuzz/framer_oracle.h).
std::string for_framer(const Stream& stream) {
  constexpr std::size_t kCutsMax = 8;
  constexpr std::size_t kCutMax = 256;
  const std::size_t cuts = std::min(stream.segments.size(), kCutsMax);
  std::string bytes(1, '\0');
  bytes += static_cast<char>(cuts - 1);
  for (std::size_t i = 0; i < cuts; ++i) {
    bytes += static_cast<char>(std::min(stream.segments[i], kCutMax) - 1);
  }
  return bytes + stream.bytes;
}

void add(std::vector<Seed>& seeds, std::string_view target, std::string name, std::string bytes) {
  if (bytes.empty() || bytes.size() > seed_bytes_max(target)) return;
  seeds.push_back({target, std::move(name), std::move(bytes)});
}

void add_lines(const Stream& stream, const std::string& stem, std::vector<Seed>& seeds) {
  std::size_t number = 0;
  for (std::string_view rest = stream.bytes; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    if (end > 0) {
      const std::string name = stem + "_" + std::to_string(++number);
      add(seeds, "fuzz_parser", name, std::string(rest.substr(0, end)));
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

}  // namespace

std::size_t seed_bytes_max(std::string_view target) {
  struct Limit {
    std::string_view target;
    std::size_t bytes;
  };
  static constexpr auto kLimits = std::to_array<Limit>({{"fuzz_loop", 2048},
                                                        {"fuzz_core", 6144},
                                                        {"fuzz_framer", 1600},
                                                        {"fuzz_parser", 512},
                                                        {"fuzz_script", 4096}});
  const auto* const found = std::ranges::find(kLimits, target, &Limit::target);
  CHECK(found != kLimits.end());
  return found->bytes;
}

std::vector<Seed> seeds_of(const script::Case& item) {
  std::string id = item.id;
  std::ranges::replace(id, '/', '_');
  std::vector<Seed> seeds;
  add(seeds, "fuzz_script", id, script::print(item));
  for (const auto& [suffix, acts] : variants_of(item)) {
    if (acts.empty()) continue;
    const std::string stem = id + suffix;
    add(seeds, "fuzz_loop", stem, std::string(kLoopSetup) + records_of(acts));
    add(seeds, "fuzz_core", stem, std::string(kCoreSetup) + records_of(for_core(acts)));
    std::size_t number = 0;
    for (const Stream& stream : streams_of(acts)) {
      const std::string name = stem + "_" + std::to_string(++number);
      add(seeds, "fuzz_framer", name, for_framer(stream));
      if (suffix.empty()) add_lines(stream, name, seeds);
    }
  }
  return seeds;
}

}  // namespace conform
