"""The type objects and constructors of PEP 249, over the type numbers of JDBC."""

from __future__ import absolute_import

import datetime
import time

from java.sql import Types


class TypeObject(object):
    """Compares equal to several of the JDBC types in ``description``."""

    def __init__(self, *types):
        self._types = frozenset(types)

    def __eq__(self, other):
        if isinstance(other, TypeObject):
            return self._types == other._types
        return other in self._types

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self._types)


TEXT = (
    Types.CHAR,
    Types.VARCHAR,
    Types.LONGVARCHAR,
    Types.NCHAR,
    Types.NVARCHAR,
    Types.LONGNVARCHAR,
    Types.CLOB,
    Types.NCLOB,
    Types.SQLXML,
)
OCTETS = (Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB)
DECIMALS = (Types.NUMERIC, Types.DECIMAL)
_NUMBERS = (
    Types.BIT,
    Types.BOOLEAN,
    Types.TINYINT,
    Types.SMALLINT,
    Types.INTEGER,
    Types.BIGINT,
    Types.REAL,
    Types.FLOAT,
    Types.DOUBLE,
)
_MOMENTS = (
    Types.DATE,
    Types.TIME,
    Types.TIMESTAMP,
    Types.TIME_WITH_TIMEZONE,
    Types.TIMESTAMP_WITH_TIMEZONE,
)

STRING = TypeObject(*TEXT)
BINARY = TypeObject(*OCTETS)
NUMBER = TypeObject(*(_NUMBERS + DECIMALS))
DATETIME = TypeObject(*_MOMENTS)
ROWID = TypeObject(Types.ROWID)

Date = datetime.date
Time = datetime.time
Timestamp = datetime.datetime


def DateFromTicks(ticks):
    """A date in local time, from seconds since the epoch."""
    return Date(*time.localtime(ticks)[:3])


def TimeFromTicks(ticks):
    """A time of day in local time, from seconds since the epoch."""
    return Time(*time.localtime(ticks)[3:6])


def TimestampFromTicks(ticks):
    """A naive datetime in local time, from seconds since the epoch."""
    return Timestamp(*time.localtime(ticks)[:6])


class Binary(str):
    """Octets as a parameter; any other str is text."""

    def __new__(cls, octets):
        # A buffer or a bytearray, too.
        return str.__new__(cls, bytes(octets))


class FixedOffset(datetime.tzinfo):
    """The offset from UTC that a database reports with a time.

    :param seconds: east of UTC.
    """

    def __init__(self, seconds=0):
        self._offset = datetime.timedelta(seconds=seconds)

    def utcoffset(self, moment):
        return self._offset

    def dst(self, moment):
        return datetime.timedelta(0)

    def tzname(self, moment):
        minutes = int(self._offset.total_seconds()) // 60
        sign = "-" if minutes < 0 else "+"
        return "UTC%s%02d:%02d" % ((sign,) + divmod(abs(minutes), 60))

    def __eq__(self, other):
        return isinstance(other, FixedOffset) and self._offset == other._offset

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        return "FixedOffset(%d)" % self._offset.total_seconds()
