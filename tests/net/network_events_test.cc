// What poll reports, and recv says, after whatever may happen to a connection. The rows were
// measured on Linux 6; here the kernel and the simulation are both held to them.
#include <vector>

#include "tests/net/network_contract.h"

namespace irc {
namespace {

enum class Step {
  peer_sends,
  peer_sees,  // Waits until what the server did has arrived.
  peer_shuts,
  peer_closes,
  peer_resets,
  server_sends,
  server_sees,
  server_shuts,
};

struct EventRow {
  std::vector<Step> steps;
  const char* events;             // With POLLIN asked for.
  const char* events_with_rdhup;  // And POLLRDHUP.
  const char* recv;               // Until there is nothing more.
  const char* reason;
};

std::vector<EventRow> event_rows() {
  using enum Step;
  return {
      // clang-format off
      {{}, "0", "0", "would_block", "nothing happened"},
      {{peer_sends}, "IN", "IN", "data, would_block", "data"},
      {{peer_closes}, "IN", "IN|RDHUP", "eof", "FIN"},
      {{peer_shuts}, "IN", "IN|RDHUP", "eof", "a half-close is a FIN too"},
      {{peer_sends, peer_closes}, "IN", "IN|RDHUP", "data, eof", "a FIN comes after the data"},
      {{peer_sends, peer_shuts}, "IN", "IN|RDHUP", "data, eof", "so does that of a half-close"},
      {{peer_resets},
       "IN|ERR|HUP", "IN|ERR|HUP|RDHUP", "failed ECONNRESET, eof", "RST"},
      {{peer_sends, server_sees, peer_resets},
       "IN|ERR|HUP", "IN|ERR|HUP|RDHUP", "data, failed ECONNRESET, eof",
       "a RST leaves what had arrived"},
      {{server_sends, peer_sees, peer_sends, peer_closes},
       "IN|ERR|HUP", "IN|ERR|HUP|RDHUP", "data, failed ECONNRESET, eof",
       "a close with unread input is a RST"},
      {{peer_closes, server_sees, server_sends},
       "IN|ERR|HUP", "IN|ERR|HUP|RDHUP", "eof", "a RST behind a FIN does not change the end"},
      {{server_shuts}, "0", "0", "would_block", "our own FIN is no event"},
      {{peer_shuts, server_sees, server_shuts},
       "IN|HUP", "IN|HUP|RDHUP", "eof", "both directions have ended"},
      {{server_shuts, peer_sees, peer_closes},
       "IN|HUP", "IN|HUP|RDHUP", "eof", "in the other order too"},
      {{server_sends, peer_sees, peer_shuts, server_sees, server_shuts, peer_closes},
       "IN|HUP", "IN|HUP|RDHUP", "eof", "and then unread input resets nothing any more"},
      // clang-format on
  };
}

template <class World>
class NetworkEvents : public NetworkContract<World> {
 protected:
  using typename NetworkContract<World>::Peer;
  using typename NetworkContract<World>::Socket;
  using NetworkContract<World>::world;

  void play(Step step, Peer& peer, Socket& socket) {
    switch (step) {
      case Step::peer_sends:
        world.peer_send(peer, "data");
        break;
      case Step::peer_sees:
        world.wait_readable(peer);
        break;
      case Step::peer_shuts:
        world.peer_shutdown_write(peer);
        break;
      case Step::peer_closes:
        world.peer_close(peer);
        break;
      case Step::peer_resets:
        world.peer_reset(peer);
        break;
      case Step::server_sends:
        world.net.send(socket, "data");
        break;
      case Step::server_sees:
        this->wait_readable(socket);
        break;
      case Step::server_shuts:
        world.net.shutdown_write(socket);
        break;
    }
  }
};
TYPED_TEST_SUITE(NetworkEvents, Worlds, WorldNames);

TYPED_TEST(NetworkEvents, AreTheKernelsWhateverHappens) {
  for (const EventRow& row : event_rows()) {
    auto [peer, socket] = this->connected_pair();
    for (const Step step : row.steps) this->play(step, peer, socket);
    EXPECT_EQ(this->events(socket, POLLIN, row.events), row.events) << row.reason;
    EXPECT_EQ(this->events(socket, POLLIN | POLLRDHUP, row.events_with_rdhup),
              row.events_with_rdhup)
        << row.reason;
    EXPECT_EQ(this->recv_all(socket), row.recv) << row.reason;
  }
}

}  // namespace
}  // namespace irc
