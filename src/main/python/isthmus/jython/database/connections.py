"""The Connection of PEP 249, on loan from a pool (leases.py) or from a driver."""

from __future__ import absolute_import

from java.sql import SQLException

from isthmus.jython.database import errors, leases, sources
from isthmus.jython.database.cursors import Cursor


def connect(source, user=None, password=None, outlives_request=False):
    """Open a connection, which begins a transaction.

    :param source: a JNDI name (``jdbc/app``, below ``java:comp/env``), a URL that
        begins with ``jdbc:``, or a javax.sql.DataSource.
    :param user: and ``password``: for a URL, or instead of the DataSource's own.
    :param outlives_request: True for a pool of the application's own. By default, a
        connection goes back when the request ends that has opened it.
    :raises Error: if no connection can be opened.
    """
    leases.give_back_collected()
    jdbc = sources.opened(source, user, password)
    try:
        return Connection(jdbc, sources.describe(source), outlives_request)
    except SQLException as failure:
        jdbc.close()
        raise errors.translated(failure)


class Connection(object):
    """A connection with a transaction; for one thread at a time.

    :ivar jdbc: the java.sql.Connection, for what PEP 249 lacks.
    :ivar product: the database's name, by its driver.
    """

    Warning = errors.Warning
    Error = errors.Error
    InterfaceError = errors.InterfaceError
    DatabaseError = errors.DatabaseError
    DataError = errors.DataError
    OperationalError = errors.OperationalError
    IntegrityError = errors.IntegrityError
    InternalError = errors.InternalError
    ProgrammingError = errors.ProgrammingError
    NotSupportedError = errors.NotSupportedError

    def __init__(self, jdbc, source, outlives_request):
        self.jdbc = jdbc
        self.product = jdbc.metaData.databaseProductName
        self._lease = leases.Lease(jdbc, source, outlives_request, self)

    @property
    def autocommit(self):
        """True if each statement is a transaction of its own; False at first."""
        return self._call("getAutoCommit")

    @autocommit.setter
    def autocommit(self, on):
        self._call("setAutoCommit", bool(on))

    def cursor(self):
        """A new cursor."""
        self.require_open()
        return Cursor(self)

    def commit(self):
        """Commit the transaction; the next statement begins another one."""
        self._end("commit")

    def rollback(self):
        """Roll the transaction back; the next statement begins another one."""
        self._end("rollback")

    def _end(self, how):
        # JDBC refuses it without a transaction, PEP 249 does not.
        if not self.autocommit:
            self._call(how)

    def close(self):
        """Roll back what is not committed, and give the connection back to the pool.

        Closing a closed connection does nothing.
        """
        try:
            self._lease.end()
        except SQLException as failure:
            raise errors.translated(failure)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        """Commit, or roll back after an exception; then close."""
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()

    def require_open(self):
        """Raise InterfaceError if this connection is closed."""
        if self._lease.has_ended:
            raise errors.InterfaceError("The connection is closed. Open another one.")

    def _call(self, method, *arguments):
        self.require_open()
        try:
            return getattr(self.jdbc, method)(*arguments)
        except SQLException as failure:
            raise errors.translated(failure)
