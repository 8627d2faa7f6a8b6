// LIST: which channels there are, by name, mask and the conditions of ELIST=CMNTU (Modern IRC,
// LIST, ELIST), as far as the one who asks may know.
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/handlers.h"

namespace irc {
namespace {

// What a condition compares.
enum class Measure : std::uint8_t { members, minutes_since_created, minutes_since_topic };

struct Condition {
  Measure measure;
  bool greater;
  std::int64_t bound;
};

// One of `names` and none of `excluded` has to match, and all conditions hold.
struct ListQuery {
  std::vector<std::string_view> names;  // Or masks; if there are none, any.
  std::vector<std::string_view> excluded;
  std::vector<Condition> conditions;

  std::size_t targets() const { return names.size() + excluded.size(); }
};

// "<5", ">5", "C<60", "C>60", "T<60", "T>60"; nothing if it is none of them. Letters in any case.
std::optional<Condition> condition_of(std::string_view item) {
  Condition condition{};
  if (equal_ascii(item.substr(0, 1), "C")) condition.measure = Measure::minutes_since_created;
  if (equal_ascii(item.substr(0, 1), "T")) condition.measure = Measure::minutes_since_topic;
  if (condition.measure != Measure::members) item.remove_prefix(1);
  if (!item.starts_with('<') && !item.starts_with('>')) return std::nullopt;
  condition.greater = item.front() == '>';
  item.remove_prefix(1);
  const auto [end, error] =
      std::from_chars(item.data(), item.data() + item.size(), condition.bound);
  if (error != std::errc{} || end != item.data() + item.size()) return std::nullopt;
  return condition;
}

// Items that are neither a name, a mask nor a condition name a channel that is not there.
ListQuery parse(std::string_view items) {
  ListQuery query;
  for (const std::string_view item : split_list(items)) {
    if (item.empty()) continue;
    if (const auto condition = condition_of(item)) {
      query.conditions.push_back(*condition);
    } else if (item.starts_with('!')) {
      query.excluded.push_back(item.substr(1));
    } else {
      query.names.push_back(item);
    }
  }
  return query;
}

// Without a topic there is no time since it was set, and no condition on it holds. Numbers are of
// what the one who asks may know: else they would tell of those who are invisible.
bool holds(const State& state, const Session& session, const Channel& channel,
           const Condition& condition) {
  constexpr std::int64_t kMinute = 60;
  std::int64_t value = 0;
  switch (condition.measure) {
    case Measure::members:
      value = static_cast<std::int64_t>(members_seen_by(session, channel));
      break;
    case Measure::minutes_since_created:
      value = (state.unix_now() - channel.created_at) / kMinute;
      break;
    case Measure::minutes_since_topic:
      if (!channel.topic) return false;
      value = (state.unix_now() - channel.topic->set_at) / kMinute;
      break;
  }
  return condition.greater ? value > condition.bound : value < condition.bound;
}

bool asked_for(const State& state, const Session& session, const Channel& channel,
               const ListQuery& query) {
  const auto matches = [&](std::string_view mask) {
    return mask.size() <= state.config().limits.mask_bytes_max &&
           matches_mask(mask, channel.name, state.config().casemapping);
  };
  return (query.names.empty() || std::ranges::any_of(query.names, matches)) &&
         std::ranges::none_of(query.excluded, matches) &&
         std::ranges::all_of(query.conditions, [&](const Condition& condition) {
           return holds(state, session, channel, condition);
         });
}

// A second parameter is more of them, or the server that is to answer (RFC 2812 3.2.6).
bool is_items(std::string_view parameter) {
  constexpr std::string_view kBegins = "#!*?";
  return parameter.empty() || kBegins.find(parameter.front()) != std::string_view::npos ||
         condition_of(parameter.substr(0, parameter.find(',')));
}

void send_item(State& state, Session& session, const Channel& channel) {
  const std::string count = std::to_string(members_seen_by(session, channel));
  const std::string_view topic = channel.topic ? std::string_view(channel.topic->text) : "";
  state.reply(session, Numeric::rpl_list, {channel.name, count}, topic);
}

}  // namespace

namespace handlers {

void list(State& state, Session& session, const Message& message) {
  const std::string_view more = message.param(1);
  if (!is_items(more) && !is_this_server(state, session, more)) return;
  const ListQuery first = parse(message.param(0));
  const ListQuery second = is_items(more) ? parse(more) : ListQuery{};
  if (first.targets() + second.targets() > state.config().limits.targets_max) {
    return state.reply(session, Numeric::err_toomanytargets, {message.param(0)});
  }
  state.reply(session, Numeric::rpl_liststart, {"Channel"});
  for (const auto& [folded, channel] : state.channels()) {
    if (channel.visible_to(session) && asked_for(state, session, channel, first) &&
        asked_for(state, session, channel, second)) {
      send_item(state, session, channel);
    }
  }
  state.reply(session, Numeric::rpl_listend);
}

}  // namespace handlers
}  // namespace irc
