"""Checks what start_response is given, before it returns to the application.

Java decides which heads are valid, for both engines alike. This module remembers what
Java has accepted before, and recognizes plain text; it asks Java about everything else.
"""

from isthmus_worker.rules import shown

_MAX = 1000  # applications may generate names
# With a cookie or a date in it, each head is new: then all are forgotten often.
_MAX_HEADS = 200
_MAX_OCTETS = 1000


class Head:
    """A head that may be sent.

    :ivar octets: for the container.
    :ivar length: Content-Length, or None.
    :ivar is_bodiless: True if a response of its status has no body.
    """

    __slots__ = ("is_bodiless", "length", "octets")

    def __init__(self, octets, length, is_bodiless):
        self.octets = octets
        self.length = length
        self.is_bodiless = is_bodiless


class Heads:
    """Checks the heads of all responses of this process.

    Shared by threads without a lock: if a thread does not find an entry, it checks, or
    asks Java, again.
    """

    def __init__(self, rules):
        self._rules = rules
        self._statuses = set()
        self._bodiless = set()
        self._names = set()
        self._heads = {}

    def checked(self, status, headers, wire):
        """Return a head if it is valid; raise an exception if not."""
        try:
            key = (status, *headers) if type(headers) is list else None
            head = self._heads.get(key)
        except TypeError:  # something that cannot be hashed: it is no str
            key = head = None
        if head is None:
            head = self._checked(status, headers, wire)
            if key is not None and len(head.octets) <= _MAX_OCTETS:
                if len(self._heads) >= _MAX_HEADS:
                    self._heads.clear()
                self._heads[key] = head
        return head

    def _checked(self, status, headers, wire):
        if type(status) is not str and not isinstance(status, str):
            raise self._rules.raised("STATUS_TYPE", shown(status))
        if not isinstance(headers, list):
            raise self._rules.raised("HEADERS_TYPE", shown(headers))
        parts = [status]
        plain = status in self._statuses
        length = None
        for header in headers:
            name, value = self._pair(header)
            parts.append(name)
            parts.append(value)
            if not (value.isascii() and value.isprintable()):
                plain = False
            elif name not in self._names:
                # The names never include Content-Length, because its value matters.
                plain = plain and length is None and _is_length(name, value)
                length = int(value) if _is_length(name, value) else length
        if not plain:
            self._ask(parts, wire)
        octets = "\0".join(parts).encode("latin-1")
        return Head(octets, length, status in self._bodiless)

    def _pair(self, header):
        if isinstance(header, tuple) and len(header) == 2:
            name, value = header
            if isinstance(name, str) and isinstance(value, str):
                return header
            raise self._rules.raised(
                "HEADER_TYPE", "(%s, %s)" % (shown(name), shown(value))
            )
        raise self._rules.raised("HEADER_TYPE", shown(header))

    def _ask(self, parts, wire):
        """Ask Java to check a head, and remember the valid parts."""
        is_bodiless = wire.check(parts)
        if len(self._statuses) < _MAX:
            self._statuses.add(parts[0])
            if is_bodiless:
                self._bodiless.add(parts[0])
        for name in parts[1::2]:
            if len(self._names) < _MAX and name.lower() != "content-length":
                self._names.add(name)


def _is_length(name, value):
    return name.lower() == "content-length" and value.isdecimal() and len(value) <= 18
