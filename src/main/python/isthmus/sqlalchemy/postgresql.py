"""The dialect `postgresql+isthmus`."""

from __future__ import absolute_import

from sqlalchemy import types, util
from sqlalchemy.dialects.postgresql import base

from isthmus.jython.database import intervals
from isthmus.sqlalchemy import connecting


class _UUID(base.UUID):
    """A text or a uuid.UUID, of the uuid.UUID that isthmus.db reads."""

    def result_processor(self, dialect, coltype):
        if self.as_uuid:
            return None
        return lambda value: None if value is None else str(value)


class _Interval(base.INTERVAL):
    """A timedelta, of the text that JDBC has."""

    @classmethod
    def adapt_emulated_to_native(cls, interval, **kw):
        return cls(precision=interval.second_precision)

    def bind_processor(self, dialect):
        return intervals.text

    def result_processor(self, dialect, coltype):
        return intervals.timedelta


class Dialect(connecting.Connector, base.PGDialect):
    """``postgresql+isthmus:///jdbc/app`` or ``postgresql+isthmus://host/database``."""

    colspecs = util.update_copy(
        base.PGDialect.colspecs,
        {base.UUID: _UUID, base.INTERVAL: _Interval, types.Interval: _Interval},
    )

    @classmethod
    def jdbc(cls, url):
        if not url.host:
            return None
        host = "[%s]" % url.host if ":" in url.host else url.host
        port = ":%d" % url.port if url.port else ""
        place = "%s%s/%s" % (host, port, url.database or "")
        return "jdbc:postgresql://" + place + connecting.query(url)
