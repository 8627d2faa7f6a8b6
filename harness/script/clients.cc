// Reading the header `clients`.
#include <algorithm>
#include <cstdint>
#include <utility>

#include "harness/script/headers.h"
#include "harness/script/text.h"
#include "harness/script/values.h"

namespace conform::script {

namespace {

bool set_start(Line& line, std::size_t begin, ClientDecl& client, ClientDecl::Start start) {
  if (client.start != ClientDecl::Start::registered && client.start != start) {
    return line.fail(line.span_from(begin), Fault::raw_and_absent);
  }
  client.start = start;
  return true;
}

bool read_client_option(Line& line, ClientDecl& client) {
  const std::size_t begin = line.position();
  const std::string_view word = line.take_while(is_word_byte);
  if (word.empty()) return line.expected("an option");
  const auto option = value_of(kClientOptions, word);
  if (!option) {
    return line.fail(line.span_from(begin), Fault::unknown_option, shown(word),
                     suggestion(word, texts_of(kClientOptions)));
  }
  switch (*option) {
    case ClientOption::raw:
      return set_start(line, begin, client, ClientDecl::Start::raw);
    case ClientOption::absent:
      return set_start(line, begin, client, ClientDecl::Start::absent);
    case ClientOption::tls:
      return client.tls = true;
    case ClientOption::oper:
      return client.oper = true;
    case ClientOption::rcvbuf:
      return read_assigned(line, "the size of the buffer", kStepBytesMax, client.rcvbuf);
    case ClientOption::cap:
      if (!line.take("=")) return line.expected("'='");
      return read_cap_name(line, client.caps.emplace_back());
  }
  return false;
}

// "(raw, cap=message-tags)"
bool read_client_options(Line& line, ClientDecl& client) {
  if (!line.take("(")) return true;
  do {
    line.skip_blanks();
    if (!read_client_option(line, client)) return false;
    line.skip_blanks();
  } while (line.take(","));
  return line.take(")") ? true : line.expected("')'");
}

// "w(raw)*1100"
bool read_client(Line& line, std::vector<ClientDecl>& clients) {
  const std::size_t begin = line.position();
  auto name = read_new_name(line, "the name of a client");
  if (!name) return false;
  ClientDecl client;
  client.name = std::move(*name);
  if (std::ranges::find(clients, client.name, &ClientDecl::name) != clients.end()) {
    return line.fail(line.span_from(begin), Fault::duplicate_client, client.name);
  }
  if (!read_client_options(line, client)) return false;
  if (line.take("*")) {
    const auto crowd = read_number(line, "the size of a crowd", 1, kCrowdMax);
    if (!crowd) return false;
    client.crowd = static_cast<std::uint32_t>(*crowd);
  }
  client.span = line.span_from(begin);
  std::uint64_t connections = client.crowd;
  for (const ClientDecl& other : clients) connections += other.crowd;
  if (connections > kCrowdMax) {
    return line.fail(client.span, Fault::out_of_range, "the number of connections", 1, kCrowdMax);
  }
  clients.push_back(std::move(client));
  return line.at_end() || is_blank(line.peek()) ? true : line.finish();
}

}  // namespace

bool read_clients(Line& line, std::vector<ClientDecl>& clients) {
  for (; !line.at_end(); line.skip_blanks()) {
    if (clients.size() == kClientsMax) {
      return line.fail(line.here(), Fault::out_of_range, "the number of clients", 1, kClientsMax);
    }
    if (!read_client(line, clients)) return false;
  }
  return true;
}

}  // namespace conform::script
