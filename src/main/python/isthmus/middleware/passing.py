"""What a middleware needs in order to pass on what it does not handle."""

from __future__ import absolute_import


class Files(object):
    """Remembers what an application creates by ``wsgi.file_wrapper``.

    A server sends a file by itself only if it gets the very object that its own wrapper
    has created: this class tells a middleware which results to leave alone.

    :param environ: its ``wsgi.file_wrapper`` is replaced, if it has one.
    """

    def __init__(self, environ):
        self._make = environ.get("wsgi.file_wrapper")
        self._made = []
        if self._make is not None:
            environ["wsgi.file_wrapper"] = self._wrapped

    def _wrapped(self, *arguments):
        self._made.append(self._make(*arguments))
        return self._made[-1]

    def has(self, result):
        """Tell whether this is such a file."""
        return any(made is result for made in self._made)


def close(result):
    """Close an application's iterable, if it has a close()."""
    if hasattr(result, "close"):
        result.close()


def value(headers, name):
    """Return the value of a response's header, joined by commas, or None.

    :param name: in lower case.
    """
    found = [v for n, v in headers if n.lower() == name]
    return ", ".join(found) if found else None


def without(headers, *names):
    """Return a list of headers without those of these names, in lower case."""
    return [pair for pair in headers if pair[0].lower() not in names]


def vary(headers, name):
    """Return a list of headers whose Vary includes this name (RFC 9110, 12.5.5)."""
    known = value(headers, "vary")
    names = [n.strip().lower() for n in (known or "").split(",")]
    if name.lower() in names or "*" in names:
        return headers
    joined = known + ", " + name if known else name
    return without(headers, "vary") + [("Vary", joined)]


def plain(environ, start_response, status, headers=(), exc_info=None):
    """Answer with a status and its text, as a server does."""
    body = (status + "\n").encode("latin-1")
    fields = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
    start_response(status, fields + list(headers), exc_info)
    return [body]


def flag(text):
    """Return the truth of a configuration value: ``true``, ``false`` and the like.

    :raises ValueError: for any other word.
    """
    word = str(text).strip().lower()
    if word in ("true", "yes", "on", "1"):
        return True
    if word in ("false", "no", "off", "0"):
        return False
    raise ValueError("'%s' is neither true nor false" % text)
