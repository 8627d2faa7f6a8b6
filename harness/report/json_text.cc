#include "harness/report/json_text.h"

#include "harness/report/display.h"

namespace conform {

Json json_of(const std::vector<script::Citation>& citations) {
  Json array = Json::array();
  for (const script::Citation& citation : citations) {
    array.push_back(
        Json{{"source", as_utf8(citation.source)}, {"quotation", as_utf8(citation.quotation)}});
  }
  return array;
}

Json json_of(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.push_back(as_utf8(text));
  return array;
}

}  // namespace conform
