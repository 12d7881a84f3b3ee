"""The functions of SQL that Django has written in Python, for SQLite's JDBC driver."""

from __future__ import absolute_import

from org.sqlite import Function, SQLiteConnection

# In Django's module, with a `_sqlite_` before them: the name in SQL is the rest.
_NAMES = (
    "date_extract",
    "date_trunc",
    "datetime_cast_date",
    "datetime_cast_time",
    "datetime_extract",
    "datetime_trunc",
    "time_extract",
    "time_trunc",
    "time_diff",
    "timestamp_diff",
    "format_dtdelta",
    "power",
)
# SQLite's own numbers of its types.
_INTEGER, _FLOAT, _NULL = 1, 2, 5


def create(jdbc, module):
    """Register the functions with a connection, for as long as it is open.

    :param module: django.db.backends.sqlite3.base.
    """
    connection = jdbc.unwrap(SQLiteConnection)
    for name in _NAMES:
        _create(connection, "django_" + name, getattr(module, "_sqlite_" + name))
    _create(connection, "regexp", module._sqlite_regexp)


def _create(connection, name, function):
    Function.create(connection, name, _Function(function))


class _Function(Function):
    """One function, with any number of arguments.

    The methods for arguments and results are protected and final: Jython has them with
    `super__` before their names.
    """

    def __init__(self, function):
        self._function = function

    def xFunc(self):
        count = self.super__args()
        try:
            value = self._function(*[self._argument(index) for index in range(count)])
        except Exception as error:
            self.super__error(str(error))
            return
        if value is None:
            self.super__result()
        elif isinstance(value, bool):
            self.super__result(int(value))
        else:
            self.super__result(value)

    def _argument(self, index):
        kind = self.super__value_type(index)
        if kind == _NULL:
            return None
        if kind == _INTEGER:
            return self.super__value_long(index)
        if kind == _FLOAT:
            return self.super__value_double(index)
        return self.super__value_text(index)
