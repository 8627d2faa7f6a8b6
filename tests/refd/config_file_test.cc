#include "server/config_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include "server/net/pipe.h"
#include "server/net/write_now.h"
#include "server/password_hash.h"
#include "server/values.h"
#include "tests/core/scene.h"

namespace irc {
namespace {

using std::chrono::seconds;

// A file of that content, as long as the test lasts.
class ConfigFile : public testing::Test {
 protected:
  Options read(std::string_view text) {
    std::ofstream(path_) << text;
    Options options;
    read_config_file(path_, options);
    return options;
  }
  // What is wrong, without the path.
  std::string wrong(std::string_view text) {
    try {
      read(text);
    } catch (const ConfigError& error) {
      const std::string what = error.what();
      EXPECT_TRUE(what.starts_with(path_ + ":")) << what;
      return what.substr(path_.size() + 1);
    }
    return "nothing";
  }
  ~ConfigFile() override { ::unlink(path_.c_str()); }

 private:
  std::string path_ = testing::TempDir() + "config_file_test." + std::to_string(::getpid());
};

TEST_F(ConfigFile, ThatIsEmptyLeavesTheDefaults) {
  const Options options = read("");
  EXPECT_EQ(options.config.name, Options().config.name);
  EXPECT_EQ(options.listen, Options().listen);
}

TEST_F(ConfigFile, SetsWhatItNames) {
  const std::string hash = hash_password("secret");
  const Options options = read(R"(
name = "irc.my.net"
network = "MyNet"
listen = ["127.0.0.1:6667", "[::1]:0"]
password = "let me in"
motd = ["Be kind.", ""]
casemapping = "ascii"
utf8only = true
ping-interval = 90
ping-timeout = 2.5
registration-timeout = 7
sendq = 65536
sendq-all = 1000000
clients = 500
clients-per-address = 0
failed-opers = 5
oper-pause = 3
log-level = "debug"
throttle = { penalty = 1, ahead = 5 }
[admin]
email = "root@my.net"
[bot]
nick = "helper"
channels = ["#help"]
[limits]
nick = 9
channels = 50
[[operator]]
name = "root"
password = ")" + hash + "\"\n");
  const ServerConfig& config = options.config;
  EXPECT_EQ(config.name, "irc.my.net");
  EXPECT_EQ(config.network, "MyNet");
  ASSERT_EQ(options.listen.size(), 2U);
  EXPECT_EQ(options.listen[1], (Address{.host = "::1", .port = 0}));
  EXPECT_EQ(config.password, "let me in");
  EXPECT_EQ(config.motd, (std::vector<std::string>{"Be kind.", ""}));
  EXPECT_EQ(config.casemapping, Casemapping::ascii);
  EXPECT_TRUE(config.utf8_only);
  EXPECT_EQ(config.ping_interval, seconds(90));
  EXPECT_EQ(config.ping_timeout, Millis(2500));
  EXPECT_EQ(config.registration_timeout, seconds(7));
  EXPECT_EQ(config.sendq_bytes_max, 65536U);
  EXPECT_EQ(config.sendq_all_bytes_max, 1'000'000U);
  EXPECT_EQ(config.clients_max, 500U);
  EXPECT_EQ(config.clients_per_address_max, std::nullopt);
  EXPECT_EQ(config.failed_opers_max, 5U);
  EXPECT_EQ(config.oper_pause, seconds(3));
  EXPECT_EQ(options.log_level, LogLevel::debug);
  ASSERT_TRUE(options.limits.pace);
  EXPECT_EQ(options.limits.pace->penalty, seconds(1));
  EXPECT_EQ(options.limits.pace->ahead, seconds(5));
  EXPECT_EQ(config.admin->email, "root@my.net");
  EXPECT_EQ(config.bot->nick, "helper");
  EXPECT_EQ(config.bot->channels, std::vector<std::string>{"#help"});
  EXPECT_EQ(config.limits.nick_bytes_max, 9U);
  EXPECT_EQ(config.limits.channels_max, 50U);
  ASSERT_EQ(config.operators.size(), 1U);
  EXPECT_EQ(config.operators[0].name, "root");
  EXPECT_TRUE(config.is_oper_password(config.operators[0].password, "secret"));
  EXPECT_FALSE(config.is_oper_password(config.operators[0].password, "secre"));
}

TEST_F(ConfigFile, SwitchesTheThrottleOff) {
  EXPECT_FALSE(read("throttle = false").limits.pace);
}

TEST_F(ConfigFile, NamesThePlaceOfWhatIsWrong) {
  struct Case {
    std::string_view text, wrong;
  };
  const Case cases[] = {
      {"name = \"a.b\"\nnam = \"a.b\"\n", "2:1: unknown key: nam"},
      {"[limits]\nnick = 9\n  bogus = 1\n", "3:3: unknown key: bogus"},
      {"[[operator]]\nnick = \"root\"\n", "2:1: unknown key: nick"},
      {"name = 3\n", "1:8: name has to be a string"},
      {"name = \"a b\"\n", "1:8: not a server name, with a dot: a b"},
      {"name = \"irc\"\n", "1:8: not a server name, with a dot: irc"},
      {"network = \"My Net\"\n",
       "1:11: the network has to be one word of at most 40 bytes: My Net"},
      {"listen = [\"127.0.0.1:0\",\n  6667]\n", "2:3: listen has to be a string"},
      {"listen = \"6667\"\n", "1:10: not HOST:PORT: 6667"},
      {"listen = []\n", "1:10: listen has to name an address"},
      {"motd = \"a\\nb\"\n", "1:8: motd has to be one line, without NUL"},
      {"utf8only = 1\n", "1:12: utf8only has to be true or false"},
      {"sendq = 12\n", "1:9: sendq has to be from 4096 to 1099511627776"},
      {"sendq = -1\n", "1:9: sendq has to be from 4096 to 1099511627776"},
      {"sendq = 4096.0\n", "1:9: sendq has to be a whole number"},
      {"ping-timeout = \"1\"\n", "1:16: ping-timeout has to be a number of seconds"},
      {"ping-timeout = 0\n", "1:16: ping-timeout has to be between 0.001 and 1000000 seconds"},
      {"ping-timeout = nan\n", "1:16: ping-timeout has to be between 0.001 and 1000000 seconds"},
      {"limits = 3\n", "1:10: limits has to be a table"},
      {"[limits]\nnick = 31\n", "2:8: nick has to be from 1 to 30"},
      {"throttle = true\n", "1:12: throttle has to be a table"},
      {"throttle = { penalty = 3, ahead = 2 }\n",
       "1:12: no line could be taken: ahead is less than penalty"},
      {"operator = \"root\"\n", "1:12: operators are tables: [[operator]]"},
      {"[[operator]]\nname = \"root\"\n", "1:1: an operator needs a password"},
      {"[[operator]]\nname = \"root\"\npassword = \"secret\"\n",
       "3:12: not a hash that 'irc-refd hash-password' made"},
      {"password = \"\"\n", "1:12: the password is empty"},
      {"clients = 1000001\n", "1:11: clients has to be from 0 to 1000000"},
      {"failed-opers = -1\n", "1:16: failed-opers has to be from 0 to 1000"},
      {"[bot]\nnick = \"1 bad nick\"\n", "2:8: no nickname of at most 30 bytes: 1 bad nick"},
      {"[bot]\nnick = \"helper\"\n[limits]\nnick = 5\n",
       "2:8: no nickname of at most 5 bytes: helper"},
      {"[limits]\nnick = 5\n[bot]\n", "3:1: no nickname of at most 5 bytes: refbot"},
      {"[bot]\nchannels = [\"#a\",\n  \"lobby\"]\n", "3:3: no channel of at most 50 bytes: lobby"},
      {"bot.channels = [\"#a\", \"#b\"]\nlimits.channels = 1\n",
       "1:16: a client may be on 1 channels"},
      {"log-level = \"loud\"\n", "1:13: not trace, debug, info, warning, error or off: loud"},
  };
  for (const Case& each : cases) EXPECT_EQ(wrong(each.text), each.wrong) << each.text;
}

// So that nothing of it is cut.
TEST_F(ConfigFile, NamesThePlaceOfWhatDoesNotFitIntoALine) {
  const std::string longest(kShownBytesMax, 'x');
  const std::string network(kNetworkBytesMax, '=');
  const std::string name = "a." + std::string(61, 'b');
  const ServerConfig config =
      read("name = \"" + name + "\"\nnetwork = \"" + network + "\"\nmotd = \"" + longest +
           "\"\nadmin.email = \"" + longest + "\"\n")
          .config;
  Scene scene(config);
  const std::string nick(config.limits.nick_bytes_max, 'n');
  Client client = scene.connect();
  client.says("NICK " + nick).says("USER u 0 * :r");
  for (const std::string& line : client.heard()) {
    if (line.find(" 005 ") == line.npos) continue;
    EXPECT_TRUE(line.ends_with(" :are supported by this server")) << line;
  }
  EXPECT_EQ(client.asks("MOTD").at(1), ":" + name + " 372 " + nick + " :- " + longest);
  EXPECT_EQ(client.asks("ADMIN").back(), ":" + name + " 259 " + nick + " :" + longest);
  EXPECT_EQ(wrong("network = \"" + network + "=\"\n"),
            "1:11: the network has to be one word of at most 40 bytes: " + network + "=");
  EXPECT_EQ(wrong("motd = [\"\",\n \"x" + longest + "\"]\n"),
            "2:2: motd has to be of at most 400 bytes");
  EXPECT_EQ(wrong("admin.email = \"x" + longest + "\"\n"),
            "1:15: email has to be of at most 400 bytes");
}

TEST_F(ConfigFile, NamesThePlaceOfWhatIsNotToml) {
  EXPECT_TRUE(wrong("name = \"a.b\"\n= 3\n").starts_with("2:1: ")) << wrong("= 3");
  EXPECT_TRUE(wrong("a = 1\na = 2\n").starts_with("2:")) << wrong("a = 1\na = 2\n");
}

TEST(ConfigFileThatIsAPipe, IsReadToItsEnd) {
  Pipe pipe = make_pipe();
  ASSERT_TRUE(write_now(pipe.write.fd(), "name = \"of.a.pipe\"\n"));
  { const UniqueFd closed = std::move(pipe.write); }
  Options options;
  read_config_file("/dev/fd/" + std::to_string(pipe.read.fd()), options);
  EXPECT_EQ(options.config.name, "of.a.pipe");
}

TEST(ConfigFileThatIsNotThere, IsAnError) {
  Options options;
  EXPECT_THROW(read_config_file("/nonexistent", options), ConfigError);
}

}  // namespace
}  // namespace irc
