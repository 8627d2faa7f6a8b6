#include "server/core/dates.h"

#include <algorithm>
#include <chrono>

namespace irc {
namespace {

// With zeros in front, up to `width` digits.
std::string padded(std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

// "2026-01-31", then `between`, then "12:59:59".
std::string date_and_time(std::chrono::sys_seconds time, char between) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  return padded(static_cast<int>(date.year()), 4) + '-' +
         padded(static_cast<unsigned>(date.month()), 2) + '-' +
         padded(static_cast<unsigned>(date.day()), 2) + between + padded(clock.hours().count(), 2) +
         ':' + padded(clock.minutes().count(), 2) + ':' + padded(clock.seconds().count(), 2);
}

}  // namespace

std::string date_text(std::int64_t unix_time) {
  return date_and_time(std::chrono::sys_seconds{std::chrono::seconds(unix_time)}, ' ') + " UTC";
}

std::string time_tag(Millis since_unix_epoch) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since_unix_epoch);
  return date_and_time(std::chrono::sys_seconds{seconds}, 'T') + '.' +
         padded((since_unix_epoch - seconds).count(), 3) + 'Z';
}

}  // namespace irc
