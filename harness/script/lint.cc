#include "harness/script/lint.h"

#include "harness/script/lint_rules.h"

namespace conform::script {

void lint(const Case& item, const Doubt& doubt, ProblemList& problems) {
  const Subject subject{item, doubt, problems};
  lint_blocks(subject);
  lint_names(subject);
  lint_connections(subject);
  lint_barriers(subject);
}

}  // namespace conform::script
