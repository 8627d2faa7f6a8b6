#include <fmt/format.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "tests/load/bench/crowd.h"
#include "tests/load/bench/loads.h"
#include "tests/load/bench/samples.h"

namespace irc::bench {
namespace {

// So that a line is about as long as what people say.
constexpr std::string_view kText = "what people say to one another has about so many characters";

class Conversation {
 public:
  Conversation(Crowd& crowd, const Talk& talk) : crowd_(crowd), talk_(talk), turns_(talk.groups) {}

  // Client i is in group i / members.
  void join_channels() {
    std::size_t joined = 0;
    const auto count = [&joined](std::size_t, std::string_view line) {
      if (is(line, "366")) ++joined;
    };
    for (std::size_t i = 0; i < crowd_.size(); ++i) {
      crowd_.send(i, fmt::format("JOIN #group{}\r\n", i / talk_.members));
    }
    crowd_.pump_until(count, [&] { return joined == crowd_.size(); });
  }

  // How long the bursts took until all had them; and how many messages were delivered.
  Samples& took() { return took_; }
  std::size_t hold() {
    for (std::size_t group = 0; group < talk_.groups; ++group) speak(group);
    const auto heard = [this](std::size_t client, std::string_view line) {
      if (!line.ends_with(kText)) return;
      const std::size_t group = client / talk_.members;
      ++delivered_;
      if (--turns_[group].outstanding > 0) return;
      took_.add(crowd_.now() - turns_[group].began);
      speak(group);
    };
    crowd_.pump_until(heard, [this] { return silent_ == talk_.groups; });
    return delivered_;
  }

 private:
  struct Turn {
    std::size_t speaker = 0;
    std::size_t outstanding = 0;  // Deliveries of what was said last.
    TimePoint began{};
  };

  void speak(std::size_t group) {
    if (delivered_ >= talk_.messages) {
      ++silent_;
      return;
    }
    Turn& turn = turns_[group];
    const std::size_t first = group * talk_.members;
    const std::size_t speaker = first + turn.speaker;
    turn.speaker = (turn.speaker + 1) % talk_.members;
    turn.outstanding = (talk_.members - 1) * talk_.burst;
    const std::string target =
        talk_.members == 2 ? crowd_.nick(first + turn.speaker) : fmt::format("#group{}", group);
    std::string lines;
    for (std::size_t i = 0; i < talk_.burst; ++i) {
      lines += fmt::format("PRIVMSG {} :{}\r\n", target, kText);
    }
    turn.began = crowd_.now();
    crowd_.send(speaker, lines);
  }

  Crowd& crowd_;
  Talk talk_;
  std::vector<Turn> turns_;
  Samples took_;
  std::size_t delivered_ = 0;
  std::size_t silent_ = 0;  // Groups that have come to their end.
};

}  // namespace

void relay(const Target& target, const Talk& talk) {
  Crowd crowd(target.port);
  if (talk.saturate) crowd.acknowledge_at_once();
  crowd.add(talk.groups * talk.members, "member");
  Conversation conversation(crowd, talk);
  if (talk.members > 2) conversation.join_channels();
  const double cpu_before = target.cpu_seconds();
  const TimePoint begin = crowd.now();
  const auto delivered = static_cast<double>(conversation.hold());
  const std::chrono::duration<double> elapsed = crowd.now() - begin;
  const double cpu = target.cpu_seconds() - cpu_before;
  fmt::print("delivered\t{:.0f}\ncpu_s\t{:.2f}\n", delivered, cpu);
  fmt::print("per_cpu_s\t{:.0f}\nper_s\t{:.0f}\n", delivered / cpu, delivered / elapsed.count());
  fmt::print("burst_p50_us\t{:.1f}\nburst_p99_us\t{:.1f}\n", conversation.took().percentile(0.5),
             conversation.took().percentile(0.99));
}

}  // namespace irc::bench
