#include "server/log.h"

#include <fmt/format.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>

#include <algorithm>
#include <array>

#include "server/net/unique_fd.h"
#include "server/net/write_now.h"
#include "server/wire/casemap.h"
#include "server/wire/message.h"

namespace irc {
namespace {

// A command behind whose first parameters there may be a password or the key of a channel.
struct Secretive {
  std::string_view command;
  std::size_t shown;       // How many parameters are shown.
  std::string_view if_in;  // Only if the last of them holds it.
};
constexpr auto kSecretive = std::to_array<Secretive>({
    {"AUTHENTICATE", 0, ""},
    {"JOIN", 1, ""},
    {"MODE", 2, "k"},
    {"OPER", 0, ""},
    {"PASS", 0, ""},
});

struct Level {
  std::string_view name;
  LogLevel level;
};
constexpr auto kLevels = std::to_array<Level>({
    {"trace", LogLevel::trace},
    {"debug", LogLevel::debug},
    {"info", LogLevel::info},
    {"warning", LogLevel::warn},
    {"error", LogLevel::err},
    {"off", LogLevel::off},
});

class NeverWaitingSink : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit NeverWaitingSink(int fd) : own_(own_end_of_pipe(fd)), fd_(own_ ? own_.fd() : fd) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    if (dropped_ > 0 && !write(notice(message))) {
      ++dropped_;
      return;
    }
    dropped_ = write(message) ? 0 : 1;
  }
  void flush_() override {}

  spdlog::details::log_msg notice(const spdlog::details::log_msg& next) {
    notice_ = fmt::format("lines of the log that nobody read and that were dropped: {}", dropped_);
    return {next.time, {}, next.logger_name, LogLevel::warn, notice_};
  }
  bool write(const spdlog::details::log_msg& message) {
    constexpr std::string_view kCut = "...\n";
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    if (line.size() > kWriteNowBytesMax) {
      line.resize(kWriteNowBytesMax - kCut.size());
      line.append(kCut.begin(), kCut.end());
    }
    return write_now(fd_, {line.data(), line.size()});
  }

  UniqueFd own_;
  int fd_;
  std::size_t dropped_ = 0;  // Since a line was written last.
  std::string notice_;
};

// The last of what is shown of the message, if anything behind it is not.
std::optional<std::string_view> last_shown(const Message& message) {
  const auto found = std::ranges::find_if(kSecretive, [&message](const Secretive& each) {
    return equal(Casemapping::ascii, message.command, each.command);
  });
  if (found == kSecretive.end() || message.param_count <= found->shown) return std::nullopt;
  const std::string_view last =
      found->shown == 0 ? message.command : message.param(found->shown - 1);
  if (last.find(found->if_in) == std::string_view::npos) return std::nullopt;
  return last;
}

}  // namespace

std::unique_ptr<Log> log_to(int fd, LogLevel level) {
  auto log = std::make_unique<Log>("irc-refd", std::make_shared<NeverWaitingSink>(fd));
  log->set_level(level);
  log->set_pattern("%Y-%m-%d %H:%M:%S.%e %n %l: %v");
  return log;
}

std::optional<LogLevel> log_level_of(std::string_view name) {
  const auto found = std::ranges::find(kLevels, name, &Level::name);
  if (found == kLevels.end()) return std::nullopt;
  return found->level;
}

std::string escaped(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '\\') {
      text += "\\\\";
    } else if (byte == '\r') {
      text += "\\r";
    } else if (byte == '\n') {
      text += "\\n";
    } else if (code < 0x20 || code > 0x7e) {
      text += fmt::format("\\x{:02x}", code);
    } else {
      text += byte;
    }
  }
  return text;
}

std::string loggable(std::string_view line) {
  const ParseResult parsed = parse_message(line);
  // What is no message might still be a password with a slip of the hand in front.
  if (!parsed) return fmt::format("[no message, {} bytes]", line.size());
  const std::optional<std::string_view> last = last_shown(parsed.message);
  if (!last) return escaped(line);
  const auto end = static_cast<std::size_t>(last->data() - line.data()) + last->size();
  return escaped(line.substr(0, end)) + " [left out]";
}

}  // namespace irc
