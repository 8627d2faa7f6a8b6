"""Gives a framer and a parser in Python to fuzz_differential, over standard input and output.

    from irc_conform_pipe import Differs, Message, serve
    serve("mine 1.0", parse=parse)

What is said over the pipe stands in fuzz/README.md, "Over a pipe"; fuzz/adapters/limnoria.py and
python_irc.py are adapters made with this.
"""

import os
import struct
import sys

OVERLONG = object()  # Among the lines of a framer: one was dropped because it is too long.
UNLIMITED = "unlimited"


class Differs(Exception):
    """Raised by a framer or parser for what it reads differently on purpose: says why."""


class Message:
    """What a parser has found; all of it is bytes. tags: pairs of key and unescaped value."""

    def __init__(self, command, params=(), source=None, tags=()):
        self.command, self.params, self.source, self.tags = command, params, source, tags


def serve(name, frame=None, parse=None, readings=(), body_bytes_max=0, tags_bytes_max=0):
    """Answers until standard input ends.

    frame(reads, body_bytes_max, tags_bytes_max) gives the lines of a stream that came in these
    reads, and OVERLONG where one was dropped; parse(line) gives a Message, or None if it refuses
    the line. Either may be absent. readings are ids of fuzz/readings.h; limits are 0 if frame does
    what it is told, else a number or UNLIMITED.
    """
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What the implementation prints is no answer.

    def hello():
        yield b"N", name.encode()
        yield from ((b"R", reading.encode()) for reading in readings)
        yield b"B", str(body_bytes_max).encode()
        yield b"T", str(tags_bytes_max).encode()
        if frame:
            yield b"F", b""
        if parse:
            yield b"P", b""

    def answer(items):
        kind = items[0][0]
        if kind == b"H":
            return list(hello())
        try:
            if kind == b"P":
                return list(items_of_message(parse(items[0][1])))
            limits = [int(content) for kind, content in items[:2]]
            return [item_of_line(line) for line in frame([read for _, read in items[2:]], *limits)]
        except Differs as why:
            return [(b"D", str(why).encode())]

    while True:
        head = requests.read(4)
        if len(head) < 4:
            return
        body = b"".join(
            kind + struct.pack(">I", len(content)) + content
            for kind, content in answer(list(items_of(requests.read(struct.unpack(">I", head)[0]))))
        )
        answers.write(struct.pack(">I", len(body)) + body)
        answers.flush()


def items_of(body):
    at = 0
    while at < len(body):
        (length,) = struct.unpack_from(">I", body, at + 1)
        yield body[at : at + 1], body[at + 5 : at + 5 + length]
        at += 5 + length


def item_of_line(line):
    return (b"O", b"") if line is OVERLONG else (b"L", line)


def items_of_message(message):
    if message is None:
        return
    for key, value in message.tags:
        yield b"K", key
        yield b"V", value or b""
    if message.source:
        yield b"S", message.source
    yield b"C", message.command
    for param in message.params:
        yield b"A", param
