// PipeAdapter: an adapter that is a program of its own, in any language, spoken to through its
// standard input and output. What is said: fuzz/README.md, "Over a pipe".
#pragma once

#include <chrono>
#include <string>

#include "fuzz/differential/adapter.h"
#include "fuzz/differential/pipe_program.h"

namespace fuzz {

// Far more than an answer takes; who needs longer hangs.
inline constexpr std::chrono::seconds kPipeDeadline{10};

class PipeAdapter : public Adapter {
 public:
  // Starts the program and asks who it is. Throws NoAdapter if it does not say so.
  explicit PipeAdapter(const std::string& command,
                       std::chrono::milliseconds deadline = kPipeDeadline);

  const AdapterFacts& facts() const override { return facts_; }
  FramesSeen frames(const FramerInput& input) override;
  MessageSeen message(std::string_view line) override;

  const PipeProgram& program() const { return program_; }

 private:
  void greet();

  PipeProgram program_;
  AdapterFacts facts_;
};

}  // namespace fuzz
