// What a table of functions may say, and what is said of one that does not keep to it.
#include "fuzz/differential/linked_adapter.h"

#include <gtest/gtest.h>

#include <string>

namespace fuzz {
namespace {

int refuses(icx_bytes, icx_sink*) {
  return 0;
}

icx_adapter parser(int (*parse)(icx_bytes, icx_sink*)) {
  icx_adapter table{};
  table.abi = IRC_CONFORM_ABI;
  table.name = "mine";
  table.parse = parse;
  return table;
}

std::string refusal_of(const icx_adapter& table) {
  try {
    const LinkedAdapter adapter(table);
  } catch (const NoAdapter& error) {
    return error.what();
  }
  return "";
}

std::string fault_of(int (*parse)(icx_bytes, icx_sink*)) {
  const icx_adapter table = parser(parse);
  LinkedAdapter adapter(table);
  try {
    adapter.message("A");
  } catch (const AdapterFault& fault) {
    return std::string(fault.oracle.id) + " " + fault.what();
  }
  return "";
}

TEST(LinkedAdapter, TakesOneWithoutAFramer) {
  const icx_adapter table = parser(refuses);
  LinkedAdapter adapter(table);
  EXPECT_FALSE(adapter.facts().frames);
  EXPECT_TRUE(adapter.facts().parses);
  EXPECT_TRUE(adapter.message("A").refused);
}

TEST(LinkedAdapter, RefusesWhatItDoesNotUnderstand) {
  icx_adapter table = parser(refuses);
  table.abi = IRC_CONFORM_ABI + 1;
  EXPECT_EQ(refusal_of(table),
            "the adapter is of version 2 of irc_conform_adapter.h, and this is version 1");
  table = parser(refuses);
  table.framer_free = [](void*) {};
  EXPECT_EQ(refusal_of(table),
            "adapter 'mine' has some of framer_new, framer_feed and framer_free, and not all");
  const char* const readings[] = {"parsing/no-tags", "parsing/none", nullptr};
  table = parser(refuses);
  table.readings = readings;
  EXPECT_EQ(refusal_of(table),
            "adapter 'mine' declares the reading 'parsing/none', and there is none of that name in "
            "fuzz/readings.h");
}

TEST(LinkedAdapter, SaysWhichRuleAnAnswerBreaks) {
  EXPECT_EQ(fault_of([](icx_bytes, icx_sink*) { return 1; }),
            "DI-ANSWER a message with 0 commands and 0 sources");
  EXPECT_EQ(fault_of([](icx_bytes bytes, icx_sink* sink) {
              sink->source(sink, bytes);
              sink->source(sink, bytes);
              sink->command(sink, bytes);
              return 1;
            }),
            "DI-ANSWER a message with 1 commands and 2 sources");
  EXPECT_EQ(fault_of([](icx_bytes bytes, icx_sink* sink) {
              sink->line(sink, bytes);
              return 0;
            }),
            "DI-ANSWER line was called, which is not this sink's");
  EXPECT_EQ(fault_of([](icx_bytes bytes, icx_sink* sink) {
              sink->command(sink, bytes);
              return 1;
            }),
            "");
}

}  // namespace
}  // namespace fuzz
