#include "fuzz/record_mutator.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "harness/script/records.h"

namespace fuzz {
namespace {

using conform::script::Record;

// Behind the client: % stands for a nickname, # for a channel, $ for a word of either or another.
constexpr auto kDoings = std::to_array<std::string_view>({
    "0NICK %",
    "0USER u 0 * :r",
    "0NICK %\\r\\nUSER u 0 * :r\\r\\nJOIN #",
    "0PASS p",
    "0JOIN #",
    "0JOIN #,#",
    "0JOIN # $",
    "0JOIN 0",
    "0PART # :$",
    "0PRIVMSG # :$",
    "0PRIVMSG %,# :$",
    "0NOTICE % :$",
    "0@+a=b TAGMSG #",
    "0MODE # +o %",
    "0MODE # -o+v % %",
    "0MODE # +b %!*@*",
    "0MODE # +k $",
    "0MODE # +l 2",
    "0MODE # +imnst",
    "0MODE # -imnst",
    "0MODE # b",
    "0MODE % +iw",
    "0KICK # % :$",
    "0KICK # %,%",
    "0INVITE % #",
    "0TOPIC # :$",
    "0TOPIC #",
    "0NAMES #",
    "0WHO #",
    "0WHO %",
    "0LIST #",
    "0WHOIS %",
    "0WHOWAS %",
    "0AWAY :$",
    "0AWAY",
    "0USERHOST % %",
    "0ISON % %",
    "0OPER o p",
    "0KILL % :$",
    "0WALLOPS :$",
    "0REHASH",
    "0MOTD",
    "0LUSERS",
    "0STATS u",
    "0HELP $",
    "0CAP LS 302",
    "0CAP REQ :message-tags echo-message",
    "0CAP REQ :extended-join away-notify multi-prefix",
    "0CAP END",
    "0PING $",
    "0PONG $",
    "0QUIT :$",
    "0",
    "8PRIVMSG # :$",
    "8NICK %\\r",
    "8\\n",
    "8",
    "@",
    "H",
    "P",
    "X",
    "`2",
    "`5",
    "`7",
    "h4",
    "h9",
    "p4",
    "p?",
});
constexpr auto kNicks = std::to_array<std::string_view>({"a", "b", "c", "d", "e", "A", "{x}"});
constexpr auto kChannels = std::to_array<std::string_view>({"#x", "#y", "#X"});
constexpr auto kWords = std::to_array<std::string_view>({"a", "#x", "two words", "k", "\xc3\xa9"});

// Limits of the reference server: a line with CR LF, its body, the longest topic, kick and away,
// mask, channel, nickname, key, user; and the tags of a client.
constexpr auto kLimits = std::to_array<std::size_t>({512, 510, 307, 120, 50, 30, 23, 18, 4096});
constexpr std::size_t kOff = 2;

constexpr std::size_t kRunMax = 6;
constexpr std::size_t kChangesMax = 4;

template <class Pool>
std::string one_of(const Pool& pool, Dice& dice) {
  return std::string(pool[dice.below(pool.size())]);
}

// The clients that are there at the begin are taken more often.
char client_of(Dice& dice) {
  constexpr std::string_view kClients =
      "01201203"
      "4567";
  return static_cast<char>(kClients[dice.below(kClients.size())] - '0');
}

std::string doing(Dice& dice) {
  const std::string_view form = kDoings[dice.below(kDoings.size())];
  std::string record(1, static_cast<char>(form.front() + client_of(dice)));
  for (const char byte : form.substr(1)) {
    if (byte == '%') {
      record += one_of(kNicks, dice);
    } else if (byte == '#') {
      record += one_of(kChannels, dice);
    } else if (byte == '$') {
      record += one_of(kWords, dice);
    } else {
      record += byte;
    }
  }
  return record;
}

Record parsed(std::string_view record) {
  return conform::script::take_record(record).value_or(Record{});
}

bool says(const std::string& record) {
  return conform::script::says(parsed(record).kind);
}

std::string saying(const Record& as, std::string_view bytes) {
  std::string record = conform::script::record_saying(as.client, bytes);
  record.pop_back();
  return record;
}

using Records = std::vector<std::string>;

Records::iterator at(Records& records, std::size_t index) {
  return records.begin() + static_cast<std::ptrdiff_t>(index);
}

// Some records in a row. Requires: there are some.
struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
};
Run run_of(const Records& records, Dice& dice) {
  const std::size_t begin = dice.below(records.size());
  const std::size_t longest = std::min(records.size() - begin, kRunMax);
  return {begin, begin + 1 + dice.below(longest)};
}

// One that says something, if there is one.
std::optional<std::size_t> a_saying(const Records& records, Dice& dice) {
  if (records.empty()) return std::nullopt;
  const std::size_t first = dice.below(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    const std::size_t index = (first + i) % records.size();
    if (says(records[index])) return index;
  }
  return std::nullopt;
}

void insert(Records& records, Dice& dice) {
  const std::size_t where = dice.below(records.size() + 1);
  for (std::size_t count = 1 + dice.below(3); count > 0; --count) {
    records.insert(at(records, where), doing(dice));
  }
}

void duplicate(Records& records, Dice& dice) {
  const Run run = run_of(records, dice);
  const Records copy(at(records, run.begin), at(records, run.end));
  records.insert(at(records, dice.below(records.size() + 1)), copy.begin(), copy.end());
}

void move(Records& records, Dice& dice) {
  const std::size_t from = dice.below(records.size());
  std::string record = std::move(records[from]);
  records.erase(at(records, from));
  records.insert(at(records, dice.below(records.size() + 1)), std::move(record));
}

void give(Records& records, Dice& dice) {
  char& first = records[dice.below(records.size())].front();
  const auto kind = static_cast<unsigned char>(first) & 0xf8U;
  const auto given = static_cast<char>(kind + static_cast<unsigned char>(client_of(dice)));
  if (given != '\n') first = given;
}

void split(Records& records, std::size_t index, Dice& dice) {
  const std::string record = records[index];
  const std::string bytes = conform::script::said(parsed(record));
  if (bytes.empty()) return;
  const std::size_t cut = dice.below(bytes.size());
  records[index] = saying(parsed(record), bytes.substr(0, cut));
  records.insert(at(records, index + 1),
                 saying(parsed(record), std::string_view(bytes).substr(cut)));
}

void join(Records& records, std::size_t index) {
  const Record record = parsed(records[index]);
  for (std::size_t next = index + 1; next < records.size(); ++next) {
    const Record other = parsed(records[next]);
    if (other.client != record.client) continue;
    if (!conform::script::says(other.kind)) return;
    std::string both = saying(record, said(record) + said(other));
    records[index] = std::move(both);
    records.erase(at(records, next));
    return;
  }
}

void glue(Records& records, Dice& dice) {
  records.insert(at(records, 1 + dice.below(records.size())), std::string(1, Record::kAtOnce));
}

// The last line of what is said, or one of its words, becomes as long as a limit, or nearly.
void pad(Records& records, std::size_t index, Dice& dice) {
  constexpr std::string_view kTerminator = "\r\n";
  const Record record = parsed(records[index]);
  std::string bytes = said(record);
  const bool is_line = bytes.ends_with(kTerminator);
  if (is_line) bytes.resize(bytes.size() - kTerminator.size());
  const std::size_t wanted = kLimits[dice.below(kLimits.size())] + dice.below(2 * kOff + 1) - kOff;
  std::size_t begin = bytes.rfind('\n') + 1;  // Of the line: 0 where there is no LF.
  std::size_t end = bytes.size();
  if (dice.below(2) == 0) {
    const std::size_t blank = bytes.find(' ', begin + dice.below(bytes.size() - begin + 1));
    begin = blank == std::string::npos ? begin : blank + 1;
    end = std::min(bytes.find_first_of(" ,\r\n", begin), bytes.size());
  }
  const std::size_t there = end - begin;
  const std::size_t longer = std::max(wanted, there) - there;
  if (longer > 0) {
    bytes.insert(end, longer, 'x');
  } else {
    bytes.erase(begin + wanted, there - wanted);
  }
  records[index] = saying(record, bytes + std::string(is_line ? kTerminator : ""));
}

void mutate_payload(Records& records, std::size_t index, const MutateBytes& mutate) {
  constexpr std::size_t kPayloadBytesMax = 1024;
  std::string& record = records[index];
  const Record whole = parsed(record);
  record = saying(whole, mutate(said(whole), kPayloadBytesMax));
}

void flip(std::string& setup, Dice& dice) {
  if (setup.empty()) return;
  char& byte = setup[dice.below(setup.size())];
  byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << dice.below(8)));
}

