"""The backend: Django's own for PostgreSQL, with isthmus.db for psycopg2."""

from __future__ import absolute_import

import datetime

import pytz
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from isthmus import db
from isthmus.django import connecting, driver, statements
from isthmus.jython.database import intervals

_PSYCOPG2 = {
    "psycopg2": dict(vars(db), __version__="2.9"),
    "psycopg2__extensions": {
        "UNICODE": None,
        "UNICODEARRAY": None,
        "QuotedString": None,
        "new_array_type": driver.ignored,
        "register_adapter": driver.ignored,
        "register_type": driver.ignored,
    },
    # PostgreSQL makes an address of a text.
    "psycopg2__extras": {"Inet": unicode, "register_uuid": driver.ignored},  # noqa: F821
    "psycopg2__errorcodes": {"DUPLICATE_DATABASE": "42P04"},
}

with driver.stand_in(**_PSYCOPG2):
    from django.db.backends.postgresql import base

    from isthmus.django.postgresql.operations import DatabaseOperations
    from isthmus.django.postgresql.schema import DatabaseSchemaEditor


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection by the settings: NAME is what isthmus.db.connect takes."""

    Database = db
    SchemaEditorClass = DatabaseSchemaEditor
    ops_class = DatabaseOperations

    def get_connection_params(self):
        return connecting.params(self.settings_dict)

    def get_new_connection(self, conn_params):
        return db.connect(**conn_params)

    def init_connection_state(self):
        # SET takes no parameters from JDBC.
        cursor = self.connection.cursor()
        cursor.execute("select set_config('TimeZone', ?, false)", [self.timezone_name])
        cursor.close()
        if not self.get_autocommit():
            self.connection.commit()

    def _close(self):
        if self.connection is not None:
            self._reset()
        super(DatabaseWrapper, self)._close()

    def _reset(self):
        """Reset the time zone, which the pool's next user would inherit."""
        try:
            self.connection.rollback()
            self.connection.cursor().execute("reset timezone")
            if not self.connection.autocommit:
                self.connection.commit()
        except db.Error:
            pass  # it is lost, or closed already

    def create_cursor(self, name=None):
        cursor = self.connection.cursor()
        return statements.Cursor(cursor, intervals.text, self._read)

    def chunked_cursor(self):
        return self._cursor()

    def _read(self, value):
        if isinstance(value, datetime.datetime) and value.tzinfo is not None:
            if settings.USE_TZ:
                return value.astimezone(timezone.utc)
            # That of the session; self.timezone is None then.
            return timezone.make_naive(value, pytz.timezone(self.timezone_name))
        return value

    _nodb_connection = BaseDatabaseWrapper._nodb_connection
