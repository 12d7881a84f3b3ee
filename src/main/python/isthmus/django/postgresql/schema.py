"""Django's schema editor for PostgreSQL, whose DDL has no parameters."""

from __future__ import absolute_import

import datetime
import decimal
import uuid

from django.db.backends.postgresql import schema
from django.utils.encoding import force_text

from isthmus.jython.database import intervals


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    def execute(self, sql, params=None):
        if params:
            # psycopg2 writes them into every statement; PostgreSQL refuses them in DDL.
            sql, params = sql % tuple(self.quote_value(p) for p in params), None
        super(DatabaseSchemaEditor, self).execute(sql, params)

    def quote_value(self, value):
        """A literal of SQL."""
        if value is None:
            return "NULL"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (int, long, float, decimal.Decimal)):  # noqa: F821
            return str(value)
        if isinstance(value, (bytearray, buffer)):  # noqa: F821 - of Python 2
            return "'\\x%s'" % bytes(value).encode("hex")
        value = intervals.text(value)
        if isinstance(value, (datetime.date, datetime.time, uuid.UUID)):
            value = str(value)
        return "'%s'" % force_text(value).replace("'", "''")
