"""Puts Python's values into a JDBC statement; rewrites named parameters to `?`."""

from __future__ import absolute_import

import datetime
import re
from decimal import Decimal

from java.lang import Boolean, Double, Long, Object, String
from java.math import BigDecimal
from java.sql import Types
from java.time import LocalDate, LocalDateTime, LocalTime, OffsetDateTime, ZoneOffset
from java.util import UUID

from isthmus.jython.database.errors import ProgrammingError
from isthmus.jython.database.types import Binary
from isthmus.rules import message

POSTGRESQL = "PostgreSQL"
SQLITE = "SQLite"

# What may contain a colon that begins no parameter, and then a parameter. Quotes that
# are doubled inside a literal look like two literals, which comes to the same.
_PATTERN = (
    r"""%s|"[^"]*"|`[^`]*`|--[^\n]*|/\*.*?\*/|\$(\w*)\$.*?\$\1\$|::"""
    r"""|:(?P<name>[^\W\d]\w*)"""
)
_STANDARD = re.compile(_PATTERN % r"'[^']*'", re.DOTALL | re.UNICODE)
# With backslashes in literals, as in MySQL.
_ESCAPED = re.compile(_PATTERN % r"'(?:[^'\\]|\\.)*'", re.DOTALL | re.UNICODE)
_TOKENS = {"MariaDB": _ESCAPED, "MySQL": _ESCAPED}


def positional(sql, values, product):
    """The statement with `?` for each `:name`, and the values in that order.

    :param product: the database's name, by its driver.
    :raises ProgrammingError: if a name is not in ``values``.
    """
    names = []

    def replaced(found):
        if found.group("name") is None:
            return found.group()
        names.append(found.group("name"))
        return "?"

    text = _TOKENS.get(product, _STANDARD).sub(replaced, sql)
    missing = [name for name in names if name not in values]
    if missing:
        rule = message("DB_PARAMETER_ABSENT", missing[0])
        raise ProgrammingError(rule)
    return text, [values[name] for name in names]


def bind(statement, values, product):
    """Set all parameters of a PreparedStatement.

    :param product: the database's name, by its driver.
    :raises ProgrammingError: if a value is of a type that has no counterpart in SQL.
    """
    if product == SQLITE and len(values) != statement.parameterMetaData.parameterCount:
        # Its driver would take NULL for those that are missing.
        raise ProgrammingError("The statement has another number of parameters.")
    for index, value in enumerate(values, 1):
        setter = _SETTERS.get(type(value))
        if setter is None:
            setter = _setter_of_base(value, index)
        setter(statement, index, value, product)


def _setter_of_base(value, index):
    for base, setter in _BASES:
        if isinstance(value, base):
            return setter
    if isinstance(value, Object):
        return _java
    if type(value).__name__ == "UUID":
        return _uuid
    raise _refused(index, type(value).__name__)


def _refused(index, what):
    return ProgrammingError(message("DB_PARAMETER_TYPE", index, what))


def _null(statement, index, value, product):
    statement.setNull(index, Types.NULL)


def _bool(statement, index, value, product):
    statement.setBoolean(index, value)


def _int(statement, index, value, product):
    if -(2**31) <= value < 2**31:
        statement.setInt(index, value)
    elif -(2**63) <= value < 2**63:
        statement.setLong(index, value)
    else:
        statement.setBigDecimal(index, BigDecimal(str(value)))


def _float(statement, index, value, product):
    statement.setDouble(index, value)


def _decimal(statement, index, value, product):
    if value.is_nan() or value.is_infinite():
        statement.setDouble(index, float(str(value)))
    else:
        statement.setBigDecimal(index, BigDecimal(str(value)))


def _str(statement, index, value, product):
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        raise _refused(index, "a str that is not UTF-8 (for octets, Binary)")
    _unicode(statement, index, text, product)


def _unicode(statement, index, value, product):
    if product == POSTGRESQL:
        # Of an unknown type, like a literal: a varchar would be no json, no date.
        statement.setObject(index, value, Types.OTHER)
    else:
        statement.setString(index, value)


def _octets(statement, index, value, product):
    statement.setBytes(index, bytes(value))


def _datetime(statement, index, value, product):
    if product == SQLITE:
        statement.setString(index, value.isoformat(" "))
        return
    moment = LocalDateTime.of(
        value.year,
        value.month,
        value.day,
        value.hour,
        value.minute,
        value.second,
        value.microsecond * 1000,
    )
    offset = value.utcoffset()
    if offset is not None:
        zone = ZoneOffset.ofTotalSeconds(int(offset.total_seconds()))
        moment = OffsetDateTime.of(moment, zone)
    statement.setObject(index, moment)


def _date(statement, index, value, product):
    if product == SQLITE:
        statement.setString(index, value.isoformat())
    else:
        day = LocalDate.of(value.year, value.month, value.day)
        statement.setObject(index, day)


def _time(statement, index, value, product):
    if product == SQLITE:
        statement.setString(index, value.isoformat())
        return
    parts = (value.hour, value.minute, value.second, value.microsecond * 1000)
    clock = LocalTime.of(*parts)
    offset = value.utcoffset()
    if offset is not None:
        zone = ZoneOffset.ofTotalSeconds(int(offset.total_seconds()))
        clock = clock.atOffset(zone)
    statement.setObject(index, clock)


def _uuid(statement, index, value, product):
    if product in (POSTGRESQL, "H2"):
        statement.setObject(index, UUID.fromString(str(value)))
    else:
        statement.setString(index, str(value))


def _java(statement, index, value, product):
    statement.setObject(index, value)


# The name of an array's element type, by the type of its first element.
_ELEMENTS = (
    (bool, "boolean", Boolean),
    ((int, long), "bigint", Long),  # noqa: F821 - of Python 2
    (float, "float8", Double),
    (Decimal, "numeric", lambda value: BigDecimal(str(value))),
    (basestring, "varchar", String),  # noqa: F821 - of Python 2
)


def _list(statement, index, value, product):
    present = [each for each in value if each is not None]
    first = present[0] if present else u""
    known = [each[1:] for each in _ELEMENTS if isinstance(first, each[0])]
    if not known:
        raise _refused(index, "a list of %s" % type(first).__name__)
    name, java = known[0]
    elements = [each if each is None else java(each) for each in value]
    array = statement.connection.createArrayOf(name, elements)
    statement.setArray(index, array)


_SETTERS = {
    type(None): _null,
    bool: _bool,
    int: _int,
    long: _int,  # noqa: F821 - of Python 2
    float: _float,
    Decimal: _decimal,
    str: _str,
    unicode: _unicode,  # noqa: F821 - of Python 2
    Binary: _octets,
    bytearray: _octets,
    buffer: _octets,  # noqa: F821 - of Python 2
    datetime.datetime: _datetime,
    datetime.date: _date,
    datetime.time: _time,
    list: _list,
}
# For subclasses: the more special base comes first.
_BASES = (
    (Binary, _octets),
    (bool, _bool),
    ((int, long), _int),  # noqa: F821 - of Python 2
    (float, _float),
    (Decimal, _decimal),
    (str, _str),
    (unicode, _unicode),  # noqa: F821 - of Python 2
    (bytearray, _octets),
    (datetime.datetime, _datetime),
    (datetime.date, _date),
    (datetime.time, _time),
    (list, _list),
)
