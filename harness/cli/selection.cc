#include "harness/cli/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>

#include "harness/cli/glob.h"
#include "harness/run/company.h"

namespace conform {
namespace {

bool matches_any(const std::vector<std::string>& globs, std::string_view id) {
  return std::ranges::any_of(globs,
                             [id](const std::string& glob) { return glob_matches(glob, id); });
}

bool has_any_tag(const script::Case& item, const std::vector<std::string>& tags) {
  return std::ranges::any_of(
      tags, [&item](const std::string& tag) { return std::ranges::count(item.tags, tag) > 0; });
}

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

// "rfc1459#2" is the start of "rfc1459#2" and of "rfc1459#2.3", not of "rfc1459#23".
bool is_start(std::string_view prefix, std::string_view source) {
  if (!source.starts_with(prefix)) return false;
  const bool cuts_a_number = !prefix.empty() && source.size() > prefix.size() &&
                             is_digit(prefix.back()) && is_digit(source[prefix.size()]);
  return !cuts_a_number;
}

bool cites_any(const script::Case& item, const std::vector<std::string>& prefixes) {
  return std::ranges::any_of(prefixes, [&item](const std::string& prefix) {
    return std::ranges::any_of(item.citations, [&prefix](const script::Citation& citation) {
      return is_start(prefix, citation.source);
    });
  });
}

bool is_meant(const script::Case& item, const SelectionOptions& options, bool quick) {
  if (!options.only.empty() && !matches_any(options.only, item.id)) return false;
  if (matches_any(options.exclude, item.id)) return false;
  if (!options.levels.empty() && std::ranges::count(options.levels, item.level) == 0) return false;
  if (!options.tags.empty() && !has_any_tag(item, options.tags)) return false;
  if (!options.cites.empty() && !cites_any(item, options.cites)) return false;
  return !quick || !is_slow(item);
}

std::vector<std::string> ids_of(const Suite& suite) {
  std::vector<std::string> ids;
  for (const SuiteCase& entry : suite.cases) ids.push_back(entry.item.id);
  return ids;
}

std::string_view area_of(std::string_view id) {
  return id.substr(0, id.find('/'));
}

std::string_view slug_of(std::string_view id) {
  return id.substr(id.find('/') + 1);  // All of it where there is no slash.
}

// The id that `word` is a slip of, or whose area it leaves out. The area is no part of what has to
// be alike: with it any two ids of one area are.
std::optional<std::string> meant_id(std::string_view word, const std::vector<std::string>& ids) {
  std::vector<std::string> slugs;
  for (const std::string& id : ids) slugs.emplace_back(slug_of(id));
  const auto slug = nearest(slug_of(word), slugs);
  if (!slug) return std::nullopt;
  const auto has_slug = [&slug](const std::string& id) { return slug_of(id) == *slug; };
  std::vector<std::string> candidates;
  std::ranges::copy_if(ids, std::back_inserter(candidates), has_slug);
  return std::ranges::min(candidates, {}, [word](const std::string& id) {
    return glob_distance(area_of(word), area_of(id));
  });
}

// What may help where `word`, an id or a glob, matches nothing.
std::string suggestion(std::string_view word, const std::vector<std::string>& ids) {
  const bool is_glob = word.find_first_of("*?") != std::string_view::npos;
  if (const auto id = is_glob ? std::nullopt : meant_id(word, ids)) {
    return fmt::format("; did you mean '{}'?", *id);
  }
  std::set<std::string_view> areas;
  for (const std::string& id : ids) areas.insert(area_of(id));
  return fmt::format("; the areas are {}", fmt::join(areas, ", "));
}

// The first glob that matches nothing of the whole suite, as a sentence; or nothing.
std::string idle_glob(const Suite& suite, const std::vector<std::string>& globs) {
  const std::vector<std::string> ids = ids_of(suite);
  for (const std::string& glob : globs) {
    const auto matches = [&glob](const std::string& id) { return glob_matches(glob, id); };
    if (std::ranges::any_of(ids, matches)) continue;
    return fmt::format("--only: no case matches '{}'{}", glob, suggestion(glob, ids));
  }
  return "";
}

std::vector<const SuiteCase*> shard_of(const std::vector<const SuiteCase*>& cases, Shard shard) {
  std::vector<const SuiteCase*> mine;
  for (std::size_t i = shard.index - 1; i < cases.size(); i += shard.count)
    mine.push_back(cases[i]);
  return mine;
}

}  // namespace

Selected select(const Suite& suite, const SelectionOptions& options, bool quick) {
  if (suite.cases.empty()) return {.cases = {}, .problem = "the suite has no case"};
  const std::string idle = idle_glob(suite, options.only);
  if (!idle.empty()) return {.cases = {}, .problem = idle};

  std::vector<const SuiteCase*> meant;
  for (const SuiteCase& entry : suite.cases) {
    if (is_meant(entry.item, options, quick)) meant.push_back(&entry);
  }
  if (meant.empty()) return {.cases = {}, .problem = "no case is left by the selection"};
  std::vector<const SuiteCase*> mine = shard_of(meant, options.shard);
  if (!mine.empty()) return {.cases = std::move(mine), .problem = ""};
  return {.cases = {},
          .problem = fmt::format("shard {}/{} of {} cases has none", options.shard.index,
                                 options.shard.count, meant.size())};
}

Found find_case(const Suite& suite, const std::string& id) {
  const auto has_id = [&id](const SuiteCase& entry) { return entry.item.id == id; };
  const auto found = std::ranges::find_if(suite.cases, has_id);
  if (found != suite.cases.end()) return {.item = &*found, .problem = ""};
  return {.item = nullptr,
          .problem = fmt::format("no case is called '{}'{}", id, suggestion(id, ids_of(suite)))};
}

}  // namespace conform
