// Encoding: a case becomes records (records.h), so that what it does can be played by a fuzz target
// and changed by a mutator.
//
// What has no counterpart is left out: what is expected, facts, conditions (which are taken to
// hold), clients beyond the eighth, a crowd but for one of it. Names are those of the records'
// world, what a step would capture is "x". Loops are played out, twenty rounds at most; of a
// search one, for the number closest to the length of a line; of a one-of the first alternative.
//
// Clients that the case calls a, b and c are those of the world, and d to h the others, where they
// start as these do; the others take the places that are left, and register or connect first. Who
// joins {chan} before it does anything else is there already.
#pragma once

#include <cstddef>
#include <string>

#include "harness/script/model.h"

namespace conform::script {

// Where a case's records end: no step begins behind it.
inline constexpr std::size_t kRecordsBytesMax = 256U << 10;

std::string encode(const Case& item);

}  // namespace conform::script
