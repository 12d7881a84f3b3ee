"""The exceptions of PEP 249, and which of them an SQLException is."""

from __future__ import absolute_import

from java.sql import (
    BatchUpdateException,
    SQLDataException,
    SQLFeatureNotSupportedException,
    SQLIntegrityConstraintViolationException,
    SQLSyntaxErrorException,
)


class Warning(StandardError):  # noqa: A001, F821 - PEP 249 has the name and the base
    """Required by PEP 249; never raised."""


class Error(StandardError):  # noqa: F821 - of Python 2
    """The base of all errors.

    :ivar sqlstate: the five characters of SQLState, or None.
    :ivar code: the database's own number, or None.
    :ivar cause: the java.sql.SQLException, or None.
    """

    sqlstate = code = cause = None


class InterfaceError(Error):
    """A wrong use of this module rather than of the database."""


class DatabaseError(Error):
    """The base of the database's errors."""


class DataError(DatabaseError):
    """A value that does not fit: out of range, division by zero."""


class OperationalError(DatabaseError):
    """Not the program's fault: connection lost, deadlock, shutdown, timeout."""


class IntegrityError(DatabaseError):
    """A violated constraint."""


class InternalError(DatabaseError):
    """A state the database should not be in."""


class ProgrammingError(DatabaseError):
    """Wrong SQL, an unknown table, a wrong number of parameters."""


class NotSupportedError(DatabaseError):
    """The database or its driver has no such feature."""


# ISO/IEC 9075-2, 24.1, grouped as by psycopg2; a whole state precedes its class.
_STATES = {
    "22023": ProgrammingError,  # PostgreSQL: a wrong number of parameters
    "90008": ProgrammingError,  # H2: the same
    "90012": ProgrammingError,
    "08": OperationalError,
    "0A": NotSupportedError,
    "20": ProgrammingError,
    "21": ProgrammingError,
    "22": DataError,
    "23": IntegrityError,
    "24": InternalError,
    "25": InternalError,
    "26": ProgrammingError,
    "27": OperationalError,
    "28": OperationalError,
    "2D": InternalError,
    "2F": InternalError,
    "34": OperationalError,
    "38": InternalError,
    "39": InternalError,
    "3B": InternalError,
    "3D": ProgrammingError,
    "3F": ProgrammingError,
    "40": OperationalError,
    "42": ProgrammingError,
    "53": OperationalError,
    "54": OperationalError,
    "55": OperationalError,
    "57": OperationalError,
    "58": OperationalError,
    "F0": InternalError,
    "P0": InternalError,
    "XX": InternalError,
}

# Drivers that set no SQLState may still choose JDBC's class.
_CLASSES = (
    (SQLIntegrityConstraintViolationException, IntegrityError),
    (SQLDataException, DataError),
    (SQLSyntaxErrorException, ProgrammingError),
    (SQLFeatureNotSupportedException, NotSupportedError),
)

# SQLite's driver has no SQLState: the primary result codes of sqlite.org/rescode.html,
# with the classes of Python's sqlite3.
_SQLITE = {
    2: InternalError,
    12: InternalError,
    11: DatabaseError,
    18: DataError,
    19: IntegrityError,
    20: IntegrityError,
    21: ProgrammingError,
}


def translated(failure, mask=None):
    """The PEP 249 exception for an SQLException.

    :param mask: called with the message, to hide secrets in it.
    """
    if isinstance(failure, BatchUpdateException) and failure.nextException:
        # The first message of a batch repeats its values, the next one says why.
        failure = failure.nextException
    state = failure.getSQLState()
    message = failure.message or failure.toString()
    if mask:
        message = mask(message)
    if state and state not in message:
        message = u"%s [%s]" % (message, state)
    error = _kind(failure, state)(message.encode("utf-8"))
    error.sqlstate = state
    error.code = failure.errorCode
    error.cause = failure
    return error


def _kind(failure, state):
    if failure.getClass().name.startswith("org.sqlite."):
        return _SQLITE.get(failure.errorCode & 0xFF, OperationalError)
    state = state or ""
    found = _STATES.get(state) or _STATES.get(state[:2])
    for java, kind in _CLASSES:
        if found is None and isinstance(failure, java):
            found = kind
    return found or DatabaseError
