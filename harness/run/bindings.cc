#include "harness/run/bindings.h"

#include <algorithm>
#include <utility>

namespace conform {
namespace {

constexpr std::size_t kRunLetters = 3;
constexpr std::size_t kCountLetters = 5;

std::string letters(std::uint64_t number, std::size_t count) {
  std::string text(count, 'a');
  for (std::size_t i = count; i-- > 0; number /= 26) {
    text[i] = static_cast<char>('a' + number % 26);
  }
  return text;
}

void put_back(std::string& text, const std::string& value, const std::string& name) {
  const std::string braced = "{" + name + "}";
  for (std::size_t at = 0; (at = text.find(value, at)) != std::string::npos;) {
    text.replace(at, value.size(), braced);
    at += braced.size();
  }
}

script::Lookup lookup_in(const Bindings& bindings) {
  return [&bindings](std::string_view name) {
    const std::string* value = bindings.find(name);
    return value != nullptr ? std::optional(*value) : std::nullopt;
  };
}

}  // namespace

FreshNames::FreshNames(std::uint64_t seed) : run_letters_(letters(seed, kRunLetters)) {}

bool FreshNames::is_fresh(std::string_view name) {
  if (name.size() == kRunLetters + kCountLetters + 2) name.remove_prefix(1);  // A chantype.
  // A token may stand in capitals, {T1}.
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return name.size() == kRunLetters + kCountLetters + 1 &&
         (std::ranges::all_of(name, is_small) || std::ranges::all_of(name, is_capital));
}

bool FreshNames::made(std::string_view name) const {
  return name.size() == kRunLetters + kCountLetters + 1 && is_fresh(name) &&
         name.ends_with(run_letters_);
}

std::string FreshNames::next(char first) {
  // What changes comes first: a target that cuts names short still gets different ones.
  std::string count = letters(count_++, kCountLetters);
  std::ranges::reverse(count);
  return first + count + run_letters_;
}

std::string FreshNames::nick() {
  return next('n');
}

std::string FreshNames::token() {
  return next('t');
}

std::string FreshNames::channel(char chantype) {
  return chantype + next('c');
}

void Bindings::bind(const std::string& name, std::string value, Kind kind) {
  Value& bound = values_[name];
  if (bound.text != value && FreshNames::is_fresh(bound.text)) former_[bound.text] = name;
  bound = {.text = std::move(value), .kind = kind};
}

const std::string* Bindings::find(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second.text;
}

bool Bindings::is_name(std::string_view name) const {
  const auto found = values_.find(name);
  return found != values_.end() && found->second.kind == Kind::name;
}

std::string Bindings::unbound(std::string text) const {
  for (const auto& [name, value] : values_) {
    if (FreshNames::is_fresh(value.text)) put_back(text, value.text, name);
  }
  for (const auto& [value, name] : former_) put_back(text, value, name);
  return text;
}

std::optional<std::int64_t> number_of(const script::NameRef& ref, const Bindings& bindings) {
  return script::number_of(ref, lookup_in(bindings));
}

Evaluated evaluate(const script::Text& text, const Bindings& bindings,
                   std::string_view line_so_far) {
  return script::evaluate(text, lookup_in(bindings), line_so_far);
}

}  // namespace conform
