// Scene: a server and its clients, without a network. A client says lines and hears lines.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/server.h"

namespace irc {

using Lines = std::vector<std::string>;

class Scene {
 public:
  class Client {
   public:
    Client(Scene& scene, ConnId id) : scene_(&scene), id_(id) {}

    ConnId id() const { return id_; }

    // A line without terminator, as the framer gives it: an exact-size copy on the heap.
    Client& says(std::string_view text) {
      const std::unique_ptr<char[]> copy(new char[text.size()]);
      text.copy(copy.get(), text.size());
      const Frame frame{.line = {copy.get(), text.size()}, .overlong = false};
      scene_->server.on_frame(id_, frame, scene_->now);
      return *this;
    }
    Client& says_too_much() {
      scene_->server.on_frame(id_, Frame{.line = {}, .overlong = true}, scene_->now);
      return *this;
    }

    // What it was sent since it was last asked, without terminators. Each is a line as it must be.
    Lines heard() {
      std::string_view output = scene_->server.output(id_);
      const std::size_t bytes = output.size();
      Lines lines;
      while (!output.empty()) {
        const std::size_t end = output.find("\r\n");
        if (end == std::string_view::npos) {
          ADD_FAILURE() << "unterminated: " << output;
          break;
        }
        EXPECT_LE(end + 2 - tags_bytes(output), 512U) << output.substr(0, end);
        EXPECT_LE(tags_bytes(output), 8191U) << output.substr(0, end);
        EXPECT_EQ(output.substr(0, end).find_first_of(std::string_view("\0\r\n", 3)),
                  std::string_view::npos);
        lines.emplace_back(output.substr(0, end));
        output.remove_prefix(end + 2);
      }
      scene_->server.sent(id_, bytes);
      return lines;
    }
    // The replies to one line.
    Lines asks(std::string_view text) {
      heard();
      return says(text).heard();
    }
    // The same, of each its command only ("353").
    Lines commands(std::string_view text) {
      Lines commands;
      for (const std::string& line : asks(text)) commands.emplace_back(command_of(line));
      return commands;
    }
    Client& forgets() {
      heard();
      return *this;
    }
    bool closing() const { return scene_->server.closing(id_); }

   private:
    // Of "@tags ", by which a line may be longer (IRCv3 message-tags, size limit).
    static std::size_t tags_bytes(std::string_view line) {
      return line.starts_with('@') ? line.find(' ') + 1 : 0;
    }
    static std::string_view command_of(std::string_view line) {
      line.remove_prefix(tags_bytes(line));
      if (line.starts_with(':')) line.remove_prefix(line.find(' ') + 1);
      return line.substr(0, line.find(' '));
    }

    Scene* scene_;
    ConnId id_;
  };

  explicit Scene(ServerConfig config = {}) : server(std::move(config)) {}

  // Connected only.
  Client connect(std::string_view host = "h") { return connect(Origin{.host = host}); }
  Client connect(const Origin& origin) {
    const ConnId id{++last_id_};
    server.open(id, origin, now);
    return {*this, id};
  }
  // Registered as `nick`!u@h, its welcome heard.
  Client user(std::string_view nick) {
    Client client = connect();
    client.says("NICK " + std::string(nick)).says("USER u 0 * :real name");
    client.forgets();
    return client;
  }
  // The same, with capabilities.
  Client user(std::string_view nick, std::initializer_list<std::string_view> capabilities) {
    Client client = user(nick);
    for (const std::string_view each : capabilities) client.says("CAP REQ " + std::string(each));
    return client.forgets();
  }
  Client tagger(std::string_view nick) { return user(nick, {"message-tags"}); }
  // The same, an IRC operator. Requires: operator_config().
  Client oper(std::string_view nick) {
    Client client = user(nick);
    client.says("OPER root pw").forgets();
    return client;
  }
  // Registered and on #c, what that says heard by all.
  Client member(std::string_view nick) {
    Client client = user(nick);
    client.says("JOIN #c");
    forget();
    return client;
  }
  // Everybody has heard everything so far.
  void forget() {
    for (std::uint64_t id = 1; id <= last_id_; ++id) {
      if (!gone_.contains(id)) Client(*this, ConnId{id}).forgets();
    }
  }
  void disconnect(const Client& client, std::string_view reason = "EOF") {
    server.disconnected(client.id(), reason);
    gone_.insert(static_cast<std::uint64_t>(client.id()));
  }
  void pass(Duration duration) {
    now += duration;
    server.tick(now);
  }

  Server server;
  TimePoint now{std::chrono::hours(1)};

 private:
  std::uint64_t last_id_ = 0;
  std::set<std::uint64_t> gone_;
};

using Client = Scene::Client;

// With an operator "root" whose password is "pw".
inline ServerConfig operator_config() {
  ServerConfig config;
  config.operators = {{"root", "pw"}};
  return config;
}

}  // namespace irc
