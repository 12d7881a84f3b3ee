"""A slot: two pipes through which a thread of the container gets its response."""

import marshal
import os
import threading
from threading import get_ident
from time import perf_counter

from isthmus_worker import answers, frames, rules
from isthmus_worker.surroundings import break_off, is_closed

_MOST = 2**32 - 1

# Up to this size, joining blocks is cheaper than writing them one by one.
_JOINED = 65536
# A longer block is sent without copying it behind its header.
_COPIED = 8192
# Of more octets than that, a pipe may not take a response without waiting.
_KEPT = 60000
# A request that has taken so many seconds keeps no response back, because the crew's
# guard, which would send it, may sleep.
_LONG = 0.5
# A frame has no more octets of a body: its length must fit into an int of Java.
_LARGEST = 1 << 30
# Four blocks of 64 KiB.
_FOUR = 1 << 18


class Slot:
    """The wire of one request at a time (calls.py).

    Threads: its request's; the thread for the container's commands calls ``drop``; the
    guard of the crew calls ``send_kept`` and ``give_back``.

    :param directory: of the pipes.
    :param begun: counts the requests that have begun in each slot, modulo 256.
    :param messages: the messages of rules.
    :ivar is_gone: True once the container has given this slot up, because the client is
        gone or the request has timed out.
    :ivar is_forked: True in a child process, which has none of the pipes.
    :ivar is_forwarded: True once the container is to answer the request by a forward.
    :ivar thread: the identifier of the thread that uses it for a request, or None.
    """

    def __init__(self, directory, number, begun, messages):
        self.number = number
        self._messages = messages
        self._begun = begun
        self._count = 0
        self.thread = None
        self.is_gone = False
        self.is_forked = False
        self.is_forwarded = False
        self._answers = self._data = -1
        try:
            self._answers = frames.opened(directory, "p%d" % number, os.O_WRONLY)
            self._data = frames.opened(directory, "d%d" % number, os.O_RDONLY)
        except OSError:
            self._close()
            raise
        self._lock = threading.Lock()
        self._dropped = False
        self._last = None
        # A whole response that waits for the end of its request: head and body.
        self._kept = None
        self._overdue = None
        # Whether it was attempted to widen the pipe for answers.
        self._is_wide = False
        # The flag that tells the container that the pipe for data is wide; None before
        # the first large read.
        self._width = None
        # Start of the request, and the time since then spent waiting for Java.
        self._start = 0.0
        self._waited = 0.0

    def forked(self):
        """Give it up in a child process; return the descriptors that this must close.

        Their numbers are soon those of the child's own files.
        """
        found = self._answers, self._data
        self.is_gone = self.is_forked = True
        self._answers = self._data = -1
        self._kept = None
        # Another thread may have held it, which this process does not have.
        self._lock = threading.Lock()
        return found

    def begin_request(self):
        """Take it for a request on the current thread; ``end_request`` must follow."""
        self._take()
        self._count = self._count + 1 & 255
        self._begun[self.number] = self._count
        self._last = None
        self._kept = None
        self.is_forwarded = False
        self._start = perf_counter()
        self._waited = 0.0

    def give_back(self, is_big):
        """Return a request that has not begun, so that another worker may.

        ``end_request`` must follow.

        :param is_big: True if most of it is still in the pipe for data.
        """
        self._take()
        if is_big:
            self.request()
        self._send(answers.frame(self.number, frames.RETURNED, b""))

    def _take(self):
        """Keep ``drop`` from closing it while the current thread uses it."""
        with self._lock:
            if self._dropped:
                raise BrokenPipeError(32, "the container has given this slot up")
            self.thread = get_ident()

    def _took(self):
        """Return how many microseconds the request has taken in this process."""
        return min(_MOST, int(1e6 * (perf_counter() - self._start - self._waited)))

    def end_request(self):
        """Give it back; return False if it cannot be used again."""
        with self._lock:
            if self.thread not in (None, get_ident()):
                return True  # another thread already has its next request
            self.thread = None
            if self.is_gone or self._dropped:
                self._close()
                return False
        return True

    def unsaid(self):
        """Return what has gone wrong, if the container does not know: else None."""
        last = self._last
        return last if last is not None and any(last) else None

    def drop(self):
        """Close it, because the container has; return whether it is closed now.

        While a request uses it, it is closed only when that ends.
        """
        with self._lock:
            self._dropped = True
            if self.thread is None:
                self._close()
            return self.thread is None

    def _close(self):
        self.is_gone = True
        for fd in {self._answers, self._data} - {-1}:
            os.close(fd)
        self._answers = self._data = -1

    def send_kept(self):
        """Send a response that has been kept since the previous call at least."""
        kept = self._kept
        if kept is not None and kept is self._overdue:
            try:
                self._send_kept()
            except OSError:
                self.is_gone = True  # as the request will find out
        self._overdue = kept

    def _send_kept(self):
        with self._lock:
            kept = self._kept
            if kept is not None:
                head, block = kept
                start = answers.first(self.number, head, len(block), block)
                frames.write_all(self._answers, start + block)
                self._kept = None

    # For calls.py.

    def full(self, head, blocks, length):
        """Send a whole response: in one frame, unless it is too large for that."""
        if length > _LARGEST:
            self._full_in_blocks(head, blocks, length)
            return
        start = answers.full(self.number, self._took(), head, length)
        if length <= _JOINED:
            self._send(b"".join((start, *blocks)))
        else:
            self._send(start)
            for block in blocks:
                self._send(block)

    def _full_in_blocks(self, head, blocks, length):
        self.begin(head, length, b"")
        for block in blocks:
            if block:
                self.block(block, False)
        self.end("")

    def begin(self, head, length, block):
        """Send a head, and the first block of a body."""
        if len(block) > _LARGEST:
            self._send(answers.head(self.number, head, length))
            self.block(block, True)
        else:
            self._send_with(answers.first(self.number, head, length, block), block)

    def whole(self, head, block):
        """Send a head and the only block: now, at the end, or after a few milliseconds.

        What remains to be done, such as close(), is short as a rule, and each message
        costs the container and this process more than that.
        """
        if len(block) < _KEPT and perf_counter() - self._start < _LONG:
            self._kept = head, block
        else:
            self.begin(head, len(block), block)

    def block(self, octets, flush):
        """Send a further block."""
        if len(octets) > _LARGEST:
            octets = memoryview(octets)
            for start in range(0, len(octets), _LARGEST):
                self.block(octets[start : start + _LARGEST], flush)
            return
        if 8 + len(octets) > _KEPT and not self._is_wide:
            # Room for several large blocks, so that not each waits for the container.
            self._is_wide = True
            frames.widened(self._answers, _FOUR)
        self._send_with(answers.body(self.number, len(octets), flush), octets)

    def file(self, head, number, position, path):
        """Let the container send a file; return False if it cannot."""
        file = answers.file(self.number, number, position, os.fsencode(path))
        self._send(answers.head(self.number, head, -1) + file)
        return not self._receive()[2]

    def warn(self, rule):
        """Report a rule that was broken without consequences."""
        self._send(answers.frame(self.number, frames.WARN, rule.encode()))

    def check(self, parts):
        """Ask the container whether a head is valid; raise an exception if not.

        Return whether a response of its status has no body.
        """
        self._ask(frames.CHECK, parts, "The head of a response")
        _, flags, payload = self._receive()
        if payload:
            raise rules.refused(payload)
        return bool(flags & frames.NO_BODY)

    def end(self, trouble):
        """Report that the response is complete."""
        if self._kept is not None and not trouble:
            with self._lock:
                kept, self._kept = self._kept, None
            if kept is not None:
                head, block = kept
                self.full(head, (block,), len(block))
                return
        self._last = ("", (), "", trouble)
        self._send_last(frames.END, trouble.encode("utf-8", "backslashreplace"))

    def fail(self, rule, values, text, trouble):
        """Report a failure."""
        self._last = failure = (rule, values, text, trouble)
        self._send_last(frames.FAILED, marshal.dumps(failure, 2))

    # For services.py.

    def call(self, parts, what):
        """Call a service: its name and arguments; return its result in marshal.

        :param what: is passed to it, for the message if that is too large.
        """
        self._ask(frames.CALL, parts, what)
        _, flags, payload = self._receive()
        if flags & frames.REFUSED:
            raise rules.refused(payload)
        return payload

    # For chains.py.

    def chain(self, answer):
        """Ask for the next part of a filter chain; return it in marshal.

        :param answer: what has become of the previous part.
        """
        self._ask(frames.CHAIN, answer, "What is passed to isthmus.chain")
        _, flags, payload = self._receive()
        if flags & frames.REFUSED:
            raise rules.aborted(payload)
        return payload

    # For inputs.py.

    def want(self, size, exact):
        """Return octets of the request's body, and whether there are no more.

        :param size: the max number; all if negative, whatever has arrived if 0.
        :param exact: False if fewer octets are enough.
        """
        flags = frames.EXACT if exact else 0
        if size > _KEPT or size < 0:
            flags |= self._widths()
        self._send(answers.want(self.number, size, flags))
        parts = []
        while True:
            kind, flags, payload = self._receive()
            if kind == frames.ABORT:
                raise rules.aborted(payload)
            parts.append(payload)
            if flags & frames.LAST:
                break
        octets = parts[0] if len(parts) == 1 else b"".join(parts)
        return octets, bool(flags & frames.AT_END)

    def _widths(self):
        """Make room in the pipe for data, so that a read of 64 KiB needs one frame."""
        if self._width is None:
            is_wide = frames.widened(self._data, frames.WIDE_PIPE)
            self._width = frames.WIDE if is_wide else 0
        return self._width

    def request(self):
        """Return a request that was too large for the queue."""
        return self._receive()[2]

    def _ask(self, kind, content, what):
        """Send a question, which the container reads whole."""
        payload = marshal.dumps(content, 2)
        whole = 8 + len(payload)
        if whole > frames.LARGEST_WHOLE:
            raise self._messages.raised("QUESTION_TOO_LARGE", what, whole)
        self._send(answers.frame(self.number, kind, payload))

    def _send_last(self, kind, payload):
        self._send(answers.last(self.number, kind, self._took(), payload))

    def _send_with(self, start, octets):
        if len(octets) <= _COPIED:
            self._send(start + octets)
        else:
            self._send_both(start, octets)

    def _send_both(self, start, octets):
        """Send two parts by one system call, without copying the second."""
        try:
            if self._kept is not None:
                self._send_kept()
            written = os.writev(self._answers, (start, octets)) - len(start)
            if written < 0:
                frames.write_all(self._answers, start[written:])
                written = 0
            if written < len(octets):
                frames.write_all(self._answers, memoryview(octets)[written:])
        except OSError as e:
            self._failed(e)
            raise

    def _send(self, octets):
        try:
            if self._kept is not None:
                self._send_kept()
            written = os.write(self._answers, octets)
            if written < len(octets):  # the pipe had no room for all
                frames.write_all(self._answers, memoryview(octets)[written:])
        except OSError as e:
            self._failed(e)
            raise

    def _failed(self, error):
        """Find out why a pipe has failed; return if the container has closed it.

        The application may have closed it: that ends the process, because no response
        could be sent, and the slot would fail again with each request.
        """
        if self.is_forked:
            raise self._messages.forked() from None
        if isinstance(error, BrokenPipeError):
            self.is_gone = True
        elif is_closed(error) and not self.is_gone:
            break_off(error)

    def _receive(self):
        began = perf_counter()
        try:
            frame = None if self.is_gone else frames.read_one(self._data)
        except OSError as e:
            self._failed(e)
            raise
        self._waited += perf_counter() - began
        if frame is None:
            self.is_gone = True
            raise BrokenPipeError(32, "the container has given this request up")
        return frame
