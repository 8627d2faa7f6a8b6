// Dates as text, of the proleptic Gregorian calendar and UTC.
#pragma once

#include <cstdint>
#include <string>

#include "server/net/clock.h"

namespace irc {

// "2026-01-31 12:59:59 UTC". `unix_time` in seconds.
std::string date_text(std::int64_t unix_time);

// "2026-01-31T12:59:59.123Z", the value of the tag `time` (IRCv3 server-time).
std::string time_tag(Millis since_unix_epoch);

}  // namespace irc
