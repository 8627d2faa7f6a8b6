#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "server/options.h"
#include "server/password_hash.h"

namespace irc {
namespace {

TEST(CommandLine, ListensOnEachAddress) {
  const CommandLine line = read_command_line({"--listen", "[::1]:0", "--listen", "localhost:6667"});
  ASSERT_FALSE(line.exit) << line.exit->text;
  ASSERT_EQ(line.options.listen.size(), 2U);
  EXPECT_EQ(line.options.listen[0], (Address{.host = "::1", .port = 0}));
  EXPECT_EQ(line.options.listen[1], (Address{.host = "localhost", .port = 6667}));
}

TEST(CommandLine, ThrottlesUnlessItIsToldNotTo) {
  const Options throttled = read_command_line({}).options;
  EXPECT_TRUE(throttled.limits.pace && throttled.config.oper_pause);
  const Options hurried = read_command_line({"--no-throttle"}).options;
  EXPECT_FALSE(hurried.limits.pace || hurried.config.oper_pause);
}

TEST(CommandLine, HasAHashForNamesThatThereAreNot) {
  EXPECT_EQ(read_command_line({}).options.config.nobodys_password, kHashOfNobody);
}

TEST(CommandLine, KeepsNoPasswordOfAnOperator) {
  const CommandLine line = read_command_line({"--oper", "root:a:b"});
  const ServerConfig& config = line.options.config;
  ASSERT_EQ(config.operators.size(), 1U);
  EXPECT_EQ(config.operators[0].name, "root");
  EXPECT_EQ(config.operators[0].password.find("a:b"), std::string::npos);
  EXPECT_TRUE(config.is_oper_password(config.operators[0].password, "a:b"));
}

TEST(CommandLine, GoesOverTheFileWhereverItNamesIt) {
  const std::string path = testing::TempDir() + "command_line_test." + std::to_string(::getpid());
  std::ofstream(path) << "name = \"of.file\"\nmotd = [\"of\", \"file\"]\nping-timeout = 5\n"
                         "listen = [\"127.0.0.1:1\", \"127.0.0.1:2\"]\nutf8only = true\n";
  for (const auto& [first, second] : {std::pair{std::string("--name=a.b"), "--config=" + path},
                                      std::pair{"--config=" + path, std::string("--name=a.b")}}) {
    const CommandLine line = read_command_line({first, second, "--listen", "127.0.0.1:3"});
    ASSERT_FALSE(line.exit) << line.exit->text;
    EXPECT_EQ(line.config_file, path);
    EXPECT_EQ(line.options.config.name, "a.b");
    EXPECT_EQ(line.options.config.motd, (std::vector<std::string>{"of", "file"}));
    EXPECT_EQ(line.options.config.ping_timeout, std::chrono::seconds(5));
    EXPECT_TRUE(line.options.config.utf8_only);
    ASSERT_EQ(line.options.listen.size(), 1U);
    EXPECT_EQ(line.options.listen[0].port, 3);
  }
  ::unlink(path.c_str());
}

TEST(CommandLine, SaysWhatIsWrongInALine) {
  struct Case {
    std::vector<std::string> arguments;
    std::string text;
  };
  const Case cases[] = {
      {{"--listen", "6667"}, "--listen: not HOST:PORT: 6667"},
      {{"--listen", "::1:6667"}, "--listen: not HOST:PORT: ::1:6667"},
      {{"--listen", "h:65536"}, "--listen: not HOST:PORT: h:65536"},
      {{"--name", "irc"}, "--name: not a server name, with a dot: irc"},
      {{"--motd", "a\nb"}, "--motd: not one line of at most 400 bytes"},
      {{"--motd", std::string(401, 'x')}, "--motd: not one line of at most 400 bytes"},
      {{"--oper", "onlysecret"}, "--oper: not NAME:PASSWORD"},
      {{"--oper", ":secret"}, "--oper: not NAME:PASSWORD"},
      {{"--oper", "root:"}, "--oper: not NAME:PASSWORD"},
      {{"--password", ""}, "--password: not one line of text"},
      {{"--password", "a\nb"}, "--password: not one line of text"},
      {{"--sendq", "-1"}, "--sendq: not from 4096 to 1099511627776: -1"},
      {{"--sendq-all", "-1"}, "--sendq-all: not from 0 to 1099511627776: -1"},
      {{"--clients", "1000001"}, "--clients: not from 0 to 1000000: 1000001"},
      {{"--clients-per-address", "-1"}, "--clients-per-address: not from 0 to 1000000: -1"},
      {{"--log-level", "loud"}, "--log-level: not known: loud"},
      {{"--ping-timeout", "1e7"}, "--ping-timeout: not between 0.001 and 1000000 seconds: 1e7"},
      {{"--config", "/"}, "/: Is a directory"},
      {{"--config", "/dev/zero"}, "/dev/zero: File too large"},
      {{"--config", "/nonexistent"}, "/nonexistent: No such file or directory"},
  };
  for (const Case& each : cases) {
    const CommandLine line = read_command_line(each.arguments);
    ASSERT_TRUE(line.exit);
    EXPECT_EQ(line.exit->text, each.text);
    EXPECT_EQ(line.exit->status, kExitUsage);
  }
}

TEST(CommandLine, HasNoBotWhoseNicknameIsTooLongForTheFile) {
  const std::string path = testing::TempDir() + "command_line_test." + std::to_string(::getpid());
  const auto with_limit = [&path](int limit) {
    std::ofstream(path) << "limits.nick = " << limit << "\n";
    return read_command_line({"--config", path, "--bot"}).exit;
  };
  EXPECT_FALSE(with_limit(6));
  const std::optional<EarlyExit> refused = with_limit(5);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->text, "--bot: no nickname of at most 5 bytes: refbot");
  ::unlink(path.c_str());
}

TEST(CommandLine, SaysWhatTlsNeedsInTheWordsOfWhereItWasSet) {
  const std::string path = testing::TempDir() + "command_line_test." + std::to_string(::getpid());
  struct Case {
    std::vector<std::string> arguments;
    std::string file, text;
  };
  const Case cases[] = {
      {{"--tls-listen", ":0"}, "", "--tls-listen: needs --tls-cert and --tls-key"},
      {{"--tls-listen", ":0", "--tls-cert", "c"}, "", "--tls-listen: needs --tls-key"},
      {{"--tls-cert", "c"}, "", "--tls-cert: needs --tls-key"},
      {{"--tls-key", "k"}, "", "--tls-key: needs --tls-cert"},
      {{}, "[tls]\nlisten = \":0\"\n", path + ":2:10: listen needs certificate and key"},
      {{}, "[tls]\ncertificate = \"c\"\n", path + ":2:15: certificate needs key"},
      {{}, "tls = { key = \"k\" }\n", path + ":1:15: key needs certificate"},
      {{"--tls-listen", ":0"},
       "[tls]\nlisten = \":1\"\ncertificate = \"c\"\n",
       "--tls-listen: needs --tls-key"},
      {{"--tls-cert", "c"}, "[tls]\nlisten = \":0\"\n", path + ":2:10: listen needs key"},
  };
  for (const Case& each : cases) {
    std::ofstream(path) << each.file;
    std::vector<std::string> arguments = each.arguments;
    arguments.insert(arguments.end(), {"--config", path});
    const CommandLine line = read_command_line(arguments);
    ASSERT_TRUE(line.exit) << each.text;
    EXPECT_EQ(line.exit->text, each.text);
    EXPECT_EQ(line.exit->status, kExitUsage);
  }
  std::ofstream(path) << "[tls]\nlisten = \":0\"\nkey = \"k\"\n";
  const CommandLine line = read_command_line({"--config", path, "--tls-cert", "c"});
  ASSERT_FALSE(line.exit) << line.exit->text;
  EXPECT_EQ(line.options.tls.certificate.path, "c");
  EXPECT_EQ(line.options.tls.key.path, "k");
  ::unlink(path.c_str());
}

TEST(CommandLine, ShowsExamplesInItsHelp) {
  const CommandLine line = read_command_line({"--help"});
  ASSERT_TRUE(line.exit);
  EXPECT_EQ(line.exit->status, 0);
  EXPECT_NE(line.exit->text.find("--config FILE"), std::string::npos);
  EXPECT_NE(line.exit->text.find("Examples:\n  irc-refd"), std::string::npos);
}

}  // namespace
}  // namespace irc
