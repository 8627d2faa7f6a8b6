// Folding: from the results of a case's plays to the one result that the case has.
#pragma once

#include <vector>

#include "harness/run/plan.h"
#include "harness/run/result.h"

namespace conform {

// The worse of two grades of one case: skip, pass, lenient, info, inconclusive, fail, error. A
// skipped play says nothing of those that were played; an inconclusive one leaves a doubt.
Grade worse(Grade a, Grade b);

bool is_worse(Grade a, Grade b);

// Whether a play with this grade may have left the target in disorder.
bool is_finding(Grade grade);

// What folding counts of a play that is not the worst of its case: there may be thousands.
CaseResult without_details(CaseResult play);

// The first of the worst plays, with what there is to say of all of them: a failure of lines in
// pieces only has that as its cause. Requires: there is one.
CaseResult fold(std::vector<CaseResult> plays);

// Groups plays by case, in the order of the cases' first plays, and folds each group.
std::vector<CaseResult> fold_by_case(std::vector<CaseResult> plays);

}  // namespace conform
