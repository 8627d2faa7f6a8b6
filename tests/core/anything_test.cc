// Clients that say anything: the server keeps its invariants (CHECK), and what it says are lines.
#include <cstdint>
#include <random>

#include "tests/core/scene.h"

namespace irc {
namespace {

constexpr std::string_view kCommands[] = {
    "ADMIN",   "AWAY",    "CAP",    "DIE",    "HELP",   "INFO",   "INVITE", "ISON",
    "JOIN",    "KICK",    "KILL",   "LINKS",  "LIST",   "LUSERS", "MODE",   "MOTD",
    "NAMES",   "NICK",    "NOTICE", "OPER",   "PART",   "PASS",   "PING",   "PRIVMSG",
    "QUIT",    "REHASH",  "STATS",  "TAGMSG", "TIME",   "TOPIC",  "USER",   "USERHOST",
    "VERSION", "WALLOPS", "WHO",    "WHOIS",  "WHOWAS", "\x01"};
constexpr std::string_view kParameters[] = {"a",
                                            "b",
                                            "c",
                                            "A",
                                            "#x",
                                            "#X",
                                            "#y",
                                            "#x,#y",
                                            "a,b,c,d,e",
                                            ",",
                                            ",,",
                                            "0",
                                            "*",
                                            "o",
                                            "p",
                                            "+o",
                                            "-o+v",
                                            "+b",
                                            "-b",
                                            "+k",
                                            "-k",
                                            "+l",
                                            "+imnst-imnst",
                                            "+bbb",
                                            "n!u@h",
                                            "*!*@*",
                                            "@",
                                            "!",
                                            "1",
                                            "-1",
                                            "LS",
                                            "END",
                                            "REQ",
                                            "LIST",
                                            "message-tags",
                                            "-message-tags",
                                            "server-time",
                                            "echo-message",
                                            "extended-join",
                                            "away-notify",
                                            "302",
                                            "+e",
                                            "+I",
                                            "+B",
                                            "@#x",
                                            "bot",
                                            ":!stats #x",
                                            ":!dice 3d6",
                                            "!*x",
                                            ">1",
                                            "l",
                                            "m",
                                            ":",
                                            ":a b",
                                            "::",
                                            ":#x",
                                            "\xc3\xa9",
                                            "\xff",
                                            "irc.reference.test"};

class Anything {
 public:
  explicit Anything(std::uint64_t seed) : random_(seed), scene_(config(seed)) {}

  void happens() {
    if (clients_.size() < 5) clients_.push_back(scene_.connect());
    const std::size_t index = below(clients_.size());
    Client& client = clients_[index];
    if (below(4) == 0) client.says("NICK " + std::string(1, "abc"[below(3)])).says("USER u 0 * :r");
    if (below(20) == 0) client.says("CAP REQ message-tags").says("CAP END");
    client.says(line());
    if (below(3) == 0) client.forgets();
    if (client.closing() ? below(2) == 0 : below(50) == 0) {
      scene_.disconnect(client);
      clients_.erase(clients_.begin() + static_cast<std::ptrdiff_t>(index));
    }
    if (below(20) == 0) scene_.pass(std::chrono::seconds(below(100)));
    if (scene_.server.take_requests().rehash) {
      scene_.server.reconfigure(config(random_()), scene_.now);
    }
  }

 private:
  // Half of them with a bot, and half without a capability.
  static ServerConfig config(std::uint64_t seed) {
    ServerConfig config;
    if (seed % 2 == 0) config.bot = {.nick = "bot", .channels = {"#x"}, .seed = seed};
    if (seed % 4 < 2) config.capabilities_off = {"echo-message"};
    config.operators = {{"o", "p"}};
    config.sendq_bytes_max = 5000;
    return config;
  }
  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::string line() {
    const std::string tags = below(10) == 0 ? "@+a=" + std::string(below(4091), 'x') + ' ' : "";
    std::string line(kCommands[below(std::size(kCommands))]);
    for (std::size_t count = below(5); count > 0; --count) {
      line.append(" ").append(kParameters[below(std::size(kParameters))]);
    }
    if (below(10) == 0) line += " :" + std::string(below(500), 'x');
    return tags + line.substr(0, 510);
  }

  std::mt19937_64 random_;
  Scene scene_;
  std::vector<Client> clients_;
};

TEST(Anything, MayBeSaidByAnyoneUnderAnyOf200Seeds) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Anything anything(seed);
    for (int i = 0; i < 400; ++i) anything.happens();
    if (testing::Test::HasFailure()) FAIL() << "seed " << seed;
  }
}

}  // namespace
}  // namespace irc
