"""Datetimes of numbers, with a zone that is only an offset from UTC."""

from datetime import datetime, timedelta, tzinfo

try:
    from datetime import timezone
except ImportError:

    class timezone(tzinfo):  # noqa: N801 (as in Python 3)
        """Like datetime.timezone of Python 3."""

        def __init__(self, offset):
            self._offset = offset

        def utcoffset(self, dt):
            return self._offset

        def dst(self, dt):
            return None

        def tzname(self, dt):
            minutes = self._offset.days * 1440 + self._offset.seconds // 60
            sign = "-" if minutes < 0 else "+"
            return "UTC%s%02d:%02d" % ((sign,) + divmod(abs(minutes), 60))

        def __eq__(self, other):
            return isinstance(other, timezone) and self._offset == other._offset

        def __ne__(self, other):
            return not self == other

        def __hash__(self):
            return hash(self._offset)

        def __getinitargs__(self):
            return (self._offset,)


def made(fields):
    """Return the datetime of seven numbers, and of an eighth: seconds from UTC."""
    if len(fields) == 7:
        return datetime(*fields)
    zone = timezone(timedelta(seconds=fields[7]))
    return datetime(*fields[:7], tzinfo=zone)


def fields(moment):
    """Return the numbers of a datetime whose offset is of whole seconds."""
    parts = [moment.year, moment.month, moment.day]
    parts += [moment.hour, moment.minute, moment.second, moment.microsecond]
    offset = moment.utcoffset()
    return parts if offset is None else parts + [int(offset.total_seconds())]
