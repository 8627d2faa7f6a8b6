#include "harness/script/lint.h"

namespace conform::script {

void lint(const Case&, const Doubt&, ProblemList&) {}

}  // namespace conform::script
