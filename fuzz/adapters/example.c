// An adapter to start from: a framer and a parser as many begin with, in C99. They are simple, not
// wrong: what they read otherwise than irc-conform is declared in `readings`.
#include <stdlib.h>
#include <string.h>

#include "fuzz/irc_conform_adapter.h"

// ---- The implementation ------------------------------------------------------------------------

enum { body_bytes_max = 510 };

typedef struct framer {
  char line[body_bytes_max + 1];  // And the CR.
  size_t size;
  int overlong;
} framer;

// Takes the next byte; 1 if it ends a line that is not empty.
static int framer_take(framer* self, char byte) {
  if (byte != '\n') {
    if (self->size < sizeof self->line) {
      self->line[self->size++] = byte;
    } else {
      self->overlong = 1;
    }
    return 0;
  }
  if (self->size > 0 && self->line[self->size - 1] == '\r' && !self->overlong) --self->size;
  if (self->size > body_bytes_max) self->overlong = 1;
  return self->size > 0;
}

static void framer_begin_line(framer* self) {
  self->size = 0;
  self->overlong = 0;
}

// The word at the front of what is left, which it takes off with the spaces behind it.
static icx_bytes take_word(icx_bytes* left) {
  icx_bytes word = {left->data, 0};
  while (word.size < left->size && word.data[word.size] != ' ') ++word.size;
  left->data += word.size;
  left->size -= word.size;
  while (left->size > 0 && *left->data == ' ') {
    ++left->data;
    --left->size;
  }
  return word;
}

static int is_command(icx_bytes word) {
  size_t letters = 0, digits = 0;
  for (size_t i = 0; i < word.size; ++i) {
    const char byte = word.data[i];
    if (('a' <= byte && byte <= 'z') || ('A' <= byte && byte <= 'Z')) ++letters;
    if ('0' <= byte && byte <= '9') ++digits;
  }
  return (letters == word.size && letters > 0) || (digits == word.size && digits == 3);
}

// ---- The adapter -------------------------------------------------------------------------------

static void* example_framer_new(icx_limits limits) {
  (void)limits;  // The table says which it has.
  return calloc(1, sizeof(framer));
}

static void example_framer_feed(void* self, icx_bytes read, icx_sink* sink) {
  framer* const lines = self;
  for (size_t i = 0; i < read.size; ++i) {
    if (framer_take(lines, read.data[i])) {
      const icx_bytes line = {lines->line, lines->size};
      if (lines->overlong) {
        sink->overlong(sink);
      } else {
        sink->line(sink, line);
      }
    }
    if (read.data[i] == '\n') framer_begin_line(lines);
  }
}

static int example_parse(icx_bytes line, icx_sink* sink) {
  while (line.size > 0 && *line.data == ' ') {
    ++line.data;
    --line.size;
  }
  if (line.size > 0 && *line.data == ':') {
    const icx_bytes source = take_word(&line);
    const icx_bytes name = {source.data + 1, source.size - 1};
    if (name.size > 0) sink->source(sink, name);
  }
  const icx_bytes command = take_word(&line);
  if (!is_command(command)) return 0;
  sink->command(sink, command);
  while (line.size > 0 && *line.data != ':') sink->param(sink, take_word(&line));
  if (line.size > 0) {
    const icx_bytes trailing = {line.data + 1, line.size - 1};
    sink->param(sink, trailing);
  }
  return 1;
}

static const char* const readings[] = {
    "framing/bare-cr-is-data",
    "framing/one-limit",
    "framing/overlong-at-terminator",
    "parsing/no-parameter-limit",
    "parsing/nul-is-data",
    "parsing/no-tags",
    NULL,
};

const icx_adapter* irc_conform_adapter(void) {
  static const icx_adapter table = {.abi = IRC_CONFORM_ABI,
                                    .name = "example.c",
                                    .readings = readings,
                                    .limits = {.body_bytes_max = body_bytes_max},
                                    .framer_new = example_framer_new,
                                    .framer_feed = example_framer_feed,
                                    .framer_free = free,
                                    .parse = example_parse};
  return &table;
}
