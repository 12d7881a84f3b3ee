"""Python around Java: X-Way says what it does before the rest of the chain."""

from io import BytesIO

from isthmus.middleware.compression import Compression

try:
    from builtins import ascii as _ascii
except ImportError:  # Python 2, where repr is that
    _ascii = repr


class Marked(object):
    """Adds a field, and writes the body in capitals, block by block."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        calls = []

        def start(status, headers, exc_info=None):
            calls.append(status)
            seen = ("X-Seen", "%s, %d calls" % (status, len(calls)))
            write = start_response(status, headers + [seen], exc_info)
            return lambda block: write(block.upper())

        return [block.upper() for block in self.application(environ, start)]


def _user(environ, start_response):
    environ["REMOTE_USER"] = "ann"
    environ["AUTH_TYPE"] = "TOKEN"
    environ["HTTP_X_TOLD"] = "by Python"
    del environ["HTTP_X_GONE"]
    return environ["isthmus.chain"](environ, start_response)


def _umlaut(environ, start_response):
    environ["REMOTE_USER"] = "\xc3\xa4nne"
    return environ["isthmus.chain"](environ, start_response)


def _body(environ, start_response):
    replaced = dict(environ)
    replaced["wsgi.input"] = BytesIO(b"another body")
    replaced["CONTENT_LENGTH"] = "12"
    return environ["isthmus.chain"](replaced, start_response)


def _rest(environ, start_response):
    environ["wsgi.input"].read(3)
    return environ["isthmus.chain"](environ, start_response)


def _full(environ, start_response):
    def write(block):
        raise IOError("no room")

    def start(status, headers, exc_info=None):
        start_response(status, headers, exc_info)
        return write

    try:
        return environ["isthmus.chain"](environ, start)
    except IOError as e:
        return [b"IOError: " + str(e).encode()]


def _listed(environ, start_response):
    body = environ["isthmus.chain"](environ, start_response)
    return [b"listed: "] + body


def _caught(environ, start_response):
    try:
        return environ["isthmus.chain"](environ, start_response)
    except (IOError, ValueError) as e:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(e).encode()]


def _errno(environ, start_response):
    """Shows what an IOError is: EPIPE is a client that has gone."""
    try:
        return environ["isthmus.chain"](environ, start_response)
    except IOError as e:
        text = "errno %s, own: %s, %s" % (e.errno, type(e) is IOError, e)
        environ["wsgi.errors"].write(text + "\n")
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [text.encode()]


class _Text(object):
    def read(self, size):
        return u"text"


class _Long(object):
    def read(self, size):
        return b"x" * (size + 1)


def _given(stream):
    def way(environ, start_response):
        environ["wsgi.input"] = stream()
        return _caught(environ, start_response)

    return way


class _Broken(object):
    def read(self, size):
        raise KeyError("no read")


def _raises(place):
    """Raises a KeyError, to be caught around the chain."""

    def way(environ, start_response):
        times = []

        def write(block):
            times.append("write")
            raise KeyError("no write")

        def start(status, headers, exc_info=None):
            times.append("start")
            if place == "start":
                raise KeyError("no start")
            return write

        given = dict(environ)
        if place == "read":
            given["wsgi.input"] = _Broken()
        try:
            environ["isthmus.chain"](given, start)
        except KeyError as e:
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [("%s, %d times" % (e, times.count(place))).encode()]

    return way


def _session(environ, start_response):
    def start(status, headers, exc_info=None):
        environ["isthmus.session"]["seen"] = status
        write = start_response(status, headers, exc_info)
        return lambda block: write(environ["isthmus.session"]["seen"].encode() + block)

    return environ["isthmus.chain"](environ, start)


def _guard(environ, start_response):
    if environ["PATH_INFO"] == "/java/echo":
        start_response("403 Forbidden", [("Content-Type", "text/plain")])
        return [b"guarded by Python"]
    return environ["isthmus.chain"](environ, start_response)


def _path(environ, start_response):
    def start(status, headers, exc_info=None):
        seen = ("X-Path", _ascii(environ["PATH_INFO"]))
        return start_response(status, headers + [seen], exc_info)

    return environ["isthmus.chain"](environ, start)


def _refuse(environ, start_response):
    start_response("401 Unauthorized", [("Content-Type", "text/plain")])
    return [b"refused by Python"]


def _twice(environ, start_response):
    chain = environ["isthmus.chain"]
    body = chain(environ, start_response)
    try:
        chain(environ, start_response)
    except RuntimeError as e:
        return body + [b";" + str(e).partition(":")[0].encode()]


def _chain(environ, start_response):
    return environ["isthmus.chain"](environ, start_response)


WAYS = {
    "mark": Marked(_chain),
    "gzip": Compression(_chain),
    "user": _user,
    "umlaut": _umlaut,
    "body": _body,
    "rest": _rest,
    "full": _full,
    "caught": _caught,
    "errno": _errno,
    "text": _given(_Text),
    "long": _given(_Long),
    "listed": _listed,
    "start": _raises("start"),
    "write": _raises("write"),
    "read": _raises("read"),
    "session": _session,
    "guard": _guard,
    "path": _path,
    "refuse": _refuse,
    "twice": _twice,
}


def application(environ, start_response):
    way = WAYS.get(environ.get("HTTP_X_WAY"), _chain)
    return way(environ, start_response)