// A change of one that says something.
void make_of_saying(Change change, Records& records, Dice& dice, const MutateBytes& mutate) {
  const std::optional<std::size_t> index = a_saying(records, dice);
  if (!index) return insert(records, dice);
  if (change == Change::split) return split(records, *index, dice);
  if (change == Change::join) return join(records, *index);
  if (change == Change::pad) return pad(records, *index, dice);
  mutate_payload(records, *index, mutate);
}

}  // namespace

std::size_t Dice::below(std::size_t bound) {
  state_ += 0x9e3779b97f4a7c15U;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
  return static_cast<std::size_t>(mixed ^ (mixed >> 31U)) % bound;
}

RecordInput::RecordInput(std::string_view bytes, std::size_t setup_bytes)
    : setup(bytes.substr(0, setup_bytes)) {
  bytes.remove_prefix(setup.size());
  setup.resize(setup_bytes);
  for (std::size_t end = 0; !bytes.empty(); bytes.remove_prefix(end)) {
    end = std::min(bytes.find('\n'), bytes.size());
    if (end > 0) records.emplace_back(bytes.substr(0, end));
    end = std::min(end + 1, bytes.size());
  }
}

std::string RecordInput::bytes(std::size_t bytes_max) const {
  std::string out = setup.substr(0, bytes_max);
  for (const std::string& record : records) {
    if (out.size() + record.size() + 1 > bytes_max) continue;
    out.append(record) += '\n';
  }
  return out;
}

