"""The parts of a multipart/form-data body, one block at a time (RFC 7578).

Nothing is kept: a part's blocks are handed on as they come in, so a file of any size
passes through the memory of one block.
"""
import re

LONGEST_HEADERS = 16384
_BOUNDARY = re.compile(r'boundary=(?:"([^"]+)"|([^\s;]+))', re.I)
_PARAMETER = r'\b%s="([^"]*)"'


class Malformed(Exception):
    """The body is not what its Content-Type promises."""


class Part(object):
    """One field of the form.

    :ivar name: the field's name.
    :ivar filename: the file's name; None for a field that is no file.
    :ivar content_type: the media type that the browser gave, or "".
    :ivar blocks: the content, to be iterated once, before the next part is asked for.
    """

    def __init__(self, headers, blocks):
        disposition = _header(headers, u"content-disposition")
        self.name = _parameter(disposition, u"name")
        self.filename = _parameter(disposition, u"filename")
        self.content_type = _header(headers, u"content-type")
        self.blocks = blocks


def boundary(content_type):
    """Return the boundary that a Content-Type names, as bytes."""
    found = _BOUNDARY.search(content_type)
    if not content_type.lower().startswith("multipart/form-data") or not found:
        raise Malformed(u"The request is no multipart/form-data with a boundary.")
    return (found.group(1) or found.group(2)).encode("latin-1")


def parts(blocks, boundary):
    """Yield each Part of a body that comes as blocks."""
    delimiter = b"\r\n--" + boundary
    # The first delimiter has no line before it; this gives it one.
    reader = _Reader(blocks, b"\r\n")
    _drain(reader.until(delimiter))
    while not reader.passes(b"--"):
        # Blanks may follow a delimiter on its line, nothing else (RFC 2046, 5.1.1).
        if _joined(reader.until(b"\r\n")).strip(b" \t"):
            raise Malformed(u"Something follows a boundary on its line.")
        headers = _joined(reader.until(b"\r\n\r\n")).decode("utf-8", "replace")
        part = Part(headers, reader.until(delimiter))
        yield part
        _drain(part.blocks)


class _Reader(object):
    """Looks for marks in a stream of blocks, keeping no more than a block of it."""

    def __init__(self, blocks, ahead):
        self._blocks = iter(blocks)
        self._buffer = ahead

    def passes(self, mark):
        """Tell whether the mark comes next, and pass over it if so."""
        while len(self._buffer) < len(mark):
            self._fill()
        if not self._buffer.startswith(mark):
            return False
        self._buffer = self._buffer[len(mark) :]
        return True

    def until(self, mark):
        """Yield blocks up to the mark, and pass over it."""
        while True:
            at = self._buffer.find(mark)
            if at >= 0:
                found = self._buffer[:at]
                self._buffer = self._buffer[at + len(mark) :]
                if found:
                    yield found
                return
            # The mark may have begun in the last bytes.
            certain = max(0, len(self._buffer) - len(mark) + 1)
            found, self._buffer = self._buffer[:certain], self._buffer[certain:]
            if found:
                yield found
            self._fill()

    def _fill(self):
        block = next(self._blocks, b"")
        if not block:
            raise Malformed(u"The body ends before its last boundary.")
        self._buffer += block


def _drain(blocks):
    for _ in blocks:
        pass


def _joined(blocks):
    joined = b""
    for block in blocks:
        joined += block
        if len(joined) > LONGEST_HEADERS:
            raise Malformed(
                u"The headers of a part are longer than %d bytes." % LONGEST_HEADERS
            )
    return joined


def _header(headers, name):
    for line in headers.split(u"\r\n"):
        key, _, value = line.partition(u":")
        if key.strip().lower() == name:
            return value.strip()
    return u""


def _parameter(value, name):
    found = re.search(_PARAMETER % name, value)
    if not found:
        return None
    # Browsers escape these three, and nothing else (HTML, "Multipart form data").
    text = found.group(1).replace(u"%22", u'"')
    return text.replace(u"%0D", u"\r").replace(u"%0A", u"\n")
