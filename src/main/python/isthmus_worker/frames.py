"""The frames of the worker protocol: their kinds, and how to read and write them.

A frame is a header and a payload; docs/worker-protocol.md describes each of them.
"""

import errno
import fcntl
import os
import struct
import sys

# Looked up now: gevent and eventlet remove it from its module.
from select import POLLIN, poll

# Length of the whole frame, slot, kind, flags.
HEADER = struct.Struct("!IHBB")
INT = struct.Struct("!I")
# Precedes a request's part of environ: the application, and the body's length.
REQUEST_HEAD = struct.Struct("!Hq")

# Container to worker, through the queue that all slots share.
REQUEST = 1
BIG_REQUEST = 2
# Worker to container, through a slot's pipe for answers.
FULL = 10
HEAD = 11
BODY = 12
END = 13
FAILED = 14
WANT = 15
CHECK = 16
WARN = 17
FILE = 18
CALL = 19
CHAIN = 24
RETURNED = 25
# Container to worker, through a slot's pipe for data, as the answer to a question.
DATA = 20
ABORT = 21
VERDICT = 22
RESULT = 23
# Container to worker, through standard input.
START = 30
LOAD = 31
OPEN = 32
CLOSE = 33
QUERY = 34
WORKER_QUERY_REPLY = 35
EXIT = 36
# Worker to container, through the original standard output.
HELLO = 40
LOADED = 41
NOT_LOADED = 42
OPENED = 43
LOG = 44
QUERY_REPLY = 45
WORKER_QUERY = 46
DROPPED = 47
TASKS = 48

# Flags of REQUEST: the response has no body (HEAD); there is a filter chain.
BODILESS = 1
HAS_CHAIN = 2
# Flags of BODY: send it to the client now.
FLUSH = 1
# Flags of DATA: the answer ends here; the request's body ends here.
LAST = 1
AT_END = 2
# Flags of VERDICT: a response of this status has no body.
NO_BODY = 1
# Flags of RESULT: a rule is broken.
REFUSED = 1
# Flags of WANT: exactly this many octets, rather than what has arrived; the pipe for
# the answer has room for WIDE_PIPE.
EXACT = 1
WIDE = 2

# The container reads an event whole, and what it is asked in a slot; neither is longer.
LARGEST_WHOLE = 1 << 24

# The capacity of a pipe on every Linux: a write of this size to an empty pipe never
# blocks.
LARGEST_READ = 65536
# That of a slot's pipe for data once it has been widened; DATA may then be as large.
WIDE_PIPE = 131072

# fcntl.F_SETPIPE_SZ, for which Python 3.9 has no name.
_F_SETPIPE_SZ = 1031


class Frames:
    """Reads whole frames from a file descriptor, however they are fragmented."""

    def __init__(self, fd):
        self._fd = fd
        self._octets = b""

    def arrived(self):
        """Return the next frame if it is there; None, without waiting, if not."""
        arrivals = poll()
        arrivals.register(self._fd, POLLIN)
        return self.next() if self._octets or arrivals.poll(0) else None

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
                    octets = _whole(self._fd, octets, length)
                    continue
            more = os.read(self._fd, LARGEST_READ)
            if not more:
                return None
            octets += more


def read_one(fd):
    """Read a frame that nothing follows, without copying its payload.

    Return kind, flags and payload; None at the end.
    """
    header = os.read(fd, 8)
    if not header:
        return None
    length, _, kind, flags = HEADER.unpack(_whole(fd, header, 8))
    size = length - 8
    payload = os.read(fd, size) if size else b""
    return kind, flags, _whole(fd, payload, size)


def _whole(fd, octets, size):
    """Read what is missing of so many; adding to bytes would copy them at each read."""
    if len(octets) == size:
        return octets
    parts = [octets]
    missing = size - len(octets)
    while missing > 0:
        part = os.read(fd, min(missing, 1 << 20))
        if not part:
            raise EOFError("a pipe ended in the middle of a frame")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def opened(directory, name, access):
    """Open a slot's pipe, which then blocks; return its descriptor.

    :raises BrokenPipeError: if the container has closed it: nobody else has opened it,
        so to open it might wait for ever, or its file is deleted already.
    """
    try:
        fd = os.open(os.path.join(directory, name), access | os.O_NONBLOCK)
    except OSError as e:
        if e.errno in (errno.ENOENT, errno.ENXIO):
            raise BrokenPipeError(32, "the container has given this slot up") from None
        raise
    os.set_blocking(fd, True)
    return fd


def widened(fd, capacity):
    """Give a pipe a capacity; return False if it stays as it was.

    Linux lets any user have pipes of up to 1 MB; elsewhere they stay as they are.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        return fcntl.fcntl(fd, _F_SETPIPE_SZ, capacity) >= capacity
    except (OSError, ValueError):  # not permitted; -1, of a slot that is closed
        return False


def write_all(fd, octets):
    """Write octets, in one system call if the pipe has room for them."""
    written = os.write(fd, octets)
    if written < len(octets):
        rest = memoryview(octets)[written:]
        while rest:
            rest = rest[os.write(fd, rest) :]
