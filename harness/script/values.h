// Numbers with units as scripts write them, and the limits they must keep.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "harness/script/lexer.h"
#include "harness/script/model.h"

namespace conform::script {

inline constexpr std::size_t kScriptBytesMax = 4U << 20;
inline constexpr std::uint64_t kStepBytesMax = 64U << 20;  // What one step may send.
inline constexpr std::uint64_t kQueueBytesMax = 1U << 30;  // repeat until
inline constexpr std::uint64_t kRepeatsMax = 1'000'000;
inline constexpr std::uint64_t kCrowdMax = 20'000;  // Connections of one case.
inline constexpr std::size_t kClientsMax = 100;     // Names; a crowd has one.
inline constexpr std::size_t kTagsMax = 20;
inline constexpr std::size_t kNestingMax = 16;
inline constexpr Millis kDurationMax = std::chrono::hours(1);

// A number from `least` to `most`; `what` is it for the message.
std::optional<std::uint64_t> read_number(Line& line, std::string_view what, std::uint64_t least,
                                         std::uint64_t most);

// "200ms", "10s", "2min": from 1 ms to kDurationMax.
std::optional<Millis> read_duration(Line& line);

// "512B", "8KiB", "12MiB", "1GiB": from 1 byte to `most`.
std::optional<std::uint64_t> read_size(Line& line, std::uint64_t most);

// In the largest unit that divides them; read_duration and read_size read it back.
std::string print_duration(Millis duration);
std::string print_size(std::uint64_t bytes);

}  // namespace conform::script
