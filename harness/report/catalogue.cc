#include "harness/report/catalogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/report/display.h"
#include "harness/report/json_text.h"
#include "harness/report/names.h"
#include "harness/script/print.h"

namespace conform {
namespace {

std::string name_of(const script::Segmentation& segmentation) {
  using Kind = script::Segmentation::Kind;
  switch (segmentation.kind) {
    case Kind::whole:
      return "whole";
    case Kind::lines:
      return "lines";
    case Kind::bytes:
      return "bytes";
    case Kind::each_cut:
      return "each-cut";
    case Kind::glued:
      return "glued";
    case Kind::random:
      return fmt::format("random({})", segmentation.count);
  }
  return "";
}

// Cuts other than as written are declared by cases and not played yet.
std::vector<std::string> further_cuts(const script::Case& item) {
  std::vector<std::string> names;
  for (const script::Segmentation& also : item.segments.also) names.push_back(name_of(also));
  return names;
}

std::string variation_text(const script::Case& item) {
  const std::vector<std::string> names = further_cuts(item);
  if (names.empty()) return "played as written";
  return fmt::format("played as written; may be cut too: {}", fmt::join(names, ", "));
}

std::string citation_text(const script::Citation& citation) {
  const bool is_none = citation.source == "none";
  const std::string source = is_none ? "no text requires it" : displayed(citation.source);
  if (citation.quotation.empty()) return fmt::format("  {}\n", source);
  return is_none ? fmt::format("  {}: {}\n", source, displayed(citation.quotation))
                 : fmt::format("  {}: \"{}\"\n", source, displayed(citation.quotation));
}

}  // namespace

std::string catalogue_text(const Cases& cases) {
  std::size_t width = 0;
  for (const script::Case* item : cases) width = std::max(width, item->id.size());
  std::string text;
  for (const script::Case* item : cases) {
    text += fmt::format("{:<{}}  {:<6}  {}\n", displayed(item->id), width, name_of(item->level),
                        displayed(item->title));
  }
  return text;
}

std::string catalogue_json(const Cases& cases) {
  Json array = Json::array();
  for (const script::Case* item : cases) {
    array.push_back(Json{{"id", as_utf8(item->id)},
                         {"level", name_of(item->level)},
                         {"title", as_utf8(item->title)},
                         {"citations", json_of(item->citations)},
                         {"tags", json_of(item->tags)},
                         {"further_cuts", json_of(further_cuts(*item))}});
  }
  return array.dump(2) + "\n";
}

std::string explanation(const script::Case& item) {
  std::string text =
      fmt::format("{}  {}\n{}\n", displayed(item.id), name_of(item.level), displayed(item.title));
  if (!item.info.empty()) text += displayed_lines(item.info, "");
  text += "\ncitations:\n";
  for (const script::Citation& citation : item.citations) text += citation_text(citation);
  text += fmt::format("\nvariation: {}\n\n", variation_text(item));
  return text + displayed_lines(script::print(item), "");
}

}  // namespace conform
