// Playing a few steps against a TinyServer, as the runner would.
#pragma once

#include <string_view>
#include <utility>

#include "harness/run/result.h"
#include "tests/run/script_parts.h"
#include "tests/support/sim_suite.h"
#include "tests/support/tiny_server.h"

namespace conform::testing {

struct Scene {
  TinyServer::OnLine server = ordinary;
  Profile profile;  // What is known of it.
  std::string_view clients = "a b";
  std::string_view level = "must";
};

inline CaseResult play(std::string_view steps, Scene scene = {}) {
  return play_in_simulation({script_of(steps, scene.clients, scene.level)},
                            tiny_server(std::move(scene.server)),
                            {.learnt = Learnt{.profile = scene.profile}})
      .at(0);
}

inline bool passes(std::string_view steps, Scene scene = {}) {
  const CaseResult result = play(steps, std::move(scene));
  return result.grade == Grade::pass;
}

// A server that says `bytes` to whoever says GO, and is ordinary otherwise.
inline TinyServer::OnLine saying(std::string_view bytes) {
  return [said = std::string(bytes)](TinyServer& server, std::size_t who, std::string_view line) {
    if (line == "GO") return server.say(who, said);
    ordinary(server, who, line);
  };
}

}  // namespace conform::testing
