#!/usr/bin/python3
"""The framer and the parser of python3-irc 8 (package python3-irc), for fuzz_differential.

Its parser is a part of its connection, which here reads lines from a socket that is none; what is
parsed shows in the event that comes of it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from irc_conform_pipe import UNLIMITED, Differs, Message, serve

import irc.buffer
import irc.client
import irc.events

# What an event keeps of these is less than their parameters, or another name.
DISPATCHED = {"privmsg", "notice", "quit", "ping", "nick", "mode"}


def frame(reads, body_bytes_max, tags_bytes_max):
    buffer = irc.buffer.LineBuffer()
    for read in reads:
        buffer.feed(read)
        yield from buffer


class Socket:
    """One line, to be read."""

    def __init__(self, line):
        self.recv = lambda size: line + b"\r\n"


def event_of(line):
    events = []
    library = irc.client.IRC()
    library._handle_event = lambda connection, event: events.append(event)
    connection = library.server()
    connection.socket = Socket(line)
    connection.buffer = connection.buffer_class()
    connection.real_server_name, connection.server = "", ""
    connection.real_nickname, connection.handlers = "", {}
    try:
        connection.process_data()
    except (AttributeError, IndexError, TypeError, UnicodeDecodeError) as error:
        raise Differs(type(error).__name__ + " is raised")
    return events[-1]


def parse(line):
    event = event_of(line)
    text = line.decode()
    if text.startswith(":"):
        name, _, text = text.partition(" ")
        text = text.lstrip(" ")
        if name == ":" or not text:
            raise Differs("a ':' alone, or a source alone, is a command")
    command, _, rest = text.partition(" ")
    if command.lower() in DISPATCHED | {"welcome", "featurelist", "001", "005"}:
        raise Differs("the event of this command keeps only a part of it")
    if command.lower() in irc.events.codes:
        raise Differs("a command that is the name of a numeric is the same event as that")
    if command.lower().encode() != command.encode().lower():
        raise Differs("a command is put in small letters as Unicode")
    middles = (" " + rest).partition(" :")[0]
    if any(char.isspace() and char != " " for char in middles):
        raise Differs("parameters end at whatever Unicode calls a space")
    params = [param.encode() for param in [event.target, *event.arguments]]
    # Who has no source is called None.
    source = event.source.encode() if line.startswith(b":") else None
    return Message(irc.events.codes.get(event.type, event.type).encode(), params, source)


serve("python3-irc", frame=frame, parse=parse, body_bytes_max=UNLIMITED,
      tags_bytes_max=UNLIMITED, readings=[
          "framing/bare-cr-is-data", "framing/empty-lines-given", "parsing/any-command",
          "parsing/no-parameter-limit", "parsing/no-tags", "parsing/nul-is-data"])
