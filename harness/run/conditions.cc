#include "harness/run/conditions.h"

#include <algorithm>

#include "server/wire/casemap.h"

namespace conform {
namespace {

using Kind = script::Requirement::Kind;

bool advertises(const script::Requirement& requirement, const Profile& profile) {
  const auto announced = profile.announced();
  const auto found = announced.find(requirement.name);
  return found != announced.end() && (!requirement.value || *requirement.value == found->second);
}

}  // namespace

bool holds(const script::Requirement& requirement, const Profile& profile,
           const Abilities& abilities) {
  switch (requirement.kind) {
    case Kind::local:
      return abilities.process;
    case Kind::spawned:
    case Kind::fresh:
      return abilities.restart;
    case Kind::tls:
      return false;
    case Kind::isupport:
      return advertises(requirement, profile);
    case Kind::not_isupport:
      return !advertises(requirement, profile);
    case Kind::cap:
      return std::ranges::count(profile.caps, requirement.name) > 0;
    case Kind::command:
      return std::ranges::none_of(profile.missing_commands, [&](const std::string& missing) {
        return irc::equal_ascii(missing, requirement.name);
      });
    case Kind::password:
      return !profile.password.empty();
    case Kind::oper:
      return !profile.oper_name.empty();
    case Kind::unthrottled:
      return profile.line_delay <= kUsualLineDelay;
  }
  return false;
}

std::string missing(const script::Requirement& requirement) {
  const std::string value = requirement.value ? "=" + *requirement.value : "";
  switch (requirement.kind) {
    case Kind::local:
      return "needs the target's process (--spawn, or --pid)";
    case Kind::spawned:
    case Kind::fresh:
      return "needs a target that it may start (--spawn)";
    case Kind::tls:
      return "needs a TLS target";
    case Kind::isupport:
      return "needs ISUPPORT " + requirement.name + value;
    case Kind::not_isupport:
      return "needs a target without ISUPPORT " + requirement.name + value;
    case Kind::cap:
      return "needs the capability " + requirement.name;
    case Kind::command:
      return "needs the command " + requirement.name;
    case Kind::password:
      return "needs a target with a password (--password)";
    case Kind::oper:
      return "needs an operator account (--oper)";
    case Kind::unthrottled:
      return "needs a target that deals with lines as fast as they come: lift its flood control";
  }
  return "";
}

std::string unplayable(const script::Case& item, const Profile& profile,
                       const Abilities& abilities) {
  for (const script::Requirement& requirement : item.requirements) {
    if (!holds(requirement, profile, abilities)) return missing(requirement);
  }
  for (const script::ClientDecl& client : item.clients) {
    script::Requirement needed;
    needed.kind = Kind::oper;
    if (client.oper && !holds(needed, profile, abilities)) return missing(needed);
    needed.kind = Kind::tls;
    if (client.tls) return missing(needed);
    needed.kind = Kind::cap;
    for (const std::string& cap : client.caps) {
      needed.name = cap;
      if (!holds(needed, profile, abilities)) return missing(needed);
    }
  }
  return "";
}

}  // namespace conform
