// Cores that send to the wrong client.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/server.h"
#include "tests/mutants/rewriting.h"

namespace irc::mutants {

// A core that can put lines before what it has to say to a client.
class Mailing : public Server {
 public:
  using Server::Server;

  std::string_view output(ConnId id) const {
    const auto found = mail_.find(id);
    return found == mail_.end() ? Server::output(id) : std::string_view(found->second);
  }
  void sent(ConnId id, std::size_t bytes) {
    const auto found = mail_.find(id);
    if (found == mail_.end()) return Server::sent(id, bytes);
    found->second.erase(0, bytes);
    if (found->second.empty()) mail_.erase(found);
  }
  void disconnected(ConnId id, std::string_view reason) {
    mail_.erase(id);
    Server::disconnected(id, reason);
  }
  std::vector<ConnId> take_changed() {
    std::vector<ConnId> changed = std::exchange(posted_, {});
    for (const ConnId id : Server::take_changed()) changed.push_back(id);
    return changed;
  }

 protected:
  void post(ConnId id, std::string_view lines) {
    if (lines.empty()) return;
    mail_[id] += lines;
    posted_.push_back(id);
  }

 private:
  std::map<ConnId, std::string> mail_;
  std::vector<ConnId> posted_;
};

// Notices a reset at the end of a round only, and sends what waited for that client until then to
// who comes next.
class InheritedMail : public Mailing {
 public:
  using Mailing::Mailing;

  void open(ConnId id, const Origin& origin, TimePoint now) {
    Mailing::open(id, origin, now);
    post(id, std::exchange(left_, {}));
  }
  void disconnected(ConnId id, std::string_view reason) { gone_.emplace_back(id, reason); }
  void tick(TimePoint now) {
    left_.clear();
    for (const auto& [id, reason] : std::exchange(gone_, {})) {
      left_ += output(id);
      Mailing::disconnected(id, reason);
    }
    Mailing::tick(now);
  }

 private:
  std::vector<std::pair<ConnId, std::string>> gone_;
  std::string left_;
};

// Tells everybody what a client did wrong.
class ErrorsToEverybody : public Mailing {
 public:
  using Mailing::Mailing;

  void open(ConnId id, const Origin& origin, TimePoint now) {
    clients_.insert(id);
    Mailing::open(id, origin, now);
  }
  void disconnected(ConnId id, std::string_view reason) {
    clients_.erase(id);
    Mailing::disconnected(id, reason);
  }
  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    const std::size_t before_bytes = Server::output(id).size();
    Mailing::on_frame(id, frame, now);
    const std::string_view answer = Server::output(id).substr(before_bytes);
    if (!behind_source(answer).starts_with('4') || !is_numeric(answer)) return;
    for (const ConnId other : clients_) {
      if (other != id) post(other, answer);
    }
  }

 private:
  std::set<ConnId> clients_;
};

}  // namespace irc::mutants
