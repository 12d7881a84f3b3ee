"""What isthmus.service returns: how to connect to a database of the container's."""

from __future__ import absolute_import

import re

from isthmus import rules

# By name; filled by install().
_known = {}

# On Jython, what a Java program provides without JNDI (org.isthmus.engine.DataSources).
_programs = []

# Scheme, user:password, host and database, parameters. MySQL's and MariaDB's forms with
# words before the slashes or with parentheses are theirs alone.
_SERVER = re.compile(
    r"jdbc:((?:postgresql|mariadb|mysql)://)(?:([^/?]*)@)?([^?(@]*)(?:\?(.*))?$"
)
# Not a database in memory, a resource of Java's, or a URL of SQLite's own.
_FILE = re.compile(r"jdbc:sqlite:(?!:|file:)([^?]+)$")


class DataSource(object):
    """How the container connects to a database; the same on both engines.

    Its repr shows only the name, so it is safe in logs.

    ``jdbc_url``: the URL as the container has it; it may contain a password.
    ``url``: the same for Python's drivers, without user and password, or None if it is
    for Java alone (docs/data.md).
    ``user``, ``password``: None if there is none.
    """

    __slots__ = ("_name", "jdbc_url", "password", "url", "user")

    def __init__(self, name, jdbc_url, user, password):
        self._name = name
        self.jdbc_url = jdbc_url
        self.url, of_url = _for_python(jdbc_url)
        self.user = user or of_url.get("user", user)
        self.password = password or of_url.get("password", password)

    def __repr__(self):
        return "<isthmus.service %r>" % (self._name,)


def install(known):
    """Take what the container knows.

    :param known: {name: (JDBC URL, user, password)}; the last two may be None.
    """
    _known.update((name, DataSource(name, *known[name])) for name in known)


def install_program(program):
    """Take what a Java program provides, for :func:`of_program`."""
    _programs.append(program)


def of_program():
    """The data sources of the Java program that embeds the container, or None."""
    return _programs[-1] if _programs else None


def named(name):
    """The data source of a name, for :func:`isthmus.service`."""
    if name not in _known:
        names = ", ".join(sorted(_known)) or "nothing"
        raise rules.refused("SERVICE_UNNAMED", LookupError, name, names)
    return _known[name]


def _for_python(jdbc_url):
    """The URL for Python's drivers, or None; and {"user", "password"} that were in it.

    Other parameters stay: dropping one that requires TLS would be dangerous, and a
    driver reports a parameter that it does not know.
    """
    file = _FILE.match(jdbc_url)
    if file:
        return "sqlite:///" + file.group(1), {}
    server = _SERVER.match(jdbc_url)
    if not server:
        return None, {}
    scheme, login, place, parameters = server.groups("")
    user, _, password = login.partition(":")
    secret = {"user": _unquoted(user), "password": _unquoted(password)} if login else {}
    kept = []
    for parameter in parameters.split("&"):
        key, _, value = parameter.partition("=")
        if key in ("user", "password"):
            secret[key] = _unquoted(value)
        elif parameter:
            kept.append(parameter)
    return scheme + place + ("?" if kept else "") + "&".join(kept), secret


def _unquoted(text):
    # Not imported at each start of a worker. The application's modules, which could
    # stand in for it, are not on sys.path before install() has ended.
    try:
        from urllib.parse import unquote
    except ImportError:
        from urllib import unquote
    return unquote(text)
