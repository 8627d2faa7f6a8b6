#include "server/core/network_of.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "server/core/reply.h"

namespace irc {
namespace {

constexpr std::size_t kGroups = 8;
constexpr std::size_t kNetworkGroups = 4;

// Of one side of "::".
std::vector<std::string_view> groups(std::string_view text) {
  return text.empty() ? std::vector<std::string_view>() : split_list(text, ':');
}

}  // namespace

std::string network_of(std::string_view host) {
  if (host.find(':') == host.npos) return std::string(host);
  const std::size_t gap = host.find("::");
  const std::vector<std::string_view> front = groups(host.substr(0, gap));
  const std::vector<std::string_view> back =
      gap == host.npos ? groups({}) : groups(host.substr(gap + 2));
  if (front.size() + back.size() > kGroups) return std::string(host);  // No address.
  std::array<std::string_view, kGroups> all;
  all.fill("0");
  std::ranges::copy(front, all.begin());
  std::ranges::copy_backward(back, all.end());
  std::string network;
  for (std::size_t i = 0; i < kNetworkGroups; ++i) network.append(all[i]).append(":");
  return network.append(":/64");
}

}  // namespace irc
