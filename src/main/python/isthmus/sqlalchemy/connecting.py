"""What isthmus.db.connect is called with, by a URL of SQLAlchemy's."""

from __future__ import absolute_import

import urllib

from java.sql import Connection
from sqlalchemy import exc, pool

from isthmus import db

_ISOLATION = {
    "READ UNCOMMITTED": Connection.TRANSACTION_READ_UNCOMMITTED,
    "READ COMMITTED": Connection.TRANSACTION_READ_COMMITTED,
    "REPEATABLE READ": Connection.TRANSACTION_REPEATABLE_READ,
    "SERIALIZABLE": Connection.TRANSACTION_SERIALIZABLE,
}


def query(url):
    """The parameters of a URL, with the question mark; empty if there are none."""
    pairs = sorted((name, value.encode("utf-8")) for name, value in url.query.items())
    return "?" + urllib.urlencode(pairs) if pairs else ""


class Connector(object):
    """The half of a dialect that is the same for each database."""

    driver = "isthmus"
    default_paramstyle = "qmark"
    description_encoding = None
    supports_native_decimal = True
    supports_unicode_binds = True
    supports_unicode_statements = True
    returns_unicode_strings = True

    @classmethod
    def dbapi(cls):
        return db

    @classmethod
    def get_pool_class(cls, url):
        """None where the container has a pool."""
        return pool.QueuePool if cls.jdbc(url) else pool.NullPool

    @classmethod
    def jdbc(cls, url):
        """The URL of JDBC's; None if the URL names a data source of the container."""
        raise NotImplementedError

    def create_connect_args(self, url):
        """The arguments of isthmus.db.connect, positional ones and by name."""
        jdbc = self.jdbc(url)
        if jdbc is None:
            return [url.database], {}
        # SQLAlchemy's pool keeps it beyond the request.
        named = {"user": url.username, "password": url.password}
        return [jdbc], dict(named, outlives_request=True)

    def is_disconnect(self, error, connection, cursor):
        """True of a connection that is lost, or that went back with its request."""
        state = getattr(error, "sqlstate", None) or ""
        if isinstance(error, db.InterfaceError):
            return "connection is closed" in str(error)
        return state.startswith(("08", "57P"))

    def set_isolation_level(self, connection, level):
        """By JDBC: the container's pool has to know."""
        # Within SQLAlchemy's own wrapper of it, or not.
        connection = getattr(connection, "connection", connection)
        level = level.replace("_", " ")
        if level != "AUTOCOMMIT" and level not in _ISOLATION:
            raise exc.ArgumentError(
                "Invalid value %r for isolation_level. Valid are AUTOCOMMIT, %s"
                % (level, ", ".join(sorted(_ISOLATION)))
            )
        # SQLAlchemy has asked for the level, which began a transaction.
        connection.rollback()
        connection.autocommit = level == "AUTOCOMMIT"
        if level in _ISOLATION:
            connection.jdbc.transactionIsolation = _ISOLATION[level]
