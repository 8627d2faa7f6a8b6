"""A client made of python3-irc: does what it reads, prints what it hears.

    python_irc.py HOST PORT NICK

A line of the input is a method of the library's connection and its arguments, separated by tabs.
A line of the output is an event: type, source, target, arguments.
"""

import os
import select
import sys

import irc.client


def show(_, event):
    if event.type != "all_raw_messages":
        print(event.type, event.source, event.target, *event.arguments, sep="\t", flush=True)


def obey(connection, line):
    method, *arguments = line.split("\t")
    getattr(connection, method)(*arguments)


def main(host, port, nick):
    library = irc.client.IRC()
    library.add_global_handler("all_events", show)
    connection = library.server().connect(host, int(port), nick)
    typed = b""
    while connection.is_connected():
        readable, _, _ = select.select([connection.socket, sys.stdin.fileno()], [], [])
        if connection.socket in readable:
            library.process_data([connection.socket])
        else:
            typed += os.read(sys.stdin.fileno(), 4096)
            *lines, typed = typed.split(b"\n")
            for line in lines:
                obey(connection, line.decode())


main(*sys.argv[1:])
