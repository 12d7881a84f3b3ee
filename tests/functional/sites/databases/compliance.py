"""The compliance suite of PEP 249, for isthmus.db."""

import dbapi20

from isthmus import db


class Compliance(dbapi20.DatabaseAPI20Test):
    """All of it, but for what each driver is to fill in, or reasonable people dispute.

    connect_args and lower_func are those of a database.
    """

    driver = db

    def setUp(self):
        """Remember what the suite opens, and forgets: a pool has an end."""
        self._opened = []

    def tearDown(self):
        """Close it."""
        for connection in self._opened:
            connection.close()
        dbapi20.DatabaseAPI20Test.tearDown(self)
        for connection in self._opened:
            connection.close()

    def _connect(self):
        self._opened.append(dbapi20.DatabaseAPI20Test._connect(self))
        return self._opened[-1]

    def test_nextset(self):
        """Would need a procedure with several results."""

    def test_setoutputsize(self):
        """Would need a long column."""

    def test_non_idempotent_close(self):
        """Closing twice is harmless, as with sqlite3 and psycopg2."""
        connection = self._connect()
        connection.close()
        connection.close()
