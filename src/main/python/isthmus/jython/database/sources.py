# coding: utf-8
"""Gets a java.sql.Connection: by name, by JDBC URL, from a DataSource."""

from __future__ import absolute_import

from java.lang import LinkageError, RuntimeException, Thread
from java.sql import Driver, SQLException
from java.util import Properties, ServiceConfigurationError, ServiceLoader
from javax.naming import InitialContext, NamingException
from javax.sql import DataSource

from isthmus import data_sources
from isthmus.jython.database.errors import InterfaceError, translated
from isthmus.rules import masked, message

# Where web applications find what the container provides (Jakarta EE, EE.5.2.2).
ENVIRONMENT = "java:comp/env/"

# A bound for a search that fails itself: it does so each time it is continued.
_MAX_FAILURES = 100


def describe(source):
    """The source for messages: its name, its URL without password, or its class."""
    if isinstance(source, basestring):  # noqa: F821 - of Python 2
        return masked(source)
    kind = getattr(source, "getClass", None)
    return kind().name if kind else type(source).__name__


def opened(source, user, password):
    """A connection, as the pool or the driver gives it.

    :param source: see :func:`isthmus.db.connect`.
    :raises InterfaceError: if there is no such source.
    :raises Error: if the database refuses.
    """
    try:
        if isinstance(source, basestring):  # noqa: F821 - of Python 2
            if source.startswith("jdbc:"):
                return _of_driver(source, user, password)
            source = looked_up(source)
        if not isinstance(source, DataSource):
            raise InterfaceError(message("DB_SOURCE_TYPE", describe(source)))
        if user is None:
            return source.getConnection()
        return source.getConnection(user, password)
    except SQLException as failure:
        raise translated(failure, lambda text: _hidden(text, password))


def looked_up(name):
    """What the program has under a name, or else the container under a JNDI name.

    :raises InterfaceError: if it has nothing.
    """
    program = data_sources.of_program()
    if program is not None and program.has(name):
        try:
            return program.named(name)
        except RuntimeException as failure:
            why = failure.message or failure.getClass().simpleName
            raise InterfaceError(message("DATA_SOURCE_BROKEN", name, masked(why)))
    path = name if name.startswith("java:") else ENVIRONMENT + name
    try:
        return InitialContext().lookup(path)
    except NamingException as failure:
        why = failure.message or failure.getClass().simpleName
        if program is not None:
            names = program.names()
            why = why.rstrip(".") + "; the data sources of the program are " + names
        raise InterfaceError(message("DB_SOURCE_ABSENT", name, path, masked(why)))


def _of_driver(url, user, password):
    given = Properties()
    if user is not None:
        given.setProperty("user", user)
    if password is not None:
        given.setProperty("password", password)
    broken = []
    for driver in _drivers(broken):
        connection = driver.connect(url, given)
        if connection is not None:
            return connection
    if broken:
        text = message("DB_DRIVER_BROKEN", masked(url), masked(broken[-1]))
        raise InterfaceError(text)
    raise InterfaceError(message("DB_DRIVER_ABSENT", masked(url)))


def _drivers(broken):
    """The drivers of the web application.

    Not DriverManager: it asks the drivers of the loader that first used JDBC.

    :param broken: gets the reasons of those that cannot be loaded.
    """
    loader = Thread.currentThread().contextClassLoader
    found = ServiceLoader.load(Driver, loader).iterator()
    while len(broken) < _MAX_FAILURES:
        try:
            driver = found.next() if found.hasNext() else None
        except (ServiceConfigurationError, LinkageError) as failure:
            # Of one driver: its class is for a newer Java, or needs an absent one.
            broken.append(failure.toString())
            continue
        if driver is None:
            break
        yield driver


def _hidden(text, password):
    text = masked(text)
    return text.replace(password, u"••••••") if password else text
