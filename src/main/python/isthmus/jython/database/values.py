"""Converts the columns of a JDBC ResultSet to Python values."""

from __future__ import absolute_import

import datetime
from decimal import Decimal

from java.lang import Object
from java.math import BigDecimal
from java.sql import Array, Blob, Clob, Types
from java.time import LocalDate, LocalDateTime, LocalTime, OffsetDateTime, OffsetTime
from java.util import UUID

from isthmus.jython.database import parameters
from isthmus.jython.database.errors import DataError
from isthmus.jython.database.types import DECIMALS, OCTETS, TEXT, FixedOffset

_UTC = FixedOffset(0)


def readers(meta, product):
    """A function(ResultSet, index) for each column, in order.

    :param product: the database's name, by its driver: SQLite has types of values, not
        of columns.
    """
    of = _of_sqlite if product == parameters.SQLITE else _of
    return [of(meta, i) for i in range(1, meta.columnCount + 1)]


def _of(meta, index):
    kind = meta.getColumnType(index)
    if kind in _AMBIGUOUS:
        name = meta.getColumnTypeName(index)
        kind = _AMBIGUOUS[kind].get(name, kind)
    return _READERS.get(kind, _object)


def _of_sqlite(meta, index):
    kind = meta.getColumnTypeName(index).upper()
    if kind in ("DATE", "DATETIME", "TIMESTAMP"):
        return _sqlite_moment
    if kind.startswith("BOOL"):
        return _sqlite_bool
    return _decimal if kind.startswith(("DECIMAL", "NUMERIC")) else _object


def _text(rows, index):
    return rows.getString(index)


def _octets(rows, index):
    octets = rows.getBytes(index)
    return None if octets is None else octets.tostring()


def _decimal(rows, index):
    number = rows.getBigDecimal(index)
    return None if number is None else Decimal(number.toString())


def _real(rows, index):
    # As the database writes it: the nearest double of 15.7563 has further digits.
    digits = rows.getString(index)
    return None if digits is None else float(digits)


def _as(java, convert):
    def read(rows, index):
        value = rows.getObject(index, java)
        return None if value is None else convert(value)

    return read


def _date(day):
    try:
        return datetime.date(day.year, day.monthValue, day.dayOfMonth)
    except ValueError:
        raise DataError("%s is not a date of Python's, years 1 to 9999" % day)


def _time(clock, zone=None):
    parts = (clock.hour, clock.minute, clock.second, clock.nano // 1000)
    return datetime.time(*parts, tzinfo=zone)


def _datetime(moment, zone=None):
    try:
        return datetime.datetime(
            moment.year,
            moment.monthValue,
            moment.dayOfMonth,
            moment.hour,
            moment.minute,
            moment.second,
            moment.nano // 1000,
            zone,
        )
    except ValueError:
        raise DataError("%s is not a date of Python's, years 1 to 9999" % moment)


def _zone(moment):
    seconds = moment.offset.totalSeconds
    return FixedOffset(seconds) if seconds else _UTC


def _aware(moment):
    return _datetime(moment, _zone(moment))


def _aware_time(clock):
    return _time(clock, _zone(clock))


def _array(rows, index):
    array = rows.getArray(index)
    if array is None:
        return None
    try:
        return converted(array)
    finally:
        array.free()


def _object(rows, index):
    value = rows.getObject(index)
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, Object) and value.getClass().name.startswith("org.postgresql"):
        return rows.getString(index)  # json, inet, interval and what it does not know
    return converted(value)


# What Jython has made a Python object already.
_PLAIN = (unicode, int, long, float)  # noqa: F821 - of Python 2


def converted(value):
    """A Python value for a Java one; itself if there is none."""
    if isinstance(value, Array):
        return [converted(each) for each in value.getArray()]
    if isinstance(value, BigDecimal):
        return Decimal(value.toString())
    if isinstance(value, UUID):
        import uuid  # costs more than most requests, and few databases have it

        return uuid.UUID(value.toString())
    if isinstance(value, Clob):
        return value.getSubString(1, value.length())
    if isinstance(value, Blob):
        return value.getBytes(1, value.length()).tostring()
    if type(value).__name__ == "array":
        octets = value.typecode == "b"
        return value.tostring() if octets else [converted(each) for each in value]
    if hasattr(value, "toLocalDateTime"):  # java.sql.Timestamp, OffsetDateTime
        aware = isinstance(value, OffsetDateTime)
        return _aware(value) if aware else _datetime(value.toLocalDateTime())
    for java, convert in _JAVA:
        if isinstance(value, java):
            return convert(value)
    if hasattr(value, "toLocalDate"):  # java.sql.Date
        return _date(value.toLocalDate())
    if hasattr(value, "toLocalTime"):  # java.sql.Time
        return _time(value.toLocalTime())
    return value


_JAVA = (
    (LocalDateTime, _datetime),
    (LocalDate, _date),
    (LocalTime, _time),
    (OffsetTime, _aware_time),
)


def _sqlite_bool(rows, index):
    value = rows.getObject(index)
    return value if value is None else bool(value)


def _sqlite_moment(rows, index):
    """SQLite has no such type: text in ISO 8601, as Python's sqlite3 writes it."""
    value = rows.getObject(index)
    if not isinstance(value, unicode):  # noqa: F821 - of Python 2
        return value
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f"):
        try:
            parsed = datetime.datetime.strptime(value.replace("T", " "), form)
        except ValueError:
            continue
        return parsed.date() if form == "%Y-%m-%d" else parsed
    return value


# What a driver calls by the number of another type: PostgreSQL's, and H2's.
_AMBIGUOUS = {
    Types.TIMESTAMP: {"timestamptz": Types.TIMESTAMP_WITH_TIMEZONE},
    Types.TIME: {"timetz": Types.TIME_WITH_TIMEZONE},
    Types.BINARY: {"UUID": Types.OTHER},
}
_READERS = {
    Types.REAL: _real,
    Types.DATE: _as(LocalDate, _date),
    Types.TIME: _as(LocalTime, _time),
    Types.TIMESTAMP: _as(LocalDateTime, _datetime),
    Types.TIME_WITH_TIMEZONE: _as(OffsetTime, _aware_time),
    Types.TIMESTAMP_WITH_TIMEZONE: _as(OffsetDateTime, _aware),
    Types.ARRAY: _array,
}
_READERS.update((kind, _text) for kind in TEXT)
_READERS.update((kind, _octets) for kind in OCTETS)
_READERS.update((kind, _decimal) for kind in DECIMALS)
