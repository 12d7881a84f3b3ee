"""Compresses responses with gzip for clients that accept it."""

from __future__ import absolute_import

import re
import struct
import zlib

from isthmus.middleware import passing

# Types that are already compressed, images and archives, would only grow.
TYPES = (
    r"text/.+|application/(?:javascript|json|manifest\+json|wasm|xml|xhtml\+xml)"
    r"|.+\+(?:json|xml)"
)
_ITEM = re.compile(r"\s*([^;\s]+)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?$", re.I)
# No name, no time, an unknown system (RFC 1952, 2.3).
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


class Compression(object):
    """Compresses suitable responses with gzip, block by block as they come.

    Left alone: a response that has a Content-Encoding or is a part (206), one without a
    body (204, 304), one with ``no-transform``, and a file for the server to send. A
    strong ETag becomes a weak one, because the octets differ (RFC 9110, 8.8.3), and
    each response that could have been compressed gets ``Vary: Accept-Encoding``.

    Do not compress a page that contains both a secret and text of the request: its
    length reveals the secret ("BREACH"). Send ``Cache-Control: no-transform``.

    :param application: the application.
    :param level: from 1, fast, to 9, small.
    :param minimum: the smallest Content-Length, in octets, that is compressed.
    :param types: a regular expression for the media types that are compressed.
    """

    def __init__(self, application, level=6, minimum=500, types=TYPES):
        if not 1 <= level <= 9:
            raise ValueError("The level is %r; it must be from 1 to 9." % level)
        self.application = application
        self.level = level
        self.minimum = minimum
        self.types = re.compile("(?:%s)$" % types, re.I)

    def __call__(self, environ, start_response):
        response = _Response(self, environ, start_response)
        return response.of(self.application(environ, response.start))


class _Response(object):
    """One response: receives its head, then yields its blocks."""

    def __init__(self, middleware, environ, start_response):
        self._middleware = middleware
        self._wanted = wants_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        self._is_head = environ["REQUEST_METHOD"] == "HEAD"
        self._files = passing.Files(environ)
        self._start_response = start_response
        self._is_started = self._is_passed = False
        self._gzip = None
        self._result = ()

    def start(self, status, headers, exc_info=None):
        self._end()
        self._is_started = True
        if not self._is_passed:
            headers = self._changed(status, headers)
        # No third argument where there was none: not every server accepts None.
        rest = (exc_info,) if exc_info else ()
        write = self._start_response(status, headers, *rest)
        return (lambda data: write(self._block(data))) if self._gzip else write

    def _changed(self, status, headers):
        if not self._could(status, headers):
            return headers
        headers = passing.vary(headers, "Accept-Encoding")
        length = passing.value(headers, "content-length")
        is_small = length is not None and int(length) < self._middleware.minimum
        if not self._wanted or is_small:
            return headers
        tag = passing.value(headers, "etag")
        if tag and not tag.startswith("W/"):
            headers = passing.without(headers, "etag") + [("ETag", "W/" + tag)]
        if status[:3] == "304":
            return headers
        if not self._is_head:
            self._gzip = _Gzip(self._middleware.level)
        # Clients cannot request ranges of the compressed form.
        headers = passing.without(headers, "content-length", "accept-ranges")
        return headers + [("Content-Encoding", "gzip")]

    def _could(self, status, headers):
        if status[:3] == "304":
            return True
        kind = (passing.value(headers, "content-type") or "").split(";")[0].strip()
        cache = passing.value(headers, "cache-control") or ""
        return (
            status[:3] not in ("204", "206")
            and passing.value(headers, "content-encoding") is None
            and passing.value(headers, "content-range") is None
            and "no-transform" not in cache.lower()
            and bool(self._middleware.types.match(kind))
        )

    def of(self, result):
        """Return the iterable for the server."""
        if self._is_started and not self._gzip:
            self._is_passed = True
            return result
        self._result = result
        return self

    def __iter__(self):
        for block in self._result:
            yield self._block(block)
        if self._gzip:
            yield self._gzip.end()

    def _block(self, block):
        return self._gzip.block(block) if self._gzip and block else block

    def close(self):
        self._end()
        passing.close(self._result)

    def _end(self):
        if self._gzip:
            self._gzip.end()
            self._gzip = None


class _Gzip(object):
    """A gzip stream whose blocks can be decoded as soon as they arrive.

    Jython's zlib writes a gzip header with each block, so head and tail are written
    here.
    """

    def __init__(self, level):
        self._deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._crc = self._size = 0
        self._head = _HEAD

    def block(self, data):
        self._crc = zlib.crc32(data, self._crc)
        self._size += len(data)
        head, self._head = self._head, b""
        deflated = self._deflate.compress(data)
        return head + deflated + self._deflate.flush(zlib.Z_SYNC_FLUSH)

    def end(self):
        """Return the rest, and free the memory outside Python's heap."""
        if self._deflate is None:
            return b""
        head, self._head = self._head, b""
        last = self._deflate.flush()
        self._deflate = None
        tail = struct.pack("<II", self._crc & 0xFFFFFFFF, self._size & 0xFFFFFFFF)
        return head + last + tail


def wants_gzip(accepted):
    """Tell whether an Accept-Encoding prefers gzip to the plain response.

    RFC 9110, 12.5.3: ``*`` stands for all encodings not named; 0 means "not
    acceptable".
    """
    weights = {}
    for item in accepted.split(","):
        match = _ITEM.match(item)
        if match:
            name = match.group(1).lower()
            name = "gzip" if name == "x-gzip" else name
            weights[name] = float(match.group(2) or 1)
    gzip = weights.get("gzip", weights.get("*", 0))
    return gzip > 0 and gzip >= weights.get("identity", 0)


def make_filter(global_conf, level=6, minimum=500, types=TYPES):
    """``paste.filter_factory``: the keys are the parameters of Compression."""
    level, minimum = int(level), int(minimum)
    return lambda application: Compression(application, level, minimum, types)
