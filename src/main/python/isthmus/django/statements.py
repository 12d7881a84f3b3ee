"""Converts Django's parameters, `%s`, to JDBC's, `?`."""

from __future__ import absolute_import

import re

# Literals and quoted names, in which `?` is no parameter, and need not be escaped.
_PARTS = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|%s|%%|\?""")
_JDBC = {"%s": "?", "%%": "%", "?": "??"}


def converted(sql):
    """A statement with parameters, for JDBC."""
    return _PARTS.sub(_part, sql)


def _part(found):
    part = found.group()
    return _JDBC[part] if part in _JDBC else part.replace("%%", "%")


class Cursor(object):
    """Django's cursor around one of isthmus.db's, of a backend's connection.

    :param cursor: that of isthmus.db.
    :param bound: a function that converts a value from Django to a parameter.
    :param read: a function that converts a value of a row for Django.
    """

    # What psycopg2 has sent; Django then takes the statement and its parameters.
    query = None

    def __init__(self, cursor, bound, read):
        self._cursor = cursor
        self._bound = bound
        self._read = read

    def __getattr__(self, name):
        return getattr(self._cursor, name)

    def execute(self, sql, params=None):
        if params is None:
            return self._cursor.execute(sql)
        # Without a parameter, JDBC would take `??` as it is.
        if not params:
            return self._cursor.execute(sql.replace("%%", "%"))
        return self._cursor.execute(converted(sql), self._all(params))

    def executemany(self, sql, param_list):
        sets = [self._all(params) for params in param_list]
        return self._cursor.executemany(converted(sql), sets)

    def _all(self, params):
        return [self._bound(value) for value in params]

    def fetchone(self):
        row = self._cursor.fetchone()
        return None if row is None else self._row(row)

    def fetchmany(self, size=None):
        return [self._row(row) for row in self._cursor.fetchmany(size)]

    def fetchall(self):
        return [self._row(row) for row in self._cursor.fetchall()]

    def _row(self, row):
        return tuple([self._read(value) for value in row])

    def __iter__(self):
        return iter(self.fetchone, None)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self._cursor.close()
