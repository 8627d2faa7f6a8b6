#include "tests/report/sample_run.h"

#include <utility>

#include "harness/report/replay.h"

namespace conform::testing {
namespace {

using namespace std::chrono_literals;

VariantResult variant(std::string name, std::string worst, Grade grade) {
  return {.name = std::move(name),
          .plays = 1,
          .worst = std::move(worst),
          .grade = grade,
          .boundaries = Boundaries::proved,
          .duration = 600us};
}

CaseResult split() {
  CaseResult pass = result("framing/split", Grade::pass);
  pass.variants = {variant("as-written", "as-written", Grade::pass),
                   variant("bytes", "bytes", Grade::pass)};
  pass.boundaries = Boundaries::witnessed;
  pass.boundary_counts = {.proved = 11, .witnessed = 1};
  return pass;
}

CaseResult skipped(std::string id, std::string reason) {
  CaseResult skip = result(std::move(id), Grade::skip);
  skip.reason = std::move(reason);
  skip.boundaries = Boundaries::none;
  skip.transcript.clear();
  skip.replay.clear();
  return skip;
}

CaseResult failed_quit() {
  CaseResult fail = result("disconnect/rst-in-channel", Grade::fail);
  fail.citations = {{.source = "rfc1459#4.1.6", .quotation = ""}};
  fail.title = "A reset is seen by the channel";
  fail.location = {.file = "disconnect.irct",
                   .span = {.line = 67, .column = 12, .length = 1},
                   .text = "within 10s b < :{a}!* QUIT ..."};
  fail.expected = ":{a}!* QUIT ...";
  fail.actual = "nothing matched in 10.0 s; connection open; bystander answered in 0.2 ms";
  fail.transcript = "a > JOIN {chan}\na rst\nb < 366 ...\n";
  fail.variant = "cut(7)";
  fail.segmentation = "each-cut";
  fail.variants = {variant("as-written", "as-written", Grade::pass),
                   variant("each-cut", "cut(7)", Grade::fail)};
  fail.variants.back().plays = 61;
  fail.variants.back().reason = fail.actual;
  fail.boundaries = Boundaries::requested;
  fail.boundary_counts = {.requested = 130, .refuted = 1};
  return fail;
}

CaseResult killed(std::string id) {
  CaseResult fail = result(std::move(id), Grade::fail, script::Level::robust);
  fail.actual = "the target died";
  fail.root_cause = "target died: SIGSEGV at the next disconnect";
  return fail;
}

CaseResult lenient_cr() {
  CaseResult lenient = result("framing/bare-cr", Grade::lenient, script::Level::may);
  lenient.policy = "stripped";
  return lenient;
}

CaseResult doubtful(std::string id) {
  CaseResult doubt = result(std::move(id), Grade::inconclusive);
  doubt.reason = "the target read two segments at once";
  return doubt;
}

CaseResult fault() {
  CaseResult error = result("limits/crowd", Grade::error, script::Level::robust);
  error.location = {};
  error.reason = "out of descriptors at client 1021";
  return error;
}

}  // namespace

CaseResult result(std::string id, Grade grade, script::Level level) {
  CaseResult made;
  made.id = std::move(id);
  made.variant = "as-written";
  made.title = "A sentence that can be false";
  made.level = level;
  made.citations = {{.source = "modern#messages", .quotation = "They end."}};
  made.tags = {"framing"};
  made.grade = grade;
  made.boundaries = Boundaries::proved;
  made.duration = 1200us;
  if (grade == Grade::pass) return made;
  made.location = {.file = "framing.irct",
                   .span = {.line = 7, .column = 1, .length = 1},
                   .text = "a < PONG ... x"};
  made.step = "a < PONG ... x";
  made.expected = "PONG ... x";
  made.transcript = "a > PING x\na eof\n";
  made.replay = "case " + made.id + "\n";
  return made;
}

RunResult sample_run() {
  RunResult run;
  run.seed = 42;
  run.started = std::chrono::system_clock::from_time_t(1'800'000'000);
  run.duration = 3217ms;
  run.target = {.address = "127.0.0.1:6667",
                .software = "ngircd-26.1",
                .pid = 4711,
                .isupport = {{"NICKLEN", "9"}, {"CASEMAPPING", "ascii"}},
                .learnt = {{"barrier", "PING"}}};
  run.target_options = "--spawn './ircd {port}'";
  run.suite_options = "--cases more";
  run.not_recut = 3;
  run.cases = {split(),
               lenient_cr(),
               result("framing/banner", Grade::info, script::Level::may),
               failed_quit(),
               killed("isolation/reset"),
               killed("isolation/fin"),
               doubtful("framing/throttled"),
               doubtful("framing/paused"),
               skipped("isolation/glue", "needs a process that we started (--spawn)"),
               skipped("tls/records", "needs TLS (--tls)"),
               skipped("isolation/stop", "needs a process that we started (--spawn)"),
               fault()};
  const Death death = {
      .case_id = "isolation/reset",
      .how = "killed by SIGSEGV",
      .stderr_tail = "AddressSanitizer: heap-use-after-free\n    #0 remove_client\n"};
  run.deaths = {death, death, {.case_id = "", .how = "exited with 0", .stderr_tail = ""}};
  run.waits = {{"barrier", 1100ms}, {"deadline", 10s}};
  return run;
}

RunResult run_of(const std::string& bytes) {
  RunResult run;
  run.end = RunEnd::unreachable;
  run.end_reason = bytes;
  run.target = {.address = bytes,
                .software = bytes,
                .isupport = {{bytes, bytes}},
                .learnt = {{bytes, bytes}}};
  run.deaths = {{.case_id = bytes, .how = bytes, .stderr_tail = bytes}};
  run.waits = {{bytes, 1s}};
  run.target_options = run.suite_options = shell_word(bytes);
  for (const Grade grade : {Grade::pass, Grade::lenient, Grade::info, Grade::fail,
                            Grade::inconclusive, Grade::skip, Grade::error}) {
    CaseResult item = result(bytes, grade);
    item.location = {bytes, {1, 2, 1}, bytes};
    item.citations = {{bytes, bytes}};
    item.tags = {bytes};
    item.variants = {{.name = bytes, .worst = bytes, .reason = bytes}, {.name = bytes}};
    for (std::string* text :
         {&item.variant, &item.title, &item.reason, &item.policy, &item.step, &item.expected,
          &item.actual, &item.root_cause, &item.transcript, &item.replay}) {
      *text = bytes;
    }
    run.cases.push_back(std::move(item));
  }
  return run;
}

}  // namespace conform::testing
