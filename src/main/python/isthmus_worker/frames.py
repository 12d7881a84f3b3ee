"""The frames that go through the pipes: their kinds, and how they are read and written.

A frame is a header and a payload; docs/worker-protocol.md has each of them.
"""

import os
import struct

VERSION = 2

# Length of the whole frame, slot, kind, flags.
HEADER = struct.Struct("!IHBB")
INT = struct.Struct("!I")
# In front of what a request says of environ: which application, and the body's length.
REQUEST_HEAD = struct.Struct("!Hq")

# Container to worker, by the queue that all slots share.
REQUEST = 1
BIG_REQUEST = 2
# Worker to container, by a slot's answers.
FULL = 10
HEAD = 11
BODY = 12
END = 13
FAILED = 14
WANT = 15
CHECK = 16
WARN = 17
FILE = 18
# Container to worker, by a slot's data, when it was asked.
DATA = 20
ABORT = 21
VERDICT = 22
# Container to worker, by standard input.
START = 30
LOAD = 31
OPEN = 32
CLOSE = 33
ASK = 34
TOLD = 35
EXIT = 36
# Worker to container, by what was standard output.
HELLO = 40
LOADED = 41
NOT_LOADED = 42
OPENED = 43
LOG = 44
ANSWER = 45
QUESTION = 46
DROPPED = 47

# Flags of REQUEST: no body is to be sent (HEAD).
BODILESS = 1
# Flags of BODY: to be put on the wire now.
FLUSH = 1
# Flags of DATA: the answer ends here; the request's body ends here.
LAST = 1
AT_END = 2
# Flags of WANT: so many octets, and not what has come.
EXACT = 1

# What a pipe takes at once on every Linux, and so what a pipe of ours never waits for.
LARGEST_READ = 65536


class Frames:
    """Reads whole frames from a file descriptor, whatever parts they come in."""

    def __init__(self, fd):
        self._fd = fd
        self._octets = b""

    def next(self):
        """Return slot, kind, flags and payload of the next frame; None at the end."""
        octets = self._octets
        while True:
            have = len(octets)
            if have >= 8:
                length, slot, kind, flags = HEADER.unpack_from(octets)
                if have >= length:
                    self._octets = octets[length:]
                    return slot, kind, flags, octets[8:length]
                if length > LARGEST_READ:
                    octets = self._large(octets, length)
                    continue
            more = os.read(self._fd, LARGEST_READ)
            if not more:
                return None
            octets += more

    def _large(self, octets, length):
        """Adding to bytes would copy what is there at each read."""
        parts = [octets]
        missing = length - len(octets)
        while missing > 0:
            part = os.read(self._fd, min(missing, 1 << 20))
            if not part:
                raise EOFError("a pipe ended in the middle of a frame")
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)


def write_all(fd, octets):
    """Write octets, in one system call if the pipe takes them at once."""
    written = os.write(fd, octets)
    if written < len(octets):
        rest = memoryview(octets)[written:]
        while rest:
            rest = rest[os.write(fd, rest) :]
