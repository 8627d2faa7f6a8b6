// Bring your own framer and parser: what an implementation of IRC gives fuzz_differential, so that
// it is compared with what the texts say and with irc-conform's own. fuzz/README.md, "Your own
// framer and parser", takes you through it; fuzz/adapters/example.c is one to start from.
//
// Plain C99, one header. You define irc_conform_adapter(), which gives a table of functions; each
// is called with a sink, and says through it what your code has found. Rules:
//
//   - No memory changes hands: bytes that are handed over, either way, are views that are valid
//     during that call only. They are not terminated by a NUL and may hold any byte.
//   - Functions are called from one thread, in turn. They must not keep state from one framer to
//     the next nor from one line to the next, or findings cannot be played again.
//   - What crashes, reads behind its bytes or hangs in them is found by the sanitizers and by
//     libFuzzer; a C++ adapter must not throw.
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// Raised when what stands here changes its meaning.
#define IRC_CONFORM_ABI 1

// C's names. NOLINTBEGIN(readability-identifier-naming, modernize-use-using)

typedef struct icx_bytes {
  const char* data;  // Not NULL, even if size is 0.
  size_t size;
} icx_bytes;

// How long a line may be, in bytes. As irc-conform counts them: "@tags " with its '@' and the first
// space behind it (IRCv3 message-tags), and all the rest without the terminator (RFC 1459 2.3:
// 510).
typedef struct icx_limits {
  size_t body_bytes_max;
  size_t tags_bytes_max;
} icx_limits;

// A limit for who has none.
#define ICX_UNLIMITED ((size_t)-1)

// Where your code says what it has found. A view that is given needs to live during the call.
typedef struct icx_sink icx_sink;
struct icx_sink {
  // Of a framer, in the order of the stream. A line is complete, and given without terminator.
  void (*line)(icx_sink* sink, icx_bytes line);
  // A line was dropped, or will be, because it is too long.
  void (*overlong)(icx_sink* sink);

  // Of a parser. Tags in the order of the line, their values unescaped; no value is an empty one.
  void (*tag)(icx_sink* sink, icx_bytes key, icx_bytes value);
  // Without ':'. Not called if the line has none.
  void (*source)(icx_sink* sink, icx_bytes source);
  // Once for each message; in whatever case you have it.
  void (*command)(icx_sink* sink, icx_bytes command);
  // In order; the last one without its ':'.
  void (*param)(icx_sink* sink, icx_bytes param);

  // Of either: "here we differ on purpose", and why, as a sentence that ends with a NUL. What else
  // is said of this stream or line is not judged, but counted under this text. For what no reading
  // tells (below).
  void (*differs)(icx_sink* sink, const char* why);
};

typedef struct icx_adapter {
  unsigned abi;      // IRC_CONFORM_ABI
  const char* name;  // What reports call it: "libmine 1.2".

  // How you read the wire other than irc-conform does, where the texts leave it open or you do not
  // follow them: ids out of the table of fuzz/readings.h, "framing/bare-cr-is-data", with a NULL
  // behind the last. NULL: as irc-conform. Each says exactly what is expected of you in its place.
  const char* const* readings;

  // Limits that are fixed in your code, or ICX_UNLIMITED; 0: framer_new is told.
  icx_limits limits;

  // A framer. The three are NULL if you have none. framer_new: one at the beginning of a stream,
  // NULL ends the run. framer_feed: what one read brought, never empty; says each line as soon as
  // its terminator has come. framer_free: the stream is over.
  void* (*framer_new)(icx_limits limits);
  void (*framer_feed)(void* framer, icx_bytes read, icx_sink* sink);
  void (*framer_free)(void* framer);

  // A parser: of a line without terminator, never empty, without CR and LF. Not 0: it is a message,
  // and its command was said. 0: your code refuses it, and what was said does not count. NULL if
  // you have none.
  int (*parse)(icx_bytes line, icx_sink* sink);
} icx_adapter;

// You define it. What it gives lives as long as the program.
const icx_adapter* irc_conform_adapter(void);

// NOLINTEND(readability-identifier-naming, modernize-use-using)

#ifdef __cplusplus
}
#endif
