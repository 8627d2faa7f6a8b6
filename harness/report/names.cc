#include "harness/report/names.h"

namespace conform {

std::string_view name_of(Grade grade) {
  switch (grade) {
    case Grade::pass:
      return "pass";
    case Grade::lenient:
      return "lenient";
    case Grade::info:
      return "info";
    case Grade::fail:
      return "fail";
    case Grade::inconclusive:
      return "inconclusive";
    case Grade::skip:
      return "skip";
    case Grade::error:
      return "error";
  }
  return "error";
}

std::string_view name_of(Boundaries boundaries) {
  switch (boundaries) {
    case Boundaries::none:
      return "none";
    case Boundaries::proved:
      return "proved";
    case Boundaries::witnessed:
      return "witnessed";
    case Boundaries::requested:
      return "requested";
  }
  return "none";
}

std::string_view name_of(script::Level level) {
  switch (level) {
    case script::Level::must:
      return "must";
    case script::Level::should:
      return "should";
    case script::Level::may:
      return "may";
    case script::Level::robust:
      return "robust";
  }
  return "must";
}

std::string name_of(const CaseResult& result) {
  const bool plain = result.variant.empty() || result.variant == "as-written";
  if (plain || result.grade == Grade::pass) return result.id;
  return result.id + " [" + result.variant + "]";
}

std::string names_of(const std::vector<script::Citation>& citations) {
  std::string names;
  for (const script::Citation& citation : citations) {
    if (!names.empty()) names += ", ";
    names += citation.source;
  }
  return names;
}

}  // namespace conform
