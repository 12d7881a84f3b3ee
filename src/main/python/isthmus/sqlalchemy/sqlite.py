"""The dialect `sqlite+isthmus`."""

from __future__ import absolute_import

import types as modules

from sqlalchemy import pool, processors, types, util
from sqlalchemy.dialects.sqlite import base

from isthmus import db
from isthmus.sqlalchemy import connecting

_DRIVER = modules.ModuleType("sqlite3")
# Every JDBC driver of the last ten years contains a newer one.
_DRIVER.__dict__.update(vars(db), sqlite_version_info=(3, 8, 3))


def _known(kind):
    """A type whose values isthmus.db may have read already, by the column's type."""

    class Known(kind):
        def result_processor(self, dialect, coltype):
            process = super(Known, self).result_processor(dialect, coltype)

            def processed(value):
                return process(value) if isinstance(value, type(u"")) else value

            return processed

    return Known


class _Numeric(types.Numeric):
    """A Decimal or a float, whichever of them isthmus.db reads."""

    def result_processor(self, dialect, coltype):
        if self.asdecimal:
            return super(_Numeric, self).result_processor(dialect, coltype)
        return processors.to_float


class Dialect(connecting.Connector, base.SQLiteDialect):
    """``sqlite+isthmus:////var/shop.sqlite``, ``sqlite+isthmus:///jdbc/app``."""

    supports_native_decimal = False
    colspecs = util.update_copy(
        base.SQLiteDialect.colspecs,
        {
            types.Numeric: _Numeric,
            types.Float: types.Float,
            types.Date: _known(base.DATE),
            types.DateTime: _known(base.DATETIME),
            types.Time: _known(base.TIME),
        },
    )

    @classmethod
    def dbapi(cls):
        return _DRIVER

    @classmethod
    def get_pool_class(cls, url):
        # A database in memory is there for one connection.
        return pool.NullPool if url.database else pool.SingletonThreadPool

    @classmethod
    def jdbc(cls, url):
        name = url.database or ":memory:"
        if name.startswith(("jdbc/", "java:")):
            return None
        return "jdbc:sqlite:" + name + connecting.query(url)

    def _get_server_version_info(self, connection):
        version = connection.scalar("select sqlite_version()")
        return tuple(int(part) for part in version.split("."))
