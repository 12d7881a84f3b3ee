"""Intervals of PostgreSQL: texts in JDBC, timedeltas in Python."""

from __future__ import absolute_import

import datetime
import re

_TEXT = re.compile(
    r"(?:(-?\d+) years? ?)?(?:(-?\d+) mons? ?)?(?:(-?\d+) days? ?)?"
    r"(?:([+-]?)(\d+):(\d+):(\d+)(?:\.(\d+))?)?$"
)


def text(value):
    """The text of an interval for PostgreSQL; other values unchanged."""
    if not isinstance(value, datetime.timedelta):
        return value
    parts = (value.days, value.seconds, value.microseconds)
    return "%d days %d.%06d seconds" % parts


def timedelta(value):
    """The timedelta of PostgreSQL's text, as in psycopg2; other values unchanged.

    A month is 30 days, and a year 365.
    """
    found = _TEXT.match(value) if isinstance(value, type(u"")) else None
    if not found:
        return value
    years, months, days = (int(number or 0) for number in found.groups()[:3])
    sign, hours, minutes, seconds, fraction = found.groups()[3:]
    time = datetime.timedelta(
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
        microseconds=int((fraction or "0").ljust(6, "0")),
    )
    whole = datetime.timedelta(days=365 * years + 30 * months + days)
    return whole - time if sign == "-" else whole + time
