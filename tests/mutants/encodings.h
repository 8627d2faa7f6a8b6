// Servers that have a text or a name otherwise than it was written.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "server/core/server.h"
#include "server/wire/casemap.h"
#include "server/wire/utf8.h"
#include "tests/mutants/forwarding_net.h"
#include "tests/mutants/rewriting.h"

namespace irc::mutants {

// Bytes have seven bits.
struct SevenBits {
  static std::string read(std::string line) {
    for (char& byte : line) byte = static_cast<char>(byte & 0x7F);
    return line;
  }
};

struct StripsControlCodes {
  static std::string read(std::string line) {
    std::erase_if(line, [](char byte) { return '\0' < byte && byte < ' '; });
    return line;
  }
};

// For DiesOf: a line that cannot be decoded.
struct NotUtf8 {
  static bool takes(const Frame& frame) { return !is_utf8(frame.line); }
};

// Decodes what each read brought by itself; a '?' stands for what it cannot.
template <Network Inner>
class DecodesEachRead : public ForwardingNet<Inner> {
 public:
  using typename ForwardingNet<Inner>::Socket;
  using ForwardingNet<Inner>::ForwardingNet;

  IoResult recv(Socket& socket, std::span<char> in) {
    const IoResult result = this->inner_.recv(socket, in);
    const std::string_view read(in.data(), result.bytes);
    for (std::size_t at = 0; at < read.size();) {
      const std::size_t length = utf8_length(read, at);
      if (length == 0) in[at] = '?';
      at += std::max<std::size_t>(length, 1);
    }
    return result;
  }
};

// Announces UTF8ONLY, relays what is not UTF-8 all the same, and cuts long lines anywhere.
struct Utf8OnlyInName {
  static std::string rewritten(std::string line) {
    constexpr std::size_t kCutLineBytesMin = 505;
    const std::size_t first_token = line.find(" AWAYLEN=");
    if (first_token != line.npos) line.insert(first_token, " UTF8ONLY");
    if (line.size() >= kCutLineBytesMin) line.replace(line.size() - 3, 1, "\xf0");
    return line;
  }
};

enum class Announced : std::uint8_t { ascii, rfc1459, rfc1459_strict, strict_rfc1459 };

constexpr std::string_view name_of(Announced mapping) {
  constexpr std::array<std::string_view, 4> kNames = {"ascii", "rfc1459", "rfc1459-strict",
                                                      "strict-rfc1459"};
  return kNames[static_cast<std::size_t>(mapping)];
}

template <Announced Mapping>
struct AnnouncesMapping {
  static std::string rewritten(std::string line) {
    constexpr std::string_view kToken = " CASEMAPPING=";
    const std::size_t found = line.find(kToken);
    if (found == line.npos) return line;
    const std::size_t value = found + kToken.size();
    return line.replace(value, line.find(' ', value) - value, name_of(Mapping));
  }
};

// Announces one mapping and compares names by another.
template <Announced Said, Casemapping Done>
class ComparesOtherwise : public Rewrites<AnnouncesMapping<Said>> {
 public:
  explicit ComparesOtherwise(ServerConfig config)
      : Rewrites<AnnouncesMapping<Said>>(with_mapping(std::move(config))) {}

 private:
  static ServerConfig with_mapping(ServerConfig config) {
    config.casemapping = Done;
    return config;
  }
};

// Names that are written otherwise than their owners had them are others: what could be taken for
// one of them is changed before anybody looks it up.
class NamesHaveCase : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    std::string line(frame.line);
    for (std::size_t word = line.find(' '); word != line.npos; word = line.find(' ', word + 1)) {
      const std::size_t begin = word + 1;
      const std::string name = line.substr(begin, line.find(' ', begin) - begin);
      if (is_anothers(name)) line[begin + (name.starts_with('#') ? 1 : 0)] = 'X';
    }
    if (line.starts_with("NICK ") || line.starts_with("JOIN ")) names_.insert(line.substr(5));
    Server::on_frame(id, Frame{.line = line, .overlong = frame.overlong}, now);
  }

 private:
  bool is_anothers(const std::string& name) const {
    const auto equals = [&name](const std::string& known) {
      return equal(Casemapping::rfc1459, known, name);
    };
    return !names_.contains(name) && std::ranges::any_of(names_, equals);
  }

  std::set<std::string> names_;
};

}  // namespace irc::mutants
