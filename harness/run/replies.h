// From what the clients of a play received to what the invariance of replies compares.
#pragma once

#include <vector>

#include "harness/oracle/invariance.h"
#include "harness/run/bindings.h"
#include "harness/run/client.h"

namespace conform {

// What the clients have received on their last connections, behind their welcome. Left out: answers
// to barriers and PINGs, notices of the server and its counts of users, the numbers in what it
// says, the order of its lists, the texts of ERROR and QUIT, hosts, tags, lines about clients of
// other cases, and everything of a client whose connection the server has ended.
Replies replies_of(const std::vector<Client>& clients, const Bindings& bindings,
                   const FreshNames& names);

}  // namespace conform
