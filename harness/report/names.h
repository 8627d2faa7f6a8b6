// What reports call grades, boundary classes, levels and results. The words are part of the
// contract of the JSON report and change only with a major version.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "harness/run/result.h"

namespace conform {

// Every grade, from best to worst, then those that measured nothing.
inline constexpr std::array kGrades = {Grade::pass, Grade::lenient,      Grade::info,
                                       Grade::fail, Grade::inconclusive, Grade::skip,
                                       Grade::error};

std::string_view name_of(Grade grade);
std::string_view name_of(Boundaries boundaries);
std::string_view name_of(script::Level level);

// "framing/bare-cr", or "framing/bare-cr [cut(7)]" where another cut than the written one did not
// pass.
std::string name_of(const CaseResult& result);

// The sources, joined: "rfc1459#2.3, modern#messages".
std::string names_of(const std::vector<script::Citation>& citations);

}  // namespace conform