void make(Change change, RecordInput& input, Dice& dice, const MutateBytes& mutate) {
  Records& records = input.records;
  if (change == Change::setup) return flip(input.setup, dice);
  if (change == Change::insert || records.empty()) return insert(records, dice);
  switch (change) {
    case Change::insert:
    case Change::setup:
      return;
    case Change::remove: {
      const Run run = run_of(records, dice);
      records.erase(at(records, run.begin), at(records, run.end));
      return;
    }
    case Change::duplicate:
      return duplicate(records, dice);
    case Change::move:
      return move(records, dice);
    case Change::swap:
      return std::swap(records[dice.below(records.size())], records[dice.below(records.size())]);
    case Change::give:
      return give(records, dice);
    case Change::at_once:
      return glue(records, dice);
    case Change::split:
    case Change::join:
    case Change::pad:
    case Change::payload:
      return make_of_saying(change, records, dice, mutate);
  }
}

std::string mutated(std::string_view bytes, const MutatorOptions& options,
                    const MutateBytes& mutate) {
  Dice dice(options.seed);
  if (dice.below(4) == 0) {
    std::string raw = mutate(std::string(bytes), options.bytes_max);
    raw.resize(std::min(raw.size(), options.bytes_max));
    if (!raw.empty()) return raw;
  }
  RecordInput input(bytes, options.setup_bytes);
  for (std::size_t changes = 1 + dice.below(kChangesMax); changes > 0; --changes) {
    const auto change = static_cast<Change>(dice.below(kChanges));
    make(change, input, dice, mutate);
  }
  return input.bytes(options.bytes_max);
}

std::string crossed(std::string_view bytes, std::string_view other, const MutatorOptions& options) {
  Dice dice(options.seed);
  RecordInput input(bytes, options.setup_bytes);
  const RecordInput giving(other, options.setup_bytes);
  if (giving.records.empty()) return input.bytes(options.bytes_max);
  const std::size_t begin = dice.below(giving.records.size());
  const std::size_t end = begin + 1 + dice.below(giving.records.size() - begin);
  const std::size_t where = dice.below(input.records.size() + 1);
  if (dice.below(2) == 0) input.records.erase(at(input.records, where), input.records.end());
  input.records.insert(at(input.records, where),
                       giving.records.begin() + static_cast<std::ptrdiff_t>(begin),
                       giving.records.begin() + static_cast<std::ptrdiff_t>(end));
  return input.bytes(options.bytes_max);
}

}  // namespace fuzz
