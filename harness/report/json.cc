#include "harness/report/json.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cmath>
#include <map>

#include <nlohmann/json.hpp>

#include "harness/report/display.h"
#include "harness/report/file.h"
#include "harness/report/json_text.h"
#include "harness/report/names.h"
#include "harness/report/summary.h"
#include "harness/report/version.h"

namespace conform {
namespace {

using conform::json_of;

// Milliseconds, rounded to a microsecond.
double milliseconds(Duration duration) {
  return std::round(static_cast<double>(duration.count()) / 1e3) / 1e3;
}

// RFC 3339, UTC, to the second.
std::string timestamp(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     std::chrono::time_point_cast<std::chrono::seconds>(time));
}

std::string location_of(const Location& location) {
  if (location.file.empty()) return "";
  return fmt::format("{}:{}:{}", as_utf8(location.file), location.span.line, location.span.column);
}

Json json_of(const std::map<std::string, std::string>& texts) {
  Json object = Json::object();
  for (const auto& [key, value] : texts) object[as_utf8(key)] = as_utf8(value);
  return object;
}

Json json_of(const TargetInfo& target) {
  return {
      {"address", as_utf8(target.address)},
      {"software", as_utf8(target.software)},
      {"pid", target.pid ? Json(*target.pid) : Json(nullptr)},
      {"built_in", target.built_in},
      {"isupport", json_of(target.isupport)},
      {"learnt", json_of(target.learnt)},
  };
}

Json json_of(const Summary& summary) {
  Json object = Json::object();
  for (const Grade grade : kGrades) object[std::string(name_of(grade))] = summary[grade];
  return object;
}

Json json_of(const std::vector<VariantResult>& variants) {
  Json list = Json::array();
  for (const VariantResult& variant : variants) {
    list.push_back({{"variant", as_utf8(variant.name)},
                    {"plays", variant.plays},
                    {"worst", as_utf8(variant.worst)},
                    {"grade", name_of(variant.grade)},
                    {"boundaries", name_of(variant.boundaries)},
                    {"duration_ms", milliseconds(variant.duration)},
                    {"reason", as_utf8(variant.reason)}});
  }
  return list;
}

Json json_of(const BoundaryCounts& counts) {
  return {{"attempted", counts.attempted()},
          {"proved", counts.proved},
          {"witnessed", counts.witnessed},
          {"requested", counts.requested},
          {"refuted", counts.refuted}};
}

Json json_of(const CaseResult& result) {
  return {
      {"id", as_utf8(result.id)},
      {"variant", as_utf8(result.variant)},
      {"level", name_of(result.level)},
      {"grade", name_of(result.grade)},
      {"title", as_utf8(result.title)},
      {"citations", json_of(result.citations)},
      {"tags", json_of(result.tags)},
      {"boundaries", name_of(result.boundaries)},
      {"duration_ms", milliseconds(result.duration)},
      {"location", location_of(result.location)},
      {"step", as_utf8(result.step)},
      {"expected", as_utf8(result.expected)},
      {"actual", as_utf8(result.actual)},
      {"reason", as_utf8(result.reason)},
      {"policy", as_utf8(result.policy)},
      {"root_cause", as_utf8(result.root_cause)},
      {"transcript", as_utf8(result.transcript)},
      {"replay", as_utf8(result.replay)},
      {"variants", json_of(result.variants)},
  };
}

std::string_view end_name(RunEnd end) {
  switch (end) {
    case RunEnd::complete:
      return "complete";
    case RunEnd::interrupted:
      return "interrupted";
    case RunEnd::unreachable:
      return "unreachable";
    case RunEnd::usage:
      return "usage";
  }
  return "";
}

Json json_of(const std::vector<Death>& deaths) {
  Json list = Json::array();
  for (const Death& death : deaths) {
    list.push_back({{"case", as_utf8(death.case_id)},
                    {"how", as_utf8(death.how)},
                    {"stderr_tail", as_utf8(death.stderr_tail)},
                    {"suspects", death.suspects}});
  }
  return list;
}

}  // namespace

std::string to_json(const RunResult& run) {
  Json cases = Json::array();
  for (const CaseResult& result : run.cases) cases.push_back(json_of(result));
  const Json report = {
      {"tool", "irc-conform"},
      {"version", kVersion},
      {"seed", run.seed},
      {"started", timestamp(run.started)},
      {"duration_ms", milliseconds(run.duration)},
      {"target", json_of(run.target)},
      {"end", end_name(run.end)},
      {"summary", json_of(Summary(run.cases))},
      {"plays", plays_of(run.cases)},
      {"boundaries", json_of(boundaries_of(run.cases))},
      {"deaths", json_of(run.deaths)},
      {"cases", std::move(cases)},
  };
  return report.dump(2) + "\n";
}

void write_json(const RunResult& run, const std::string& path) {
  write_file(path, to_json(run));
}

}  // namespace conform
