#include "harness/run/cut.h"

#include <algorithm>
#include <random>
#include <set>

namespace conform {
namespace {

constexpr std::size_t kEveryOffsetBytesMax = 1024;
constexpr std::size_t kCutPointsMax = 1024;

std::vector<std::size_t> every_offset(std::size_t bytes) {
  std::vector<std::size_t> all;
  for (std::size_t offset = 1; offset < bytes; ++offset) all.push_back(offset);
  return all;
}

std::vector<std::size_t> line_ends(std::string_view bytes) {
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; (at = bytes.find('\n', at)) != std::string_view::npos;) {
    if (++at < bytes.size()) ends.push_back(at);
  }
  return ends;
}

// A few cuts: runs of bytes of any length.
std::vector<std::size_t> drawn(const Cut& cut, std::size_t bytes, std::uint64_t nth) {
  constexpr std::uint64_t kCutsMax = 8;
  if (bytes < 2) return {};
  std::mt19937_64 random(cut.seed + nth);
  std::set<std::size_t> offsets;
  for (std::uint64_t left = 1 + random() % kCutsMax; left > 0; --left) {
    offsets.insert(1 + random() % (bytes - 1));
  }
  return {offsets.begin(), offsets.end()};
}

}  // namespace

std::string name_of(const Cut& cut) {
  switch (cut.kind) {
    case Cut::Kind::as_written:
      return "as-written";
    case Cut::Kind::whole:
      return "whole";
    case Cut::Kind::lines:
      return "lines";
    case Cut::Kind::bytes:
      return "bytes";
    case Cut::Kind::at:
      return "cut(" + std::to_string(cut.number) + ")";
    case Cut::Kind::drawn:
      return "drawn(" + std::to_string(cut.number) + ")";
    case Cut::Kind::glued:
      return "glued";
  }
  return "as-written";
}

std::string segmentation_of(const Cut& cut) {
  if (cut.kind == Cut::Kind::at) return "each-cut";
  if (cut.kind == Cut::Kind::drawn) return "random";
  return name_of(cut);
}

// FNV-1a.
std::uint64_t drawing_seed(std::uint64_t run_seed, std::string_view case_id, std::uint64_t number) {
  constexpr std::uint64_t kOffset = 14695981039346656037U, kPrime = 1099511628211U;
  std::uint64_t hash = kOffset;
  for (const char byte : case_id) hash = (hash ^ static_cast<unsigned char>(byte)) * kPrime;
  for (const std::uint64_t word : {run_seed, number}) hash = (hash ^ word) * kPrime;
  return hash;
}

std::vector<std::size_t> cut_points(std::string_view bytes) {
  if (bytes.size() <= kEveryOffsetBytesMax) return every_offset(bytes.size());
  constexpr std::size_t kNear = 3;
  constexpr std::size_t kSmallestBuffer = 512;
  std::vector<std::size_t> centers;  // Between CR and LF is where it matters most.
  for (std::size_t at = 0; (at = bytes.find('\n', at)) != std::string_view::npos; ++at) {
    centers.push_back(at);
  }
  for (std::size_t size = kSmallestBuffer; size < bytes.size(); size *= 2) centers.push_back(size);
  std::set<std::size_t> points;
  for (const std::size_t center : centers) {
    const std::size_t last = std::min(center + kNear, bytes.size() - 1);
    for (std::size_t at = std::max(center, kNear + 1) - kNear; at <= last; ++at) points.insert(at);
  }
  return thinned({points.begin(), points.end()}, kCutPointsMax);
}

std::vector<std::size_t> thinned(const std::vector<std::size_t>& all, std::size_t most) {
  if (all.size() <= most) return all;
  std::vector<std::size_t> some;
  for (std::size_t i = 0; i < most; ++i) some.push_back(all[i * all.size() / most]);
  return some;
}

std::vector<std::size_t> offsets(const Cut& cut, std::string_view bytes, std::uint64_t nth) {
  switch (cut.kind) {
    case Cut::Kind::as_written:
    case Cut::Kind::whole:
    case Cut::Kind::glued:
      break;
    case Cut::Kind::lines:
      return line_ends(bytes);
    case Cut::Kind::bytes:
      return cut_points(bytes);
    case Cut::Kind::at:
      if (cut.number > 0 && cut.number < bytes.size()) return {cut.number};
      break;
    case Cut::Kind::drawn:
      return drawn(cut, bytes.size(), nth);
  }
  return {};
}

std::vector<std::string> recut(std::vector<std::string> written, const Cut& cut,
                               std::uint64_t nth) {
  if (cut.kind == Cut::Kind::as_written) return written;
  std::string bytes;
  for (const std::string& segment : written) bytes += segment;
  std::vector<std::string> segments;
  std::size_t begin = 0;
  for (const std::size_t offset : offsets(cut, bytes, nth)) {
    segments.push_back(bytes.substr(begin, offset - begin));
    begin = offset;
  }
  segments.push_back(bytes.substr(begin));
  return segments;
}

}  // namespace conform
