#include "fuzz/differential/difference_oracle.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "fuzz/differential/difference_case.h"

namespace fuzz {
namespace {

constexpr std::string_view kNick = "b";
constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

// A server's, for what is asked of one.
constexpr irc::LineLimits kServerLimits{};

FramerInput with_limits(const FramerInput& input, const AdapterFacts& facts) {
  FramerInput limited = input;
  if (facts.limits.body_bytes_max != 0) limited.limits.body_bytes_max = facts.limits.body_bytes_max;
  if (facts.limits.tags_bytes_max != 0) limited.limits.tags_bytes_max = facts.limits.tags_bytes_max;
  return limited;
}

// In one read, as the input says, byte by byte.
std::vector<std::vector<std::size_t>> cuts_of(const FramerInput& input) {
  return {{std::max<std::size_t>(input.stream.size(), 1)}, input.cuts, {1}};
}

// "  declare framing/one-limit: tags count ... (IRCv3 message-tags, Size limit)"
std::string told(const ReadingRow& row, bool declares) {
  std::string text(declares ? "  declare " : "  do not declare ");
  return text.append(row.id).append(": ").append(row.what).append(" (").append(row.clause) + ")\n";
}

// "  framing/one-limit: 3, as in ..."
std::string counted(std::string_view what, const Sightings& sightings) {
  std::string text("  ");
  text.append(what).append(": ").append(std::to_string(sightings.count));
  if (sightings.count > 0) text += ", as in \"" + escaped(sightings.shortest) + "\"";
  return text + "\n";
}

void note(Sightings& sightings, std::string_view input) {
  const bool is_shortest = sightings.count == 0 || input.size() < sightings.shortest.size();
  if (is_shortest) sightings.shortest = input;
  ++sightings.count;
}

// A point that a reading is known for is open: a text leaves it so, or implementations do.
Topic topic_of(std::string_view area, const ReadingRow* row) {
  return {.area = area,
          .cite = row != nullptr ? row->cite : std::string_view{},
          .open = row != nullptr};
}

// Readings that differ from others in this row, or in it and another.
struct Nearby {
  Readings readings;
  const ReadingRow* row;
  bool only_more;
};

// All of these, those that have only more first, and before pairs what differs in one.
std::vector<Nearby> all_nearby(const Readings& readings) {
  std::vector<Nearby> all;
  all.reserve(kReadings.size() * (kReadings.size() + 1) / 2);
  for (const ReadingRow& row : kReadings) {
    all.push_back({readings.toggled(row.reading), &row, !readings.has(row.reading)});
  }
  for (const auto* row = kReadings.begin(); row != kReadings.end(); ++row) {
    for (const auto* other = row + 1; other != kReadings.end(); ++other) {
      all.push_back({readings.toggled(row->reading).toggled(other->reading), row,
                     !readings.has(row->reading) && !readings.has(other->reading)});
    }
  }
  std::stable_partition(all.begin(), all.end(),
                        [](const Nearby& nearby) { return nearby.only_more; });
  return all;
}

// Those under which what was seen is right: one or two more, or else one or two more or less.
template <class IsRight>
std::optional<Nearby> explanation_of(IsRight is_right, const Readings& readings) {
  for (const Nearby& nearby : all_nearby(readings)) {
    if (is_right(nearby.readings)) return nearby;
  }
  return std::nullopt;
}

std::string explained(const std::optional<Nearby>& explanation, const Readings& readings) {
  if (!explanation) return "No reading of fuzz/readings.h explains it.\n";
  std::string text = "If it is meant:\n";
  for (const ReadingRow& row : kReadings) {
    const bool declares = explanation->readings.has(row.reading);
    if (declares != readings.has(row.reading)) text += told(row, declares);
  }
  return text;
}

// What an adapter answers to a question that no verdict waits for; nothing where it fails at it, or
// says that it differs there.
template <class Ask>
auto answer_of(Ask ask) -> std::optional<decltype(ask())> {
  try {
    auto seen = ask();
    if (!seen.differs) return seen;
  } catch (const AdapterFault&) {
    // A finding of its own, when it is asked that by an input.
  }
  return std::nullopt;
}

}  // namespace

Frames expected_frames(const FramerInput& input, const Readings& readings) {
  return irc::reference_frames(input.stream, input.limits, readings);
}

MessageSeen expected_message(std::string_view line, const Readings& readings) {
  const MessageParts parts = reference_parts(line, readings);
  MessageSeen message;
  message.refused = parts[0] != "ok";
  if (message.refused) return message;
  message.tags = reference_tags(parts[1], readings);
  message.source = parts[2];
  message.command = in_capitals(parts[3]);
  message.params.assign(parts.begin() + 4, parts.end());
  return message;
}

DifferenceOracle::DifferenceOracle(Adapter& adapter, bool learns)
    : adapter_(adapter), readings_(adapter.facts().readings), learns_(learns) {}

// What is learnt holds for all of the input, which is then asked and counted anew.
Verdict DifferenceOracle::judge(const FramerInput& input) {
  while (true) {
    const Tally before = tally_;
    std::optional<Difference> found = difference(input);
    if (!found) return {};
    if (!found->is_right) return found->finding;
    const auto explains = [&](const Readings& readings) {
      return found->is_right(readings) &&
             std::ranges::all_of(learnt_, [&](const IsRight& it) { return it(readings); });
    };
    const std::optional<Nearby> explanation = explanation_of(explains, readings_);
    if (!learns_ || !explanation) {
      found->finding.more = explained(explanation, readings_);
      const ReadingRow* const row = explanation ? explanation->row : nullptr;
      if (!found->is_right({})) found->finding.more += found->case_of(row);
      return found->finding;
    }
    readings_ = explanation->readings;
    learnt_.push_back(std::move(found->is_right));
    tally_ = before;
  }
}

std::optional<DifferenceOracle::Difference> DifferenceOracle::difference(const FramerInput& input) {
  const AdapterFacts& facts = adapter_.facts();
  if (facts.frames && !input.stream.empty()) {
    if (auto found = difference_of_frames(with_limits(input, facts))) return found;
  }
  if (!facts.parses) return {};
  const irc::LineLimits unlimited{.body_bytes_max = kUnlimited, .tags_bytes_max = kUnlimited};
  for (const std::string& line : irc::reference_frames(input.stream, unlimited)) {
    if (auto found = difference_of_message(line)) return found;
  }
  return {};
}

std::optional<DifferenceOracle::Difference> DifferenceOracle::difference_of_frames(
    const FramerInput& input) {
  ++tally_.streams;
  const auto expected_of = [&input](const Readings& readings) {
    return expected_frames(input, readings);
  };
  const Frames expected = expected_of(readings_);
  for (const std::vector<std::size_t>& cuts : cuts_of(input)) {
    FramerInput cut = input;
    cut.cuts = cuts;
    FramesSeen seen;
    try {
      seen = adapter_.frames(cut);
    } catch (const AdapterFault& fault) {
      return Difference{finding(fault.oracle, text_of(cut), "frames", fault.what()), {}, {}};
    }
    if (seen.differs) {
      note(tally_.differs[*seen.differs], input.stream);
      return {};
    }
    if (seen.frames == expected) continue;
    const auto is_right = [stream = std::string(input.stream), limits = input.limits,
                           frames = seen.frames](const Readings& readings) {
      return irc::reference_frames(stream, limits, readings) == frames;
    };
    return Difference{
        finding(oracles::kAdapterFrames, text_of(cut), text_of(expected), text_of(seen.frames)),
        is_right, [this, cut](const ReadingRow* row) {
          return case_of_frames(topic_of("framing", row), cut);
        }};
  }
  count(expected_of, input.stream);
  return {};
}

std::optional<DifferenceOracle::Difference> DifferenceOracle::difference_of_message(
    const std::string& line) {
  ++tally_.lines;
  const std::string setting = "line \"" + escaped(line) + "\"";
  const auto expected_of = [&line](const Readings& readings) {
    return expected_message(line, readings);
  };
  MessageSeen seen;
  try {
    seen = adapter_.message(line);
  } catch (const AdapterFault& fault) {
    return Difference{finding(fault.oracle, setting, "a message or none", fault.what()), {}, {}};
  }
  if (seen.differs) {
    note(tally_.differs[*seen.differs], line);
    return {};
  }
  const MessageSeen expected = expected_of(readings_);
  if (seen == expected) {
    count(expected_of, line);
    return {};
  }
  return Difference{
      finding(oracles::kAdapterMessage, setting, text_of(expected), text_of(seen)),
      [line, seen](const Readings& readings) { return expected_message(line, readings) == seen; },
      [this, line](const ReadingRow* row) {
        return case_of_message(topic_of("parsing", row), line);
      }};
}

Finding DifferenceOracle::finding(const Oracle& oracle, const std::string& setting,
                                  std::string expected, std::string actual) const {
  std::string about = "adapter '" + adapter_.facts().name + "', ";
  for (const ReadingRow& row : kReadings) {
    if (readings_.has(row.reading)) about.append(row.id).append(", ");
  }
  return {.oracle = oracle,
          .setting = about + setting,
          .expected = std::move(expected),
          .actual = std::move(actual),
          .more = {}};
}

template <class ExpectedOf>
void DifferenceOracle::count(ExpectedOf expected_of, std::string_view input) {
  if (!readings_.any()) return;
  const auto expected = expected_of(readings_);
  if (expected == expected_of({})) return;
  for (std::size_t i = 0; i < kReadings.size(); ++i) {
    const Reading reading = kReadings[i].reading;
    const bool shows =
        readings_.has(reading) && expected_of(readings_.toggled(reading)) != expected;
    if (shows) note(tally_.shown[i], input);
  }
}

std::string DifferenceOracle::case_of_frames(const Topic& topic, const FramerInput& input) {
  const Question question = relayed_stream(input.stream);
  const std::string bytes = bytes_of(question, kNick);
  const Frames expected = irc::reference_frames(bytes, kServerLimits);
  std::vector<std::string> texts;
  for (const std::string& frame : expected) {
    const std::optional<std::string> text = relayed_text(expected_message(frame, {}), kNick);
    if (!text) return case_of_bytes(topic, input.stream);
    texts.push_back(*text);
  }
  FramerInput asked =
      with_limits({.limits = kServerLimits, .cuts = input.cuts, .stream = bytes}, adapter_.facts());
  for (const std::vector<std::size_t>& cuts : cuts_of(asked)) {
    asked.cuts = cuts;
    const auto seen = answer_of([&] { return adapter_.frames(asked); });
    if (seen && seen->frames != expected) return case_of_relay(topic, question, texts);
  }
  return case_of_bytes(topic, input.stream);
}

std::string DifferenceOracle::case_of_message(const Topic& topic, std::string_view line) {
  for (const Question& question : relayed_lines(line)) {
    const std::string bytes = bytes_of(question, kNick);
    const std::string_view asked = std::string_view(bytes).substr(0, bytes.size() - 2);
    const std::optional<std::string> text = relayed_text(expected_message(asked, {}), kNick);
    if (!text || asked.size() > kServerLimits.body_bytes_max) continue;
    const auto seen = answer_of([&] { return adapter_.message(asked); });
    if (!seen || relayed_text(*seen, kNick) == text) continue;
    return case_of_relay(topic, question, {*text});
  }
  return case_of_bytes(topic, line);
}

std::string DifferenceOracle::report() const {
  std::string text = "adapter '" + adapter_.facts().name + "': " + std::to_string(tally_.streams) +
                     " streams, " + std::to_string(tally_.lines) + " lines\n";
  for (std::size_t i = 0; i < kReadings.size(); ++i) {
    if (readings_.has(kReadings[i].reading)) text += counted(kReadings[i].id, tally_.shown[i]);
  }
  for (const auto& [why, sightings] : tally_.differs) text += counted(why, sightings);
  return text;
}

}  // namespace fuzz
