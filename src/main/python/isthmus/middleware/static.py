"""Serves the files of a directory, and passes other requests to the application."""

from __future__ import absolute_import

import mimetypes
import os
import re
from email.utils import formatdate, mktime_tz, parsedate_tz

from isthmus.middleware import passing

try:
    from urllib.parse import quote
except ImportError:  # Python 2
    from urllib import quote

_RANGE = re.compile(r"bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$", re.I)
_TAG = re.compile(r'(?:W/)?("[^"]*")')


class Static(object):
    """Serves files for GET and HEAD, also conditionally and in ranges.

    The server sends them, if it has ``wsgi.file_wrapper``.

    Never serves anything outside the directory, through ``..`` or a symbolic link, or
    any name that starts with a dot. A file of the directory wins over the application.

    :param directory: the files; PATH_INFO is the path below it.
    :param application: for everything that is not a file; by default a 404.
    :param max_age: for how many seconds a cache need not revalidate; None leaves that
        to the cache.
    :param index: the file that is served for a directory.
    """

    def __init__(self, directory, application=None, max_age=None, index="index.html"):
        self.root = os.path.realpath(directory)
        self.application = application
        self.max_age = max_age
        self.index = index
        # Not the machine's own table, which varies.
        self._types = mimetypes.MimeTypes()

    def __call__(self, environ, start_response):
        found = self._found(environ.get("PATH_INFO", ""))
        if found is None:
            if self.application is not None:
                return self.application(environ, start_response)
            return passing.plain(environ, start_response, "404 Not Found")
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            if self.application is not None:
                return self.application(environ, start_response)
            status, allow = "405 Method Not Allowed", [("Allow", "GET, HEAD")]
            return passing.plain(environ, start_response, status, allow)
        if os.path.isdir(found):
            return _to_directory(environ, start_response)
        return self._serve(found, environ, start_response)

    def _found(self, path):
        """Return a file, or a directory whose path lacks its final slash, or None."""
        octets = path if isinstance(path, bytes) else path.encode("latin-1")
        segments = octets.split(b"/")
        names = segments[1:-1] + [s for s in segments[-1:] if s]
        # Backslashes and colons have a meaning on Windows.
        if any(not s or s[:1] == b"." or re.search(br"[\0\\:]", s) for s in names):
            return None
        try:
            names = [s if str is bytes else os.fsdecode(s) for s in names]
            found = os.path.realpath(os.path.join(self.root, *names))
            if path.endswith("/") or not path:
                found = os.path.realpath(os.path.join(found, self.index))
        except (OSError, ValueError):
            return None
        inside = found == self.root or found.startswith(self.root.rstrip("/") + os.sep)
        if not inside:
            return None
        if os.path.isdir(found):
            has_index = os.path.isfile(os.path.join(found, self.index))
            return found if has_index and path and not path.endswith("/") else None
        return found if os.path.isfile(found) else None

    def _serve(self, file, environ, start_response):
        opened = open(file, "rb")
        try:
            status = os.stat(file)
            size, modified = status.st_size, int(status.st_mtime)
            tag = '"%x-%x"' % (modified, size)
            date = formatdate(modified, usegmt=True)
            fields = [("ETag", tag), ("Last-Modified", date)]
            if self.max_age is not None:
                fields.append(("Cache-Control", "max-age=%d" % self.max_age))
            if _is_known(environ, tag, modified):
                opened.close()
                start_response("304 Not Modified", fields)
                return []
            fields += [
                ("Content-Type", self._type(file)),
                ("Accept-Ranges", "bytes"),
                ("X-Content-Type-Options", "nosniff"),
            ]
            part = _part(environ, size, tag, modified)
            return _send(environ, start_response, opened, size, fields, part)
        except BaseException:
            opened.close()
            raise

    def _type(self, file):
        kind, encoding = self._types.guess_type(file)
        if encoding:
            # A compressed file is served as it is, not as an encoding of another one.
            return "application/gzip" if encoding == "gzip" else _OCTETS
        kind = kind or _OCTETS
        is_text = kind.startswith("text/") or kind == "application/javascript"
        return kind + "; charset=utf-8" if is_text else kind


_OCTETS = "application/octet-stream"


def _send(environ, start_response, opened, size, fields, part):
    """Send a file, or a range of it."""
    status, length, file = "200 OK", size, opened
    if part == ():
        opened.close()
        more = [("Content-Range", "bytes */%d" % size)]
        status = "416 Range Not Satisfiable"
        return passing.plain(environ, start_response, status, more)
    if part:
        first, last = part
        status, length = "206 Partial Content", last - first + 1
        fields.append(("Content-Range", "bytes %d-%d/%d" % (first, last, size)))
        opened.seek(first)
        file = _Part(opened, length)
    start_response(status, fields + [("Content-Length", str(length))])
    if environ["REQUEST_METHOD"] == "HEAD":
        opened.close()
        return []
    wrapper = environ.get("wsgi.file_wrapper")
    return wrapper(file, 65536) if wrapper else _Blocks(file)


class _Part(object):
    """A range of a file, from its current position, as a file."""

    def __init__(self, opened, length):
        self._opened = opened
        self._left = length

    def read(self, size=-1):
        size = self._left if size < 0 else min(size, self._left)
        data = self._opened.read(size)
        self._left -= len(data)
        return data

    def close(self):
        self._opened.close()


class _Blocks(object):
    """A file, block by block, for servers without wsgi.file_wrapper."""

    def __init__(self, file):
        self._file = file

    def __iter__(self):
        return iter(lambda: self._file.read(65536), b"")

    def close(self):
        self._file.close()


def _to_directory(environ, start_response):
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "") + "/"
    octets = path if isinstance(path, bytes) else path.encode("latin-1")
    # Two slashes at the start would name another site.
    target = "/" + quote(octets).lstrip("/")
    query = environ.get("QUERY_STRING")
    headers = [("Location", target + "?" + query if query else target)]
    status = "301 Moved Permanently"
    return passing.plain(environ, start_response, status, headers)


def _is_known(environ, tag, modified):
    """Tell whether the client has this already (RFC 9110, 13.2.2)."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return tags.strip() == "*" or tag in _TAG.findall(tags)
    since = _time(environ.get("HTTP_IF_MODIFIED_SINCE"))
    return since is not None and modified <= since


def _part(environ, size, tag, modified):
    """Return the first and the last octet of the range; () if it is unsatisfiable.

    None means the whole file: it is the answer to several ranges, and to a range of
    another version (If-Range; RFC 9110, 13.1.5 and 14.2).
    """
    match = _RANGE.match(environ.get("HTTP_RANGE", ""))
    if not match or match.groups() == ("", ""):
        return None
    condition = environ.get("HTTP_IF_RANGE")
    if condition is not None and condition != tag and _time(condition) != modified:
        return None
    first, last = match.groups()
    if not first:
        start, end = max(size - int(last), 0), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < start:
            return None
    return (start, end) if start <= end and start < size else ()


def _time(text):
    """Return an HTTP date in seconds since 1970, or None."""
    parsed = parsedate_tz(text) if text else None
    if parsed is None:
        return None
    try:
        return int(mktime_tz(parsed))
    except (OverflowError, ValueError):
        return None


def make_app(global_conf, directory, max_age=None, index="index.html"):
    """``paste.app_factory``: the keys are parameters of Static."""
    age = None if max_age is None else int(max_age)
    return Static(directory, None, age, index)


def make_filter(global_conf, directory, max_age=None, index="index.html"):
    """``paste.filter_factory``: the keys are parameters of Static."""
    age = None if max_age is None else int(max_age)
    return lambda application: Static(directory, application, age, index)
