// Registration: one client's way from connected to welcomed, as a state machine over lines. It says
// what to send and when it is through; it has no connection and no clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/profile.h"

namespace conform {

struct RegistrationWish {
  std::string nick;
  std::vector<std::string> caps;  // To be requested; needs CAP.
  bool oper = false;              // OPER after the welcome.
  bool nick_is_meant = false;     // The script says which; no other one will do.
};

class Registration {
 public:
  enum class State : std::uint8_t {
    underway,
    welcomed,  // 001 has come, or what this target sends in its place; 381 too, if wished for.
    refused,   // It said no for good; why() has its words.
  };

  Registration(const Profile& profile, RegistrationWish wish);

  // The first lines, each with CR LF: each goes into a segment of its own.
  std::vector<std::string> opening() const;
  // Takes a line without terminator; gives the lines to send in answer. PINGs are not its business.
  std::vector<std::string> on_line(std::string_view line);

  State state() const { return state_; }
  // The nickname that the target welcomed, which may be a shorter one than was asked for.
  const std::string& nick() const { return wish_.nick; }
  const std::string& why() const { return why_; }
  // The target has no 001: everything was said, and a barrier will tell whether that was enough.
  void accepted() {
    if (state_ == State::underway) state_ = State::welcomed;
  }

 private:
  std::vector<std::string> on_cap(const std::vector<std::string>& params);

  const Profile& profile_;
  RegistrationWish wish_;
  State state_ = State::underway;
  std::string why_;
  int renamed_ = 0;
  bool cap_ended_ = false;
  bool opering_ = false;
};

}  // namespace conform
