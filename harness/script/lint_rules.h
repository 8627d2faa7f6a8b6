// The groups of rules of which lint() is made.
#pragma once

#include "harness/script/lint.h"

namespace conform::script {

// What a rule looks at, and where it tells.
struct Subject {
  const Case& item;
  const Doubt& doubt;
  ProblemList& problems;

  bool doubts(ClientIndex index) const { return doubt.about(item.clients[index].name); }
};

// What may stand in a block, and alternatives that always hold.
void lint_blocks(const Subject& subject);

// Names in braces: known, in scope, numbers where they are adjusted, captures that can be made;
// clients that are never used; texts that grow too long.
void lint_names(const Subject& subject);

// Clients do what their connection allows, and every negative has a positive control before it.
void lint_connections(const Subject& subject);

// Every negative, every silence and every wait has a barrier after it.
void lint_barriers(const Subject& subject);

}  // namespace conform::script
