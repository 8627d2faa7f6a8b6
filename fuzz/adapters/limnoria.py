#!/usr/bin/python3
"""The parser of Limnoria (package limnoria), for fuzz_differential."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from irc_conform_pipe import Differs, Message, serve

from supybot import ircmsgs


def check(line):
    """What no reading tells."""
    rest = line.partition(b" ")[2] if line.startswith(b"@") else line
    words = [word for word in rest.partition(b" :")[0].split(b" ") if word]
    if b" :" in rest and len(words) < 1 + rest.startswith(b":"):
        raise Differs("a ' :' begins the last parameter, even where the command should be")
    if line.startswith(b" ") and line.lstrip(b" ").startswith(b"@"):
        raise Differs("tags behind a space are none")


def parse(line):
    check(line)
    try:
        text = line.decode("utf-8", "surrogateescape")
        message = ircmsgs.IrcMsg(text)
    except ircmsgs.MalformedIrcMsg:
        return None

    def in_bytes(text):
        return text.encode("utf-8", "surrogateescape")

    tags = [(in_bytes(key), in_bytes(value or "")) for key, value in message.server_tags.items()]
    params = [in_bytes(param) for param in message.args]
    return Message(in_bytes(message.command), params, in_bytes(message.prefix), tags)


serve("limnoria", parse=parse, readings=[
    "parsing/any-command", "parsing/no-parameter-limit", "parsing/nul-is-data"])
