"""What start_response is given, checked before the application goes on.

What a head may be is decided in Java, for both engines alike. Here is known what Java
has let pass before, and what text is plain beyond doubt; of the rest Java is asked.
"""

from isthmus_worker.rules import shown

_MOST = 1000  # applications may make names up


class Heads:
    """Checks the heads of all responses of this process.

    Threads share it: sets only grow, and what one of them misses Java is asked again.
    """

    def __init__(self, rules):
        self._rules = rules
        self._statuses = set()
        self._names = set()

    def checked(self, status, headers, wire):
        """Return a head's octets for the container, or raise what is wrong."""
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
                # Content-Length is never among them: its value matters.
                plain = plain and length is None and _is_length(name, value)
                length = value
        if not plain:
            self._ask(parts, wire)
        return "\0".join(parts).encode("latin-1")

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
        """Have Java check a head, and remember what of it is good."""
        wire.check(parts)
        if len(self._statuses) < _MOST:
            self._statuses.add(parts[0])
        for name in parts[1::2]:
            if len(self._names) < _MOST and name.lower() != "content-length":
                self._names.add(name)


def _is_length(name, value):
    return name.lower() == "content-length" and value.isdecimal() and len(value) <= 18
