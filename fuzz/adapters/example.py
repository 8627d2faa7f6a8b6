#!/usr/bin/python3
"""An adapter to start from: a framer and a parser as many begin with.

They are simple, not wrong: what they read otherwise than irc-conform is declared in `readings`.
"""

from irc_conform_pipe import UNLIMITED, Message, serve


def frame(reads, body_bytes_max, tags_bytes_max):
    held = b""
    for read in reads:
        held += read
        *lines, held = held.split(b"\n")
        yield from (line.removesuffix(b"\r") for line in lines)


def parse(line):
    head, colon, last = line.lstrip(b" ").partition(b" :")
    words = [word for word in head.split(b" ") if word]
    source = words.pop(0)[1:] if words and words[0].startswith(b":") else None
    if not words or not (words[0].isalpha() or (words[0].isdigit() and len(words[0]) == 3)):
        return None
    return Message(words[0], words[1:] + ([last] if colon else []), source)


if __name__ == "__main__":
    serve(
        "example.py",
        frame=frame,
        parse=parse,
        body_bytes_max=UNLIMITED,
        tags_bytes_max=UNLIMITED,
        readings=[
            "framing/bare-cr-is-data",
            "framing/empty-lines-given",
            "parsing/no-parameter-limit",
            "parsing/no-tags",
            "parsing/nul-is-data",
        ],
    )
