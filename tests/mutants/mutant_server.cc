// mutant_server NAME PORT [RECORD]: a mutant on 127.0.0.1, for tests over loopback; what it reads
// is recorded in the file RECORD. One that dies does so by SIGABRT.
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

#include "tests/mutants/catalogue.h"
#include "tests/mutants/recorded_net.h"

namespace irc::mutants {
namespace {

int serve(const Mutant<RecordedNet>& mutant, std::uint16_t port, const std::string& record) {
  constexpr int kBacklog = 4096;
  RecordedNet net(record);
  const RunRound run_round = mutant.make(net, net.listen_on("127.0.0.1", port, kBacklog));
  while (run_round()) {
  }
  return EXIT_SUCCESS;
}

int run(int argc, char** argv) {
  const Mutant<RecordedNet>* mutant = argc > 2 ? find_mutant<RecordedNet>(argv[1]) : nullptr;
  if (mutant == nullptr) {
    std::cerr << "usage: mutant_server NAME PORT [RECORD]\n";
    for (const auto& known : all_mutants<RecordedNet>()) {
      std::cerr << "  " << known.name << ": " << known.fault << "\n";
    }
    return EXIT_FAILURE;
  }
  const auto port = static_cast<std::uint16_t>(std::stoul(argv[2]));
  return serve(*mutant, port, argc > 3 ? argv[3] : "");
}

}  // namespace
}  // namespace irc::mutants

int main(int argc, char** argv) {
  try {
    return irc::mutants::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "mutant_server: " << error.what() << "\n";
    return EXIT_FAILURE;
  }
}
