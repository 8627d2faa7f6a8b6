#include "harness/run/registration.h"

#include <algorithm>
#include <array>
#include <utility>

#include "server/wire/message.h"

namespace conform {
namespace {

constexpr int kRenamesMax = 5;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

Registration::Registration(const Profile& profile, RegistrationWish wish)
    : profile_(profile), wish_(std::move(wish)) {}

std::vector<std::string> Registration::opening() const {
  std::vector<std::string> lines;
  const bool cap = profile_.order == RegistrationOrder::cap_nick_user || !wish_.caps.empty();
  if (cap) lines.push_back("CAP LS 302\r\n");
  if (!profile_.password.empty()) lines.push_back("PASS " + profile_.password + "\r\n");
  const std::string nick = "NICK " + wish_.nick + "\r\n";
  // Short, without digits, and a real name of nothing but letters: some servers check them.
  const std::string user = "USER user 0 * :conform\r\n";
  const bool user_first = profile_.order == RegistrationOrder::user_nick;
  lines.push_back(user_first ? user : nick);
  lines.push_back(user_first ? nick : user);
  if (cap && wish_.caps.empty()) lines.push_back("CAP END\r\n");
  if (!wish_.caps.empty()) lines.push_back("CAP REQ :" + joined(wish_.caps) + "\r\n");
  return lines;
}

std::vector<std::string> Registration::on_cap(const std::vector<std::string>& params) {
  if (params.size() < 2 || wish_.caps.empty()) return {};
  if (params[1] == "ACK" && !std::exchange(cap_ended_, true)) return {"CAP END\r\n"};
  if (params[1] == "NAK") {
    state_ = State::refused;
    why_ = "CAP NAK " + joined(wish_.caps);
  }
  return {};
}

std::vector<std::string> Registration::on_line(std::string_view line) {
  const irc::ParseResult parsed = irc::parse_message(line);
  if (!parsed || state_ != State::underway) return {};
  const irc::Message& message = parsed.message;
  const std::vector<std::string> params(message.params().begin(), message.params().end());
  if (message.command == "001") {
    const std::string given = params.empty() ? "" : params.front();
    if (!given.empty() && wish_.nick.starts_with(given)) wish_.nick = given;  // Cut to NICKLEN.
    if (!wish_.oper) {
      state_ = State::welcomed;
      return {};
    }
    opering_ = true;
    return {"OPER " + profile_.oper_name + " " + profile_.oper_password + "\r\n"};
  }
  if (opering_ && message.command == "381") state_ = State::welcomed;
  if (message.command == "433" || message.command == "437") {
    if (wish_.nick_is_meant || ++renamed_ > kRenamesMax) {
      state_ = State::refused;
      why_ = line;
      return {};
    }
    wish_.nick.back() = static_cast<char>('a' + (wish_.nick.back() - 'a' + 1) % 26);
    return {"NICK " + wish_.nick + "\r\n"};
  }
  if (irc::equal_ascii(message.command, "CAP")) return on_cap(params);
  const auto is_command = [&message](const char* name) {
    return irc::equal_ascii(message.command, name);
  };
  const bool final_word = std::ranges::any_of(std::array{"ERROR", "464", "465", "432"}, is_command);
  const bool names_oper = irc::equal_ascii(message.param(1), "OPER");
  const bool unknown = names_oper && (is_command("421") || is_command("461"));
  const bool no_oper = opering_ && (unknown || is_command("491"));
  if (final_word || no_oper) {
    state_ = State::refused;
    why_ = line;
  }
  return {};
}

}  // namespace conform
