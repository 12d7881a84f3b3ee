"""Answers for an application that has raised an exception."""

from __future__ import absolute_import

import binascii
import os
import re
import sys
import traceback

from isthmus.middleware import passing

try:
    from html import escape
except ImportError:  # Python 2
    from cgi import escape

_LOOPBACK = re.compile(r"(?:::ffff:)?127(?:\.\d{1,3}){3}$|::1$|(?:0:){7}1$", re.I)
# A proxy on this machine makes every client's address a loopback address.
_PROXIED = (
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_REAL_IP",
)


class Errors(object):
    """Turns an exception into a response of status 500, if that is still possible.

    Clients with ``text/html`` in Accept get an HTML page, others plain text. Both
    include a number, which is in ``wsgi.errors`` before the traceback. If the response
    has already begun, the exception goes on to the server, which can cut the
    connection.

    :param application: the application.
    :param debug: True to show the traceback, only to clients on the same machine, and
        never through a proxy.
    """

    def __init__(self, application, debug=False):
        self.application = application
        self.debug = debug

    def __call__(self, environ, start_response):
        # Read now: an application may modify its environ.
        wants_html = "text/html" in environ.get("HTTP_ACCEPT", "").lower()
        is_detailed = self.debug and is_local(environ)
        errors = environ["wsgi.errors"]
        files = passing.Files(environ)

        def answer():
            return _answer(start_response, errors, wants_html, is_detailed)

        try:
            result = self.application(environ, start_response)
        except _LEFT_ALONE:
            raise
        except:  # noqa: E722
            return answer()
        if isinstance(result, (list, tuple)) or files.has(result):
            return result
        return _Guarded(result, answer)


# A bare except also catches Java's exceptions, which do not derive from Exception.
_LEFT_ALONE = (SystemExit, KeyboardInterrupt, GeneratorExit)


class _Guarded(object):
    """An application's iterable; an exception from it becomes the last blocks."""

    def __init__(self, result, answer):
        self._result = result
        self._answer = answer

    def __iter__(self):
        try:
            for block in self._result:
                yield block
            return
        except _LEFT_ALONE:
            raise
        except:  # noqa: E722
            blocks = self._answer()
        for block in blocks:
            yield block

    def close(self):
        passing.close(self._result)


def _answer(start_response, errors, wants_html, is_detailed):
    exc_info = sys.exc_info()
    try:
        number = str(binascii.hexlify(os.urandom(6)).decode("ascii"))
        text = "".join(traceback.format_exception(*exc_info))
        details = text if is_detailed else ""
        body = _page(number, details) if wants_html else _text(number, details)
        kind = "html" if wants_html else "plain"
        headers = [
            ("Content-Type", "text/%s; charset=utf-8" % kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Vary", "Accept"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'"),
        ]
        # Raises the exception again if the response has begun (PEP 3333).
        start_response("500 Internal Server Error", headers, exc_info)
    finally:
        exc_info = None
    errors.write("Error %s of the application:\n%s" % (number, text))
    errors.flush()
    return [body]


def _text(number, details):
    return _encoded("500 Internal Server Error (%s)\n%s" % (number, details))


def _page(number, details):
    more = "<pre>%s</pre>\n" % escape(details) if details else ""
    return _encoded(PAGE % (number, more))


def _encoded(text):
    # On Python 2, a traceback is octets, in whatever encoding the sources have.
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return text.encode("utf-8")


def is_local(environ):
    """Tell whether a request comes from this machine, as far as can be known."""
    is_loopback = bool(_LOOPBACK.match(environ.get("REMOTE_ADDR", "")))
    return is_loopback and not any(key in environ for key in _PROXIED)


PAGE = """<!DOCTYPE html>
<html lang="en">
<title>Something went wrong</title>
<h1>Something went wrong</h1>
<p>The server could not answer this request. It is not your fault. If you tell somebody
about it, name the error <code>%s</code>.</p>
%s</html>
"""


def make_filter(global_conf, debug="false"):
    """``paste.filter_factory``: the key is the parameter of Errors."""
    wanted = passing.flag(debug)
    return lambda application: Errors(application, wanted)
