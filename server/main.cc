#include "server/refd.h"

int main(int argc, char** argv) {
  return irc::run_refd(argc, argv);
}
