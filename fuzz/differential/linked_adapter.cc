#include "fuzz/differential/linked_adapter.h"

#include <memory>

namespace fuzz {
namespace {

std::string_view view_of(icx_bytes bytes) {
  return {bytes.data, bytes.size};
}

// On the heap and no more than there are, so that who reads behind them is noticed.
class ExactBytes {
 public:
  explicit ExactBytes(std::string_view bytes)
      : bytes_(new char[bytes.size()]),
        view_{bytes_.get(), bytes.copy(bytes_.get(), bytes.size())} {}
  icx_bytes view() const { return view_; }

 private:
  std::unique_ptr<char[]> bytes_;
  icx_bytes view_;
};

// What is said through a sink of the wrong kind: a parser that gives lines.
struct Sink : icx_sink {
  Sink() : icx_sink{} {
    line = [](icx_sink* sink, icx_bytes) { self(sink).misused = "line"; };
    overlong = [](icx_sink* sink) { self(sink).misused = "overlong"; };
    tag = [](icx_sink* sink, icx_bytes, icx_bytes) { self(sink).misused = "tag"; };
    source = [](icx_sink* sink, icx_bytes) { self(sink).misused = "source"; };
    command = [](icx_sink* sink, icx_bytes) { self(sink).misused = "command"; };
    param = [](icx_sink* sink, icx_bytes) { self(sink).misused = "param"; };
  }
  static Sink& self(icx_sink* sink) { return *static_cast<Sink*>(sink); }
  void check() const {
    if (misused.empty()) return;
    throw AdapterFault(oracles::kAdapterAnswers, misused + " was called, which is not this sink's");
  }

  std::string misused;
};

struct FrameSink : Sink {
  FrameSink() {
    line = [](icx_sink* sink, icx_bytes bytes) {
      self(sink).seen.frames.emplace_back(view_of(bytes));
    };
    overlong = [](icx_sink* sink) { self(sink).seen.frames.push_back(irc::kOverlong); };
    differs = [](icx_sink* sink, const char* why) { self(sink).seen.differs = why; };
  }
  static FrameSink& self(icx_sink* sink) { return *static_cast<FrameSink*>(sink); }

  FramesSeen seen;
};

struct MessageSink : Sink {
  explicit MessageSink(const Readings& readings) : builder(readings) {
    tag = [](icx_sink* sink, icx_bytes key, icx_bytes value) {
      self(sink).builder.tag(view_of(key), view_of(value));
    };
    source = [](icx_sink* sink, icx_bytes bytes) { self(sink).builder.source(view_of(bytes)); };
    command = [](icx_sink* sink, icx_bytes bytes) { self(sink).builder.command(view_of(bytes)); };
    param = [](icx_sink* sink, icx_bytes bytes) { self(sink).builder.param(view_of(bytes)); };
    differs = [](icx_sink* sink, const char* why) { self(sink).builder.differs(why); };
  }
  static MessageSink& self(icx_sink* sink) { return *static_cast<MessageSink*>(sink); }

  MessageBuilder builder;
};

}  // namespace

LinkedAdapter::LinkedAdapter(const icx_adapter& table) : table_(table) {
  if (table.abi != IRC_CONFORM_ABI) {
    throw NoAdapter("the adapter is of version " + std::to_string(table.abi) +
                    " of irc_conform_adapter.h, and this is version " +
                    std::to_string(IRC_CONFORM_ABI));
  }
  facts_.name = table.name;
  const bool has_none =
      table.framer_new == nullptr && table.framer_feed == nullptr && table.framer_free == nullptr;
  facts_.frames =
      table.framer_new != nullptr && table.framer_feed != nullptr && table.framer_free != nullptr;
  facts_.parses = table.parse != nullptr;
  if (!facts_.frames && !has_none) {
    throw NoAdapter("adapter '" + facts_.name + "' has some of framer_new, framer_feed and " +
                    "framer_free, and not all");
  }
  facts_.limits = {.body_bytes_max = table.limits.body_bytes_max,
                   .tags_bytes_max = table.limits.tags_bytes_max};
  for (const char* const* id = table.readings; id != nullptr && *id != nullptr; ++id) {
    add_reading(facts_.readings, *id, facts_.name);
  }
}

FramesSeen LinkedAdapter::frames(const FramerInput& input) {
  const icx_limits limits{input.limits.body_bytes_max, input.limits.tags_bytes_max};
  void* const framer = table_.framer_new(limits);
  if (framer == nullptr) throw AdapterFault(oracles::kAdapterAnswers, "framer_new gives NULL");
  FrameSink sink;
  std::string_view stream = input.stream;
  for (std::size_t i = 0; !stream.empty(); ++i) {
    const ExactBytes read(stream.substr(0, input.cuts[i % input.cuts.size()]));
    stream.remove_prefix(read.view().size);
    table_.framer_feed(framer, read.view(), &sink);
  }
  table_.framer_free(framer);
  sink.check();
  return sink.seen;
}

MessageSeen LinkedAdapter::message(std::string_view line) {
  MessageSink sink(facts_.readings);
  const ExactBytes bytes(line);
  const bool accepted = table_.parse(bytes.view(), &sink) != 0;
  sink.check();
  return sink.builder.message(accepted);
}

}  // namespace fuzz
