"""wsgi.input: the request's body, fetched when the application reads it."""

import operator

# A shorter read fetches whatever has arrived, and keeps the rest for the next read.
_SHORT = 16384
_MAX_SIZE = 2**62


class Input:
    """read, readline, readlines and iteration (PEP 3333, "Input and Error Streams").

    :param wire: fetches more of the body.
    :param rules: the messages.
    :param at_end: True if there is no body.
    """

    __slots__ = ("_ahead", "_at_end", "_rules", "_wire")

    def __init__(self, wire, rules, at_end):
        self._wire = wire
        self._rules = rules
        self._ahead = b""
        self._at_end = at_end

    def end(self):
        """Release the wire, which the next request will use."""
        self._wire = None

    @property
    def closed(self):
        """True once the request has ended."""
        return self._wire is None

    def close(self):
        """Do nothing: some frameworks close their input, which is the server's."""

    def readable(self):
        """Return True, as files do."""
        return True

    def read(self, size=-1):
        """Return this many octets, fewer only at the end; by default, all the rest."""
        size = self._size(size)
        ahead = self._ahead
        if 0 <= size <= len(ahead):
            self._ahead = ahead[size:]
            return ahead[:size]
        if self._at_end:
            self._ahead = b""
            return ahead
        if 0 <= size < _SHORT:
            while len(self._ahead) < size and not self._at_end:
                self._fetch(0, False)
            return self._taken(size)
        self._ahead = b""
        try:
            more, self._at_end = self._wire.want(
                -1 if size < 0 else size - len(ahead), True
            )
        except BaseException:
            self._ahead = ahead
            raise
        return ahead + more if ahead else more

    def readline(self, size=-1):
        """Return one line with its line break, at most this many octets of it."""
        size = self._size(size)
        end = self._ahead.find(b"\n") + 1
        if not end and not self._at_end and not 0 <= size <= len(self._ahead):
            end = self._fetch_line(size)
        end = end or len(self._ahead)
        return self._taken(min(end, size) if size >= 0 else end)

    def _fetch_line(self, size):
        """Fetch until a line break, so many octets or the end; return the line's end.

        Parts are joined once: added one by one, a client's long line would be copied
        again with each of them.
        """
        parts = [self._ahead]
        length = len(self._ahead)
        end = 0
        try:
            while not end and not self._at_end and not 0 <= size <= length:
                more, self._at_end = self._wire.want(0, False)
                parts.append(more)
                end = more.find(b"\n") + 1
                if end:
                    end += length
                length += len(more)
        finally:
            self._ahead = b"".join(parts)
        return end

    def readlines(self, hint=-1):
        """Return the lines, until they have this many octets in all."""
        lines = []
        total = 0
        for line in self:
            lines.append(line)
            total += len(line)
            if hint is not None and 0 < hint <= total:
                break
        return lines

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def _size(self, size):
        if self._wire is None:
            raise self._rules.raised("INPUT_ENDED")
        # No body is longer than the largest number that a frame can hold.
        return -1 if size is None else min(operator.index(size), _MAX_SIZE)

    def _fetch(self, size, exact):
        more, self._at_end = self._wire.want(size, exact)
        self._ahead += more

    def _taken(self, size):
        taken, self._ahead = self._ahead[:size], self._ahead[size:]
        return taken
