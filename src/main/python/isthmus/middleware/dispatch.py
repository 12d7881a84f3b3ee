"""Selects an application by path: by prefixes, or by regular expressions."""

from __future__ import absolute_import

import re

from isthmus.middleware import passing


def not_found(environ, start_response):
    """The application for a path that matches nothing: 404."""
    return passing.plain(environ, start_response, "404 Not Found")


class Prefixes(object):
    """Selects the application with the longest prefix of the path.

    A prefix ends at the end of a path segment: ``/blog`` matches ``/blog`` and
    ``/blog/x``, but not ``/blogs``. It moves from PATH_INFO to SCRIPT_NAME.

    :param applications: {prefix: application}; text is encoded as UTF-8. ``/`` and the
        empty prefix match everything else.
    :param default: the application for all other paths, by default a 404.
    """

    def __init__(self, applications, default=not_found):
        pairs = [(_octets(p).rstrip("/"), app) for p, app in applications.items()]
        for prefix, _ in pairs:
            if prefix and not prefix.startswith("/"):
                raise ValueError("The prefix '%s' must begin with a slash." % prefix)
        self.applications = sorted(pairs, key=lambda pair: -len(pair[0]))
        self.default = default

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        for prefix, application in self.applications:
            if (path + "/").startswith(prefix + "/"):
                _shift(environ, len(prefix))
                return application(environ, start_response)
        return self.default(environ, start_response)


class Patterns(object):
    """Selects the first application whose regular expression matches the path.

    It must match from the start of PATH_INFO to the end of a segment; the matched part
    moves to SCRIPT_NAME. Its groups are in ``wsgiorg.routing_args``, as specified
    there: a tuple, and a dictionary of the named ones.

    :param applications: pairs of an expression, text or compiled, and an application.
    :param default: the application for all other paths, by default a 404.
    """

    def __init__(self, applications, default=not_found):
        self.applications = [(re.compile(p), app) for p, app in applications]
        self.default = default

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        for pattern, application in self.applications:
            match = pattern.match(path)
            if match and path[match.end() : match.end() + 1] in ("", "/"):
                _shift(environ, match.end())
                named = match.groupdict()
                spans = [match.span(name) for name in named]
                groups = range(1, pattern.groups + 1)
                unnamed = [match.group(g) for g in groups if match.span(g) not in spans]
                known = environ.get("wsgiorg.routing_args", ((), {}))
                more = dict(known[1], **named)
                environ["wsgiorg.routing_args"] = (known[0] + tuple(unnamed), more)
                return application(environ, start_response)
        return self.default(environ, start_response)


def _shift(environ, length):
    path = environ.get("PATH_INFO", "")
    environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + path[:length]
    environ["PATH_INFO"] = path[length:]


def _octets(text):
    """Return text as in environ: a native string, a character for each octet."""
    if isinstance(text, bytes):
        return text if str is bytes else text.decode("latin-1")
    octets = text.encode("utf-8")
    return octets if str is bytes else octets.decode("latin-1")


def make_composite(loader, global_conf, **applications):
    """``paste.composite_factory``: a key is a prefix, its value an application's name.

    ``default`` is for all other paths.
    """
    default = applications.pop("default", None)
    made = dict((p, loader.get_app(n, global_conf)) for p, n in applications.items())
    if default is None:
        return Prefixes(made)
    return Prefixes(made, loader.get_app(default, global_conf))


def make_patterns(loader, global_conf, patterns, default=None):
    """``paste.composite_factory``: lines of an expression and an application's name.

    ``default`` is for all other paths. Write a percent sign in an expression as ``%%``.
    """
    pairs = []
    for line in patterns.strip().splitlines():
        line = line.strip()
        if len(line.split()) < 2:
            raise ValueError("'%s' is no expression and name of an application." % line)
        pattern, name = line.rsplit(None, 1)
        pairs.append((pattern, loader.get_app(name, global_conf)))
    if default is None:
        return Patterns(pairs)
    return Patterns(pairs, loader.get_app(default, global_conf))
