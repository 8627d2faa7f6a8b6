"""An adapter that does what a line of one word says, to be found out."""

import os
import signal
import sys

sys.path.insert(0, sys.argv[1])
from irc_conform_pipe import Message, serve


def parse(line):
    if line == b"DIE":
        os._exit(3)
    if line == b"CRASH":
        os.kill(os.getpid(), signal.SIGSEGV)
    return Message(line)


serve("unruly", parse=parse)
