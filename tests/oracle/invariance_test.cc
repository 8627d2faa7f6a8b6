#include "harness/oracle/invariance.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

using Lines = std::vector<std::string>;

// What `a` received from the server; without `sure`, all of it had to come.
Replies server_said(Lines lines, std::optional<std::size_t> sure = std::nullopt) {
  const std::size_t count = sure.value_or(lines.size());
  return {.streams = {{{"a", "server"}, {.lines = std::move(lines), .sure = count}}}};
}

struct Row {
  const char* why;
  Replies first, second, third;
  const char* missing;
  const char* extra;
};

std::vector<Row> rows() {
  return {
      {"alike", server_said({"1", "2"}), server_said({"1", "2"}), server_said({"1", "2"}), "", ""},
      {"one is missing", server_said({"1", "2"}), server_said({"1", "2"}), server_said({"1"}), "2",
       ""},
      {"one is too many", server_said({"1"}), server_said({"1"}), server_said({"1", "2"}), "", "2"},
      {"one is there twice", server_said({"1"}), server_said({"1"}), server_said({"1", "1"}), "",
       "1"},
      {"one is there once only", server_said({"1", "1"}), server_said({"1", "1"}),
       server_said({"1"}), "1", ""},
      {"another order", server_said({"1", "2"}), server_said({"1", "2"}), server_said({"2", "1"}),
       "2", ""},
      {"nothing at all", server_said({"1"}), server_said({"1"}), {}, "1", ""},
      {"nothing was there before", {}, {}, server_said({"1"}), "", "1"},
      {"the two that are alike differ themselves", server_said({"1", "x"}), server_said({"1", "y"}),
       server_said({"1", "z"}), "", ""},
      {"what those two have in common must come", server_said({"1", "x", "2"}),
       server_said({"1", "y", "2"}), server_said({"1", "z"}), "2", ""},
      {"late ones may come sooner", server_said({"1", "2"}, 1), server_said({"1"}, 1),
       server_said({"1", "2"}), "", ""},
      {"or later", server_said({"1", "2"}, 1), server_said({"1", "2"}, 1), server_said({"1"}), "",
       ""},
      {"sure ones may come late", server_said({"1", "2"}), server_said({"1", "2"}),
       server_said({"1", "2"}, 1), "", ""},
      {"a late one too many says nothing", server_said({"1"}), server_said({"1"}),
       server_said({"1", "2"}, 1), "", ""},
  };
}

TEST(Invariance, FindsWhatIsMissingAndWhatIsExtra) {
  for (const Row& row : rows()) {
    const auto found = difference(row.first, row.second, row.third);
    const bool missing = found && found->kind == Difference::Kind::missing;
    const bool extra = found && found->kind == Difference::Kind::extra;
    EXPECT_EQ(missing ? found->line : "", row.missing) << row.why;
    EXPECT_EQ(extra ? found->line : "", row.extra) << row.why;
  }
}

TEST(Invariance, KeepsSourcesAndClientsApart) {
  const auto two = [](const char* source) {
    return Replies{
        .streams = {{{"a", source}, {{"PRIVMSG"}, 1}}, {{"a", "server"}, {{"PONG"}, 1}}}};
  };
  EXPECT_FALSE(difference(two("b"), two("b"), two("b")));
  EXPECT_TRUE(difference(two("b"), two("b"), two("c"))) << "it came from somebody else";
  const Replies of_b{.streams = {{{"b", "server"}, {{"PONG"}, 1}}}};
  EXPECT_EQ(difference(of_b, of_b, {})->client, "b");
}

TEST(Invariance, SaysNothingWhereOtherConnectionsWereEnded) {
  Replies dropped = server_said({});
  dropped.ended = {"a"};
  EXPECT_FALSE(difference(server_said({"1"}), server_said({"1"}), dropped));
  EXPECT_FALSE(difference(server_said({"1"}), dropped, server_said({"2"})));
}

}  // namespace
}  // namespace conform
