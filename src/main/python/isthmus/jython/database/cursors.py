"""The Cursor of PEP 249: one JDBC statement at a time, and its rows."""

from __future__ import absolute_import

import re

from java.sql import ResultSetMetaData, SQLException, Statement

from isthmus.jython.database import parameters
from isthmus.jython.database.errors import InterfaceError, ProgrammingError, translated
from isthmus.jython.database.values import converted, readers

_KEYS = Statement.RETURN_GENERATED_KEYS
_NO_KEYS = Statement.NO_GENERATED_KEYS
# PostgreSQL's driver returns whole rows as keys, which INSERT ... SELECT has many of;
# with RETURNING, the rows are the statement's own result.
_INSERT = re.compile(r"\s*(insert|replace)\b(?!.*\b(select|returning)\b)", re.I | re.S)
_CHANGES = re.compile(r"\s*(insert|replace|update|delete|with)\b", re.I)
_NULLABLE = {
    ResultSetMetaData.columnNullable: True,
    ResultSetMetaData.columnNoNulls: False,
}


class Cursor(object):
    """Made by :meth:`Connection.cursor`; for one thread at a time.

    :ivar arraysize: how many rows :meth:`fetchmany` returns by default.
    """

    arraysize = 1

    def __init__(self, connection):
        self.connection = connection
        self.description = None
        self.rowcount = -1
        self._statement = self._rows = self._readers = self._last_key = None
        self._has_keys = self._is_key_read = self._is_closed = False

    # Statements

    def execute(self, operation, parameters=None):
        """Execute one statement.

        :param parameters: a sequence for `?`, or a mapping for `:name`.
        :returns: the cursor, for iteration.
        """
        self._begin()
        try:
            self._execute(operation, parameters)
        except SQLException as failure:
            self._reset()
            raise translated(failure)
        return self

    def _execute(self, operation, values):
        keys = _KEYS if _INSERT.match(operation) else _NO_KEYS
        jdbc = self.connection.jdbc
        if values:
            self._statement, values = self._prepared(jdbc, operation, values, keys)
            parameters.bind(self._statement, values, self.connection.product)
            has_rows = self._statement.execute()
        else:
            self._statement = jdbc.createStatement()
            has_rows = self._statement.execute(operation, keys)
        self._has_keys = keys == _KEYS
        self._take(has_rows)
        if self.connection.product == parameters.SQLITE and self._rows is None:
            # Its driver repeats the count of an earlier statement.
            self.rowcount = self.rowcount if _CHANGES.match(operation) else -1

    def _prepared(self, jdbc, operation, values, keys):
        if hasattr(values, "keys"):
            product = self.connection.product
            operation, values = parameters.positional(operation, values, product)
        return jdbc.prepareStatement(operation, keys), values

    def executemany(self, operation, seq_of_parameters):
        """Execute one statement for each set of parameters, as one batch."""
        self._begin()
        try:
            counts = self._execute_batch(operation, seq_of_parameters)
        except SQLException as failure:
            self._reset()
            raise translated(failure)
        self.rowcount = -1 if min(counts or [0]) < 0 else sum(counts)

    def _execute_batch(self, operation, sets):
        jdbc = self.connection.jdbc
        for values in sets:
            if self._statement is None:
                prepared = self._prepared(jdbc, operation, values, _NO_KEYS)
                self._statement, values = prepared
            elif hasattr(values, "keys"):
                product = self.connection.product
                _, values = parameters.positional(operation, values, product)
            parameters.bind(self._statement, values, self.connection.product)
            self._statement.addBatch()
        return self._statement.executeBatch() if self._statement else []

    def callproc(self, procname, args=()):
        """Call a stored procedure or function with input parameters.

        :returns: a copy of the arguments. Output parameters are not supported.
        """
        marks = ", ".join("?" * len(args))
        self._begin()
        try:
            call = "{call %s(%s)}" % (procname, marks)
            self._statement = self.connection.jdbc.prepareCall(call)
            parameters.bind(self._statement, args, self.connection.product)
            self._take(self._statement.execute())
        except SQLException as failure:
            self._reset()
            raise translated(failure)
        return list(args)

    def nextset(self):
        """Go to the next result of a procedure; None if there is none."""
        self._require_open()
        try:
            if self._statement is None:
                return None
            has_rows = self._statement.getMoreResults()
            count = -1 if has_rows else self._statement.updateCount
            if not has_rows and count < 0:
                return None
            self._take(has_rows)
        except SQLException as failure:
            raise translated(failure)
        return True

    def _take(self, has_rows):
        """Take the current result of the statement."""
        if has_rows:
            self._rows = self._statement.resultSet
            meta = self._rows.metaData
            self.description = _described(meta)
            self._readers = readers(meta, self.connection.product)
            self.rowcount = -1
        else:
            self._rows = self.description = None
            self.rowcount = self._statement.updateCount

    @property
    def lastrowid(self):
        """The key that the last INSERT of a single row generated, or None.

        Stays once the cursor is closed, if it was read before.
        """
        if self._has_keys and not self._is_key_read:
            try:
                self._read_key()
            except SQLException as failure:
                raise translated(failure)
        return self._last_key

    def _read_key(self):
        self._is_key_read = True
        rows = self._statement.generatedKeys
        while rows.next():
            self._last_key = converted(rows.getObject(_key_column(rows.metaData)))
        rows.close()

    # Rows

    def fetchone(self):
        """The next row as a tuple, or None."""
        rows = self._require_rows()
        try:
            return self._row(rows) if rows.next() else None
        except SQLException as failure:
            raise translated(failure)

    def fetchmany(self, size=None):
        """At most ``size`` further rows, or ``arraysize``."""
        rows = self._require_rows()
        fetched = []
        try:
            for _ in range(self.arraysize if size is None else size):
                if not rows.next():
                    break
                fetched.append(self._row(rows))
        except SQLException as failure:
            raise translated(failure)
        return fetched

    def fetchall(self):
        """All further rows."""
        rows = self._require_rows()
        fetched = []
        try:
            while rows.next():
                fetched.append(self._row(rows))
        except SQLException as failure:
            raise translated(failure)
        return fetched

    def _row(self, rows):
        index = 0
        row = []
        for read in self._readers:
            index += 1
            row.append(read(rows, index))
        return tuple(row)

    def __iter__(self):
        return self

    def next(self):
        """The next row; for iteration."""
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    # Life

    def setinputsizes(self, sizes):
        """Do nothing, as PEP 249 allows."""
        self._require_open()

    def setoutputsize(self, size, column=None):
        """Do nothing, as PEP 249 allows."""
        self._require_open()

    def close(self):
        """Free the statement. A closed cursor cannot be used again."""
        self._is_closed = True
        self._reset()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def _begin(self):
        self._require_open()
        self._reset()
        self._last_key = None

    def _reset(self):
        statement, self._statement, self._rows = self._statement, None, None
        self._has_keys = self._is_key_read = False
        self.description = None
        self.rowcount = -1
        if statement is not None:
            try:
                statement.close()
            except SQLException:
                pass  # of a connection that is closed or lost, which says so itself

    def _require_open(self):
        if self._is_closed:
            raise InterfaceError("The cursor is closed. Make another one.")
        self.connection.require_open()

    def _require_rows(self):
        self._require_open()
        if self._rows is None:
            raise ProgrammingError("There are no rows to fetch. Execute a query first.")
        return self._rows


def _described(meta):
    return [
        (
            _name(meta.getColumnLabel(i)),
            meta.getColumnType(i),
            meta.getColumnDisplaySize(i),
            None,
            meta.getPrecision(i),
            meta.getScale(i),
            _NULLABLE.get(meta.isNullable(i)),
        )
        for i in range(1, meta.columnCount + 1)
    ]


def _name(label):
    """A str where it can be one, as with other drivers for Python 2."""
    try:
        return str(label)
    except UnicodeEncodeError:
        return label


def _key_column(meta):
    """The column of the generated key; PostgreSQL returns the whole row."""
    for index in range(1, meta.columnCount + 1):
        if meta.isAutoIncrement(index):
            return index
    return 1
